#include <deque>
#include <functional>

#include "tests/unit/storage/engine/temp_dir.h"
#include "tests/unit/storage/table/store_test.h"

namespace dynarock {
namespace {

using namespace test;  // NOLINT: the words of StoreTest

class TransactTest : public StoreTest {
 protected:
  // One action of a transaction: puts an item, or fails.
  struct Wish {
    std::string pk;
    std::string note;
    bool fails = false;
  };
  Result<TransactionOutcome> Transact(const std::vector<Wish>& wishes, const char* token = nullptr,
                                      const char* fingerprint = "f") {
    const auto table = Find("t");
    using Decider = std::function<Result<Change>(std::optional<ItemView>)>;
    std::vector<Decider> deciders;
    for (const Wish& wish : wishes) {
      deciders.emplace_back([&wish](std::optional<ItemView>) -> Result<Change> {
        if (wish.fails) return Fail(ConditionFailed());
        return Change::Put(Item({{"pk", S(wish.pk)}, {"note", S(wish.note)}}));
      });
    }
    std::vector<WriteAction> actions;
    for (size_t i = 0; i < wishes.size(); ++i) {
      actions.push_back({table, Key(wishes[i].pk), deciders[i]});
    }
    TokenUse use{"", "op", token == nullptr ? "" : token, fingerprint};
    return store_->Transact(actions, {.hold_ms = hold_ms_}, token == nullptr ? nullptr : &use,
                            [&](std::span<const WriteOutcome> outcomes) {
                              return "receipt of " + std::to_string(outcomes.size());
                            });
  }
  RowKey Key(const std::string& pk) {
    return *KeyOfKey(*Find("t"), ItemView(keys_.emplace_back(Item({{"pk", S(pk)}}))));
  }
  std::string Note(const std::string& pk) {
    const std::string item = Get(Find("t"), {{"pk", S(pk)}});
    return item.empty() ? "-" : std::string(ItemView(item).Find("note")->text());
  }
  void OpenHolding(int64_t hold_ms) {
    hold_ms_ = hold_ms;
    StoreOptions options;
    options.clock = &clock_;
    Open(options);
    Create(Describe("t", false));
  }
  void SetUp() override {
    clock_.Set(1'700'000'000'000);
    OpenHolding(0);
  }

  int64_t hold_ms_ = 0;
  std::deque<std::string> keys_;
};

TEST_F(TransactTest, AllOrNothing) {
  const auto good = Transact({{"a", "1"}, {"b", "1"}});
  ASSERT_TRUE(good);
  EXPECT_TRUE(good->committed);
  const auto bad = Transact({{"a", "2"}, {"b", "2", true}, {"c", "2"}});
  ASSERT_TRUE(bad);
  EXPECT_FALSE(bad->committed);
  EXPECT_FALSE(bad->failures[0]);
  EXPECT_EQ(bad->failures[1]->kind, ErrorKind::kConditionalCheckFailed);
  EXPECT_FALSE(bad->failures[2]);
  EXPECT_EQ(Note("a") + Note("b") + Note("c"), "11-");
  EXPECT_FALSE(store_->InTransaction(Key("a"))) << "items are let go";
}

TEST_F(TransactTest, HeldItemsConflict) {
  OpenHolding(100);
  const auto first = Transact({{"a", "1"}, {"b", "1"}});
  EXPECT_EQ(first->hold_ms, 100);
  EXPECT_TRUE(store_->InTransaction(Key("a")));
  const auto second = Transact({{"c", "2"}, {"b", "2"}});
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->failures[0]);
  EXPECT_EQ(second->failures[1]->kind, ErrorKind::kTransactionConflict);
  EXPECT_FALSE(store_->InTransaction(Key("c"))) << "a cancelled one holds nothing";
  const auto plain = Put(Find("t"), {{"pk", S("a")}});
  ASSERT_FALSE(plain);
  EXPECT_EQ(plain.error().message, "Transaction is ongoing for the item");
  const auto left = Put(Find("t"), {{"pk", S("a")}, {"note", S("3")}}, {.leave_held = true});
  ASSERT_TRUE(left);
  EXPECT_TRUE(left->held);
  EXPECT_EQ(Note("a"), "1") << "reads go on";
  clock_.Advance(100);
  EXPECT_FALSE(store_->InTransaction(Key("a")));
  EXPECT_TRUE(Put(Find("t"), {{"pk", S("a")}, {"note", S("4")}}));
  EXPECT_TRUE(Transact({{"b", "4"}})->committed);
}

TEST_F(TransactTest, TokensAreGoodForTenMinutes) {
  ASSERT_TRUE(Transact({{"a", "1"}}, "token")->committed);
  ASSERT_TRUE(Put(Find("t"), {{"pk", S("a")}, {"note", S("plain")}}));
  clock_.Advance(10 * 60 * 1000 - 1);
  store_->TrimTokens();
  const auto again = Transact({{"a", "1"}}, "token");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->receipt, "receipt of 1");
  EXPECT_FALSE(again->committed);
  EXPECT_EQ(Note("a"), "plain");
  const auto other = Transact({{"a", "1"}}, "token", "other fingerprint");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().kind, ErrorKind::kIdempotentParameterMismatch);
  clock_.Advance(1);
  EXPECT_TRUE(Transact({{"a", "late"}}, "token", "other fingerprint")->committed);
  store_->TrimTokens();
  EXPECT_TRUE(Transact({{"a", "late"}}, "token", "other fingerprint")->receipt)
      << "trimming the first use leaves the second";
}

TEST_F(TransactTest, AFailedCallLeavesItsTokenUnused) {
  ASSERT_FALSE(Transact({{"a", "1", true}}, "token")->committed);
  EXPECT_TRUE(Transact({{"a", "1"}}, "token", "another")->committed);
}

TEST_F(TransactTest, ATokenWhoseCallStillRuns) {
  OpenHolding(100);
  ASSERT_TRUE(Transact({{"a", "1"}}, "token")->committed);
  const auto during = Transact({{"a", "1"}}, "token");
  ASSERT_FALSE(during);
  EXPECT_EQ(during.error().message, "Transaction from previous request is still in progress");
  clock_.Advance(100);
  EXPECT_TRUE(Transact({{"a", "1"}}, "token")->receipt);
}

TEST_F(TransactTest, ATokenSurvivesARestart) {
  TempDir dir;
  StoreOptions options;
  options.engine.data_dir = dir.path() + "/data";
  options.clock = &clock_;
  Open(options);
  Create(Describe("t", false));
  ASSERT_TRUE(Transact({{"a", "1"}}, "token")->committed);
  store_->Close();
  Open(options);
  EXPECT_TRUE(Transact({{"a", "1"}}, "token")->receipt);
}

TEST_F(TransactTest, RecordsOfATransactionComeOncePerChangedItem) {
  TableDescription description = Describe("s", false);
  description.stream = {.enabled = true, .view_type = StreamViewType::kNewImage, .label = {}};
  Create(description);
  const auto table = Find("s");
  const std::string item = Item({{"pk", S("a")}});
  const auto put = [&](std::optional<ItemView>) -> Result<Change> { return Change::Put(item); };
  const auto keep = [&](std::optional<ItemView>) -> Result<Change> { return Change::Keep(); };
  const std::string other = Item({{"pk", S("b")}});
  const WriteAction actions[] = {{table, *KeyOfKey(*table, ItemView(item)), put},
                                 {table, *KeyOfKey(*table, ItemView(other)), keep}};
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(store_->Transact(actions, {}, nullptr,
                                 [](std::span<const WriteOutcome>) { return std::string(); }));
  }
  const auto page =
      store_->streams().Read(table->description().stream.id, 1, 1, 10, size_t{1} << 20);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->records.size(), 1u) << "writing the same again is no change";
}

}  // namespace
}  // namespace dynarock
