#include "storage/table/write.h"

#include "tests/unit/storage/table/store_test.h"

namespace dynarock {
namespace {

using namespace test;  // NOLINT: the words of StoreTest

class WriteTest : public StoreTest {};

TEST_F(WriteTest, PutGetDelete) {
  const auto table = Create(Describe("t"));
  const Attributes key{{"pk", S("a")}, {"sk", N(1)}};
  const Attributes first{{"pk", S("a")}, {"sk", N(1)}, {"x", S("1")}};
  const Attributes second{{"pk", S("a")}, {"sk", N("1.0")}, {"x", S("22")}};
  auto outcome = Put(table, first);
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->old_item());
  EXPECT_EQ(outcome->item()->bytes(), Item(first));
  EXPECT_EQ(Get(table, key), Item(first));
  outcome = Put(table, second);
  EXPECT_EQ(outcome->old_item()->bytes(), Item(first));
  EXPECT_EQ(table->state().counters.items, 1);
  EXPECT_EQ(table->state().counters.bytes, ItemView(Item(second)).size());
  outcome = Delete(table, key);
  EXPECT_EQ(outcome->old_item()->bytes(), Item(second));
  EXPECT_FALSE(outcome->item());
  EXPECT_EQ(Get(table, key), "");
  outcome = Delete(table, key);
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->existed);
  EXPECT_EQ(table->state().counters.items, 0);
  EXPECT_EQ(table->state().counters.bytes, 0);
}

TEST_F(WriteTest, OneFailureLeavesEverythingAsItWas) {
  const auto table = Create(Describe("t"));
  const std::string a = Item({{"pk", S("a")}, {"sk", N(1)}});
  const std::string b = Item({{"pk", S("b")}, {"sk", N(1)}});
  const auto put = [&](std::optional<ItemView>) -> Result<Change> { return Change::Put(a); };
  const auto fail = [&](std::optional<ItemView>) -> Result<Change> {
    return Fail(ConditionFailed());
  };
  const std::vector<WriteAction> actions{{table, *KeyOfItem(*table, ItemView(a)), put},
                                         {table, *KeyOfItem(*table, ItemView(b)), fail}};
  const auto outcome = store_->Write(actions);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().message, "The conditional request failed");
  EXPECT_EQ(Get(table, {{"pk", S("a")}, {"sk", N(1)}}), "");
  EXPECT_EQ(table->state().counters.items, 0);
}

TEST_F(WriteTest, SeveralTablesInOneWrite) {
  const auto one = Create(Describe("one"));
  const auto two = Create(Describe("two", false));
  const std::string a = Item({{"pk", S("a")}, {"sk", N(1)}});
  const std::string b = Item({{"pk", S("a")}});
  const auto put_a = [&](std::optional<ItemView>) -> Result<Change> { return Change::Put(a); };
  const auto put_b = [&](std::optional<ItemView>) -> Result<Change> { return Change::Put(b); };
  const std::vector<WriteAction> actions{{one, *KeyOfItem(*one, ItemView(a)), put_a},
                                         {two, *KeyOfItem(*two, ItemView(b)), put_b}};
  ASSERT_TRUE(store_->Write(actions));
  ExpectConsistent(*store_, "one");
  ExpectConsistent(*store_, "two");
  EXPECT_EQ(Get(two, {{"pk", S("a")}}), b);
}

TEST_F(WriteTest, OneItemTwiceIsRefused) {
  const auto table = Create(Describe("t"));
  const std::string a = Item({{"pk", S("a")}, {"sk", N(1)}});
  const auto put = [&](std::optional<ItemView>) -> Result<Change> { return Change::Put(a); };
  const RowKey key = *KeyOfItem(*table, ItemView(a));
  const std::vector<WriteAction> actions{{table, key, put}, {table, key, put}};
  EXPECT_FALSE(store_->Write(actions));
}

TEST_F(WriteTest, HundredItemsInOneWrite) {
  const auto table = Create(Describe("t"));
  std::vector<std::string> items;
  for (int i = 0; i < 100; ++i) items.push_back(Item({{"pk", S("a")}, {"sk", N(i)}}));
  std::vector<std::function<Result<Change>(std::optional<ItemView>)>> decides;
  for (const std::string& item : items) {
    decides.push_back([&item](std::optional<ItemView>) { return Change::Put(item); });
  }
  std::vector<WriteAction> actions;
  for (size_t i = 0; i < items.size(); ++i) {
    actions.push_back({table, *KeyOfItem(*table, ItemView(items[i])), decides[i]});
  }
  ASSERT_TRUE(store_->Write(actions));
  EXPECT_EQ(table->state().counters.items, 100);
  ExpectConsistent(*store_, "t");
}

TEST_F(WriteTest, IndexesFollowTheirItems) {
  TableDescription description = Describe("t");
  description.local_indexes = {DescribeIndex("l-all", {"pk"}, {"n"}),
                               DescribeIndex("l-keys", {"pk"}, {"a"}, ProjectionType::kKeysOnly)};
  description.global_indexes = {
      DescribeIndex("g-all", {"a"}),
      DescribeIndex("g-keys", {"a"}, {"n"}, ProjectionType::kKeysOnly),
      DescribeIndex("g-some", {"a"}, {"b"}, ProjectionType::kInclude, {"x", "n"}),
      DescribeIndex("g-wide", {"a", "b", "n", "bin"}, {"pk", "sk", "x1", "x2"})};
  description.attributes.push_back({"x1", Type::kString});
  description.attributes.push_back({"x2", Type::kNumber});
  const auto table = Create(description);
  // Walks items through all combinations of present and absent attributes and of values.
  const auto value = [](int digit, const Owned& one, const Owned& two) -> std::optional<Owned> {
    return digit == 0 ? std::nullopt : std::optional(digit == 1 ? one : two);
  };
  for (int step = 0; step < 729; ++step) {
    int rest = step * 364 % 729;  // not in counting order, so that many attributes change at once
    Attributes item{{"pk", S("k")}, {"sk", N(step % 3)}};
    for (const char* name : {"a", "b", "x", "x1"}) {
      if (const auto v = value(rest % 3, S("v1"), S(std::string("v\0 2", 4))))
        item.push_back({name, *v});
      rest /= 3;
    }
    if (const auto v = value(rest % 3, N(-1), N("2.5"))) item.push_back({"n", *v});
    if (const auto v = value(rest / 3, N(0), N("1E100"))) item.push_back({"x2", *v});
    item.push_back({"bin", B(step % 2 == 0 ? "" : "x")});
    ASSERT_TRUE(Put(table, item));
    if (step % 50 == 0) ExpectConsistent(*store_, "t");
    if (step % 91 == 0) {
      ASSERT_TRUE(Delete(table, {{"pk", S("k")}, {"sk", N(step % 3)}}));
      ExpectConsistent(*store_, "t");
    }
  }
  ExpectConsistent(*store_, "t");
}

TEST_F(WriteTest, IndexUnits) {
  TableDescription description = Describe("t");
  description.local_indexes = {DescribeIndex("l", {"pk"}, {"n"}, ProjectionType::kKeysOnly)};
  description.global_indexes = {DescribeIndex("g", {"a"})};
  const auto table = Create(description);
  struct Step {
    const char* name;
    Attributes rest;
    const char* arms;
  };
  const Owned large = S(std::string(1500, 'x')), larger = S(std::string(2500, 'x'));
  const Step steps[] = {
      {"in no index", {}, ""},
      {"absent to present", {{"a", S("1")}, {"x", large}}, "g=2 "},
      {"identical", {{"a", S("1")}, {"x", large}}, ""},
      {"in place, larger", {{"a", S("1")}, {"x", larger}}, "g=3 "},
      {"moved", {{"a", S("2")}, {"x", large}}, "g=5 "},
      {"both", {{"a", S("2")}, {"n", N(1)}}, "l=1 g=2 "},
      {"unprojected change", {{"a", S("2")}, {"n", N(1)}, {"x", N(1)}}, "g=1 "},
      {"present to absent", {{"x", N(1)}}, "l=1 g=1 "},
  };
  for (const Step& step : steps) {
    Attributes item = step.rest;
    item.push_back({"pk", S("k")});
    item.push_back({"sk", N(1)});
    const auto outcome = Put(table, item, {.index_units = true});
    ASSERT_TRUE(outcome);
    std::string arms;
    for (const IndexUnits& units : outcome->index_units) {
      EXPECT_EQ(units.local, units.index == "l");
      arms += units.index + "=" + std::to_string(units.units) + " ";
    }
    EXPECT_EQ(arms, step.arms) << step.name;
  }
}

TEST_F(WriteTest, CollectionSize) {
  TableDescription description = Describe("t");
  description.local_indexes = {DescribeIndex("l", {"pk"}, {"n"}, ProjectionType::kKeysOnly)};
  const auto table = Create(description);
  ASSERT_TRUE(Put(table, {{"pk", S("other")}, {"sk", N(1)}, {"n", N(1)}}));
  // 3 + 4 + 3 bytes, the same in the index
  auto outcome = Put(table, {{"pk", S("k")}, {"sk", N(1)}, {"n", N(1)}}, {.collection_size = true});
  EXPECT_EQ(outcome->collection_bytes, 20u);
  outcome = Put(table, {{"pk", S("k")}, {"sk", N(2)}}, {.collection_size = true});
  EXPECT_EQ(outcome->collection_bytes, 27u);
  outcome = Delete(table, {{"pk", S("k")}, {"sk", N(1)}}, {.collection_size = true});
  EXPECT_EQ(outcome->collection_bytes, 7u);
  const auto plain = Create(Describe("plain"));
  outcome = Put(plain, {{"pk", S("k")}, {"sk", N(1)}}, {.collection_size = true});
  EXPECT_EQ(outcome->collection_bytes, std::nullopt);
}

TEST_F(WriteTest, KeysAtTheLimits) {
  TableDescription description = Describe("t");
  description.attributes = {{"pk", Type::kBinary}, {"sk", Type::kBinary}};
  KeyNames hash, range;
  for (const char* name : {"h1", "h2", "h3", "h4"}) hash.push_back(name);
  for (const char* name : {"r1", "r2", "r3", "r4"}) range.push_back(name);
  for (const auto* names : {&hash, &range}) {
    for (const auto& name : *names) description.attributes.push_back({name, Type::kBinary});
  }
  description.global_indexes = {DescribeIndex("wide", hash, range)};
  const auto table = Create(description);
  for (const char fill : {'\0', '\x01', '\xFF'}) {
    Attributes item{{"pk", B(std::string(2048, fill))}, {"sk", B(std::string(1024, fill))}};
    for (const auto& name : hash) item.push_back({name, B(std::string(2048, fill))});
    for (const auto& name : range) item.push_back({name, B(std::string(256, fill))});
    const std::string encoded = Item(item);
    ASSERT_TRUE(CheckIndexKeysOfPut(*table, ItemView(encoded)));
    ASSERT_TRUE(Put(table, item));
  }
  ExpectConsistent(*store_, "t");
  EXPECT_EQ(table->indexes()[0].counters->items, 3);
}

TEST_F(WriteTest, ADroppedTableIsNotFound) {
  const auto table = Create(Describe("t"));
  ASSERT_TRUE(store_->DropTable("", "t"));
  const auto outcome = Put(table, {{"pk", S("a")}, {"sk", N(1)}});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::kResourceNotFound);
  EXPECT_EQ(outcome.error().message, "Requested resource not found");
}

}  // namespace
}  // namespace dynarock
