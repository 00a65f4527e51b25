#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "tests/unit/storage/table/store_test.h"

namespace dynarock {
namespace {

using namespace test;  // NOLINT: the words of StoreTest
using std::chrono::seconds;

class ConcurrencyTest : public StoreTest {
 protected:
  // Runs `work(i)` in `count` threads at once.
  template <class Work>
  void InThreads(int count, Work work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) threads.emplace_back([&, i] { work(i); });
    for (std::thread& thread : threads) thread.join();
  }
  // Small numbers without <random>'s weight.
  static uint32_t Next(uint32_t& state) {
    state = state * 1664525u + 1013904223u;
    return state >> 8;
  }
  void RandomWrites(const std::shared_ptr<const Table>& table, int seed, int count) {
    auto state = static_cast<uint32_t>(seed);
    for (int i = 0; i < count; ++i) {
      const Owned pk = S(std::to_string(Next(state) % 5));
      const Owned sk = N(Next(state) % 20);
      if (Next(state) % 4 == 0) {
        ASSERT_TRUE(Delete(table, {{"pk", pk}, {"sk", sk}}));
        continue;
      }
      Attributes item{{"pk", pk}, {"sk", sk}, {"x", N(i)}};
      if (Next(state) % 3 != 0) item.push_back({"a", S(std::to_string(Next(state) % 4))});
      if (Next(state) % 3 != 0) item.push_back({"n", N(Next(state) % 4)});
      ASSERT_TRUE(Put(table, item));
    }
  }
};

TEST_F(ConcurrencyTest, IncrementsOfOneItemAllCount) {
  const auto table = Create(Describe("t"));
  const std::string key = Item({{"pk", S("p")}, {"sk", N(1)}});
  constexpr int kThreads = 4, kEach = 500;
  InThreads(kThreads, [&](int) {
    for (int i = 0; i < kEach; ++i) {
      const auto increment = [&](std::optional<ItemView> old) -> Result<Change> {
        const std::string value(old ? old->Find("x")->text() : "0");
        DYNAROCK_TRY(std::string sum, AddNumbers(value, "1"));
        return Change::Put(Item({{"pk", S("p")}, {"sk", N(1)}, {"x", N(sum)}}));
      };
      ASSERT_TRUE(store_->Write(WriteAction{table, *KeyOfKey(*table, ItemView(key)), increment}));
    }
  });
  const std::string item = Get(table, {{"pk", S("p")}, {"sk", N(1)}});
  EXPECT_EQ(ItemView(item).Find("x")->text(), std::to_string(kThreads * kEach));
  ExpectConsistent(*store_, "t");
}

TEST_F(ConcurrencyTest, WritersOfManyItemsDoNotBlockEachOther) {
  const auto table = Create(Describe("t"));
  // Each moves one unit between two of a few accounts, in any order; the sum stays.
  constexpr int kAccounts = 6;
  for (int i = 0; i < kAccounts; ++i) {
    ASSERT_TRUE(Put(table, {{"pk", S("account")}, {"sk", N(i)}, {"x", N(100)}}));
  }
  InThreads(4, [&](int thread) {
    auto state = static_cast<uint32_t>(thread);
    for (int i = 0; i < 300; ++i) {
      const int from = static_cast<int>(Next(state) % kAccounts);
      const int to = (from + 1 + static_cast<int>(Next(state) % (kAccounts - 1))) % kAccounts;
      const auto add = [&](int account, const char* amount) {
        return [account, amount](std::optional<ItemView> old) -> Result<Change> {
          DYNAROCK_TRY(std::string sum, AddNumbers(old->Find("x")->text(), amount));
          return Change::Put(Item({{"pk", S("account")}, {"sk", N(account)}, {"x", N(sum)}}));
        };
      };
      const auto take = add(from, "-1");
      const auto give = add(to, "1");
      const std::string a = Item({{"pk", S("account")}, {"sk", N(from)}});
      const std::string b = Item({{"pk", S("account")}, {"sk", N(to)}});
      const std::vector<WriteAction> actions{{table, *KeyOfKey(*table, ItemView(a)), take},
                                             {table, *KeyOfKey(*table, ItemView(b)), give}};
      ASSERT_TRUE(store_->Write(actions));
    }
  });
  ReadPlan plan;
  plan.table = table;
  int sum = 0;
  for (const std::string& x : Read(plan, "x")) sum += std::stoi(x);
  EXPECT_EQ(sum, kAccounts * 100);
}

TEST_F(ConcurrencyTest, IndexesStayTrueUnderConcurrentWrites) {
  TableDescription description = Describe("t");
  description.local_indexes = {DescribeIndex("l", {"pk"}, {"n"})};
  description.global_indexes = {DescribeIndex("g", {"a"}, {"n"}, ProjectionType::kInclude, {"x"}),
                                DescribeIndex("k", {"n"}, {}, ProjectionType::kKeysOnly)};
  const auto table = Create(description);
  InThreads(4, [&](int i) { RandomWrites(table, i, 800); });
  ExpectConsistent(*store_, "t");
}

TEST_F(ConcurrencyTest, BackfillUnderWritesEndsTrue) {
  const auto table = Create(Describe("t"));
  for (int i = 0; i < 3000; ++i) {
    ASSERT_TRUE(Put(table, {{"pk", S(std::to_string(i % 5))},
                            {"sk", N(i / 5)},
                            {"a", S(std::to_string(i % 4))},
                            {"x", N(i)}}));
  }
  std::atomic<bool> stop{false};
  std::vector<std::thread> writers;
  for (int i = 0; i < 3; ++i) {
    writers.emplace_back([&, i] {
      for (int round = i; !stop; round += 3) RandomWrites(table, round, 50);
    });
  }
  for (int round = 0; round < 3; ++round) {
    ASSERT_TRUE(store_->UpdateTable("", "t", [&](TableDescription& d) -> Result<void> {
      if (round == 1) d.global_indexes[0].status = Status::kDeleting;
      d.global_indexes.push_back(DescribeIndex("g" + std::to_string(round), {"a"}));
      return {};
    }));
    // The last one is still being filled when the next change comes.
    if (round == 0) continue;
    EXPECT_TRUE(store_->WaitForBackground(*table, seconds(20)));
  }
  stop = true;
  for (std::thread& writer : writers) writer.join();
  ASSERT_TRUE(store_->WaitForBackground(seconds(20)));
  EXPECT_EQ(Find("t")->indexes().size(), 2u);
  ExpectConsistent(*store_, "t");
}

TEST_F(ConcurrencyTest, TablesComeAndGoUnderWrites) {
  std::atomic<bool> stop{false};
  std::atomic<int> written{0};
  std::vector<std::thread> writers;
  for (int i = 0; i < 3; ++i) {
    writers.emplace_back([&] {
      while (!stop) {
        const auto table = Find("t");
        if (table == nullptr) continue;
        const auto outcome = Put(table, {{"pk", S("p")}, {"sk", N(written % 50)}, {"a", S("x")}});
        if (outcome) {
          ++written;
        } else {
          EXPECT_EQ(outcome.error().message, "Requested resource not found");
        }
      }
    });
  }
  TableDescription description = Describe("t");
  description.global_indexes = {DescribeIndex("g", {"a"})};
  for (int round = 0; round < 50; ++round) {
    Create(description);
    const int before = written;
    while (written < before + 5) std::this_thread::yield();
    ASSERT_TRUE(store_->DropTable("", "t"));
  }
  Create(description);
  stop = true;
  for (std::thread& writer : writers) writer.join();
  ASSERT_TRUE(store_->WaitForBackground(seconds(20)));
  ExpectConsistent(*store_, "t");
}

}  // namespace
}  // namespace dynarock
