#include "storage/table/cursor.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "storage/key/partition_hash.h"
#include "tests/unit/storage/table/store_test.h"

namespace dynarock {
namespace {

using namespace test;  // NOLINT: the words of StoreTest

class CursorTest : public StoreTest {
 protected:
  // A table with partitions "p" and "q" and sort keys -2..5 in each, and what a query of "p" needs.
  void MakeNumbers() {
    table_ = Create(Describe("t"));
    for (const char* pk : {"p", "q"}) {
      for (int i = -2; i <= 5; ++i) ASSERT_TRUE(Put(table_, {{"pk", S(pk)}, {"sk", N(i)}}));
    }
    plan_.table = table_;
    plan_.hash = {p_};
  }
  Strings Query(RangeOperator op, const Owned& a = {}, const Owned& b = {}) {
    plan_.op = op;
    plan_.operands = {a, b};
    return Read(plan_, "sk");
  }
  const Owned p_ = S("p");
  std::shared_ptr<const Table> table_;
  ReadPlan plan_;
};

TEST_F(CursorTest, RangeOperators) {
  MakeNumbers();
  using enum RangeOperator;
  EXPECT_EQ(Query(kNone), (Strings{"-2", "-1", "0", "1", "2", "3", "4", "5"}));
  EXPECT_EQ(Query(kEqual, N(0)), Strings{"0"});
  EXPECT_EQ(Query(kEqual, N("0.5")), Strings{});
  EXPECT_EQ(Query(kLess, N(0)), (Strings{"-2", "-1"}));
  EXPECT_EQ(Query(kLessOrEqual, N(0)), (Strings{"-2", "-1", "0"}));
  EXPECT_EQ(Query(kGreater, N(3)), (Strings{"4", "5"}));
  EXPECT_EQ(Query(kGreaterOrEqual, N(3)), (Strings{"3", "4", "5"}));
  EXPECT_EQ(Query(kBetween, N(-1), N(1)), (Strings{"-1", "0", "1"}));
  EXPECT_EQ(Query(kBetween, N(1), N(-1)), Strings{});
  plan_.forward = false;
  EXPECT_EQ(Query(kLess, N(1)), (Strings{"0", "-1", "-2"}));
  EXPECT_EQ(Query(kBetween, N(-1), N(1)), (Strings{"1", "0", "-1"}));
}

TEST_F(CursorTest, BeginsWith) {
  TableDescription description = Describe("t");
  description.key = Schema({"pk"}, {"a"});
  plan_.table = Create(description);
  const std::string zero("b\0", 2);
  for (const std::string& a : Strings{"a", "b", zero, "b\x01", "ba", "bb", "c", "b\xFF"}) {
    ASSERT_TRUE(Put(plan_.table, {{"pk", S("p")}, {"a", S(a)}}));
  }
  plan_.hash = {p_};
  plan_.op = RangeOperator::kBeginsWith;
  const Owned b = S("b"), with_zero = S(zero), empty = S("");
  plan_.operands[0] = b;
  EXPECT_EQ(Read(plan_, "a"), (Strings{"b", zero, "b\x01", "ba", "bb", "b\xFF"}));
  plan_.operands[0] = with_zero;
  EXPECT_EQ(Read(plan_, "a"), Strings{zero});
  plan_.operands[0] = empty;
  EXPECT_EQ(Read(plan_, "a").size(), 8u);
}

TEST_F(CursorTest, PagesFollowEachOtherBothWays) {
  MakeNumbers();
  for (const bool forward : {true, false}) {
    for (const size_t limit : {1u, 3u, 8u}) {
      ReadPlan plan = plan_;
      plan.forward = forward;
      Strings all;
      for (;;) {
        Cursor cursor = store_->Read(plan);
        std::string last;
        size_t read = 0;
        while (read < limit) {
          const auto item = cursor.Next();
          if (!item) break;
          ++read;
          all.emplace_back(item->Find("sk")->text());
          last = PositionKey(*table_, nullptr, *item);
        }
        if (read < limit) break;
        EXPECT_EQ(ItemView(last).count(), 2u);
        plan.start = *PositionOf(*table_, nullptr, ItemView(last));
      }
      Strings expected{"-2", "-1", "0", "1", "2", "3", "4", "5"};
      if (!forward) std::reverse(expected.begin(), expected.end());
      EXPECT_EQ(all, expected) << forward << " " << limit;
    }
  }
}

TEST_F(CursorTest, StartsAreExclusiveAndNeedNotExist) {
  MakeNumbers();
  const auto after = [&](const Owned& pk, const Owned& sk) {
    const std::string key = Item({{"pk", pk}, {"sk", sk}});
    plan_.start = *PositionOf(*table_, nullptr, ItemView(key));
    return Read(plan_, "sk");
  };
  EXPECT_EQ(after(S("p"), N(3)), (Strings{"4", "5"}));
  EXPECT_EQ(after(S("p"), N("3.5")), (Strings{"4", "5"}));
  EXPECT_EQ(after(S("p"), N(100)), Strings{});
  EXPECT_EQ(after(S("p"), N(-100)).size(), 8u);
  plan_.forward = false;
  EXPECT_EQ(after(S("p"), N(0)), (Strings{"-1", "-2"}));
  EXPECT_EQ(after(S("p"), N("0.5")), (Strings{"0", "-1", "-2"}));
  EXPECT_EQ(after(S("p"), N(-100)), Strings{});
  EXPECT_EQ(after(S("p"), N(100)).size(), 8u);
}

TEST_F(CursorTest, ScanFollowsThePartitionHash) {
  plan_.table = Create(Describe("t", false));
  std::vector<std::pair<uint64_t, std::string>> expected;
  for (int i = 0; i < 500; ++i) {
    const std::string pk = "key" + std::to_string(i);
    ASSERT_TRUE(Put(plan_.table, {{"pk", S(pk)}}));
    expected.emplace_back(PartitionHash(S(pk)), pk);
  }
  std::sort(expected.begin(), expected.end());
  Strings names;
  for (const auto& [hash, pk] : expected) names.push_back(pk);
  EXPECT_EQ(Read(plan_, "pk"), names);
  plan_.forward = false;
  std::reverse(names.begin(), names.end());
  EXPECT_EQ(Read(plan_, "pk"), names);
}

TEST_F(CursorTest, SegmentsPartitionTheTable) {
  TableDescription description = Describe("t", false);
  description.global_indexes = {DescribeIndex("g", {"a"})};
  plan_.table = Create(description);
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(Put(plan_.table, {{"pk", S(std::to_string(i))}, {"a", S(std::to_string(i % 20))}}));
  }
  for (const Index* index : {static_cast<const Index*>(nullptr), plan_.table->FindIndex("g")}) {
    plan_.index = index;
    for (const uint32_t total : {1u, 2u, 3u, 10u, 4096u, 5000u}) {
      std::map<std::string, int> seen;
      plan_.total_segments = total;
      for (plan_.segment = 0; plan_.segment < total; ++plan_.segment) {
        Cursor cursor = store_->Read(plan_);
        while (const auto item = cursor.Next()) {
          ++seen[std::string(item->Find("pk")->text())];
          ASSERT_TRUE(InSegment(*PositionOf(*plan_.table, index, *item), plan_.segment, total));
          ASSERT_EQ(InSegment(*PositionOf(*plan_.table, index, *item), 0, total),
                    plan_.segment == 0);
        }
      }
      ASSERT_EQ(seen.size(), 300u);
      for (const auto& [pk, times] : seen) ASSERT_EQ(times, 1) << pk;
    }
  }
}

TEST_F(CursorTest, ScanPagesThroughASegment) {
  plan_.table = Create(Describe("t", false));
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(Put(plan_.table, {{"pk", S(std::to_string(i))}}));
  plan_.segment = 1;
  plan_.total_segments = 3;
  const Strings whole = Read(plan_, "pk");
  Strings paged;
  for (;;) {
    Cursor cursor = store_->Read(plan_);
    const auto item = cursor.Next();
    if (!item) break;
    paged.emplace_back(item->Find("pk")->text());
    const std::string last = PositionKey(*plan_.table, nullptr, *item);
    plan_.start = *PositionOf(*plan_.table, nullptr, ItemView(last));
  }
  EXPECT_EQ(paged, whole);
}

TEST_F(CursorTest, MultiAttributeIndexSortsLeftToRight) {
  TableDescription description = Describe("t");
  description.global_indexes = {DescribeIndex("g", {"a", "bin"}, {"n", "b"})};
  plan_.table = Create(description);
  plan_.index = plan_.table->FindIndex("g");
  int sk = 0;
  for (const int n : {10, 9, -1}) {
    for (const char* b : {"y", "x", "xx"}) {
      ASSERT_TRUE(Put(plan_.table, {{"pk", S("p")},
                                    {"sk", N(++sk)},
                                    {"a", S("1")},
                                    {"bin", B("2")},
                                    {"n", N(n)},
                                    {"b", S(b)},
                                    {"x", S(std::to_string(n) + b)}}));
    }
  }
  // The same bytes cut differently are another tuple.
  ASSERT_TRUE(Put(plan_.table, {{"pk", S("p")},
                                {"sk", N(99)},
                                {"a", S("12")},
                                {"bin", B("2")},
                                {"n", N(9)},
                                {"b", S("x")},
                                {"x", S("other")}}));
  const Owned a = S("1"), bin = B("2"), nine = N(9), x = S("x");
  plan_.hash = {a, bin};
  EXPECT_EQ(Read(plan_, "x"),
            (Strings{"-1x", "-1xx", "-1y", "9x", "9xx", "9y", "10x", "10xx", "10y"}));
  plan_.range_equal = {nine};
  EXPECT_EQ(Read(plan_, "x"), (Strings{"9x", "9xx", "9y"}));
  plan_.op = RangeOperator::kBeginsWith;
  plan_.operands[0] = x;
  EXPECT_EQ(Read(plan_, "x"), (Strings{"9x", "9xx"}));
  plan_.op = RangeOperator::kGreater;
  plan_.forward = false;
  EXPECT_EQ(Read(plan_, "x"), (Strings{"9y", "9xx"}));
}

TEST_F(CursorTest, IndexPagesHoldAllKeyAttributes) {
  TableDescription description = Describe("t");
  description.global_indexes = {DescribeIndex("g", {"a"}, {"n"}, ProjectionType::kKeysOnly)};
  plan_.table = Create(description);
  plan_.index = plan_.table->FindIndex("g");
  for (int i = 0; i < 40; ++i) {
    ASSERT_TRUE(Put(plan_.table, {{"pk", S(std::to_string(i))},
                                  {"sk", N(i)},
                                  {"a", S("same")},
                                  {"n", N(i % 3)},
                                  {"x", S("not projected")}}));
  }
  const Owned same = S("same");
  plan_.hash = {same};
  const Strings whole = Read(plan_, "pk");
  EXPECT_EQ(whole.size(), 40u);
  for (const bool forward : {true, false}) {
    plan_.forward = forward;
    plan_.start.clear();
    Strings paged;
    for (;;) {
      Cursor cursor = store_->Read(plan_);
      const auto item = cursor.Next();
      if (!item) break;
      EXPECT_FALSE(item->Find("x"));
      paged.emplace_back(item->Find("pk")->text());
      const std::string last = PositionKey(*plan_.table, plan_.index, *item);
      ASSERT_EQ(ItemView(last).count(), 4u);
      plan_.start = *PositionOf(*plan_.table, plan_.index, ItemView(last));
    }
    if (!forward) std::reverse(paged.begin(), paged.end());
    EXPECT_EQ(paged, whole);
  }
}

TEST_F(CursorTest, PositionsNeedTheirKeyAttributes) {
  TableDescription description = Describe("t");
  description.global_indexes = {DescribeIndex("g", {"a"})};
  const auto table = Create(description);
  const std::string row = Item({{"pk", S("p")}, {"sk", N(1)}});
  const std::string wrong = Item({{"pk", S("p")}, {"sk", S("1")}});
  const std::string entry = Item({{"pk", S("p")}, {"sk", N(1)}, {"a", S("x")}});
  EXPECT_TRUE(PositionOf(*table, nullptr, ItemView(row)));
  EXPECT_FALSE(PositionOf(*table, nullptr, ItemView(wrong)));
  EXPECT_FALSE(PositionOf(*table, table->FindIndex("g"), ItemView(row)));
  EXPECT_TRUE(PositionOf(*table, table->FindIndex("g"), ItemView(entry)));
}

TEST_F(CursorTest, LocalIndexFetchesItsRowsFromOneState) {
  TableDescription description = Describe("t");
  description.local_indexes = {DescribeIndex("l", {"pk"}, {"n"}, ProjectionType::kKeysOnly)};
  plan_.table = Create(description);
  plan_.index = plan_.table->FindIndex("l");
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(Put(plan_.table, {{"pk", S("p")}, {"sk", N(i)}, {"n", N(-i)}, {"x", N(i)}}));
  }
  plan_.hash = {p_};
  plan_.fetches_base = true;
  Cursor cursor = store_->Read(plan_);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(Delete(plan_.table, {{"pk", S("p")}, {"sk", N(i)}}));
  }
  Strings xs;
  while (const auto entry = cursor.Next()) {
    EXPECT_FALSE(entry->Find("x"));
    const auto base = cursor.Base();
    ASSERT_TRUE(base);
    xs.emplace_back(base->Find("x")->text());
  }
  EXPECT_EQ(xs, (Strings{"2", "1", "0"}));
  EXPECT_EQ(Read(plan_, "n"), Strings{});
}

TEST_F(CursorTest, ViewStandsStill) {
  MakeNumbers();
  plan_.view = store_->Snapshot();
  ASSERT_TRUE(Delete(table_, {{"pk", S("p")}, {"sk", N(0)}}));
  EXPECT_EQ(Read(plan_, "sk").size(), 8u);
  EXPECT_NE(Get(table_, {{"pk", S("p")}, {"sk", N(0)}}, plan_.view), "");
  plan_.view = {};
  EXPECT_EQ(Read(plan_, "sk").size(), 7u);
}

TEST_F(CursorTest, TablesDoNotSeeEachOther) {
  MakeNumbers();
  const auto other = Create(Describe("u"));
  ASSERT_TRUE(Put(other, {{"pk", S("p")}, {"sk", N(7)}}));
  plan_.table = other;
  EXPECT_EQ(Read(plan_, "sk"), Strings{"7"});
  plan_.hash.clear();
  EXPECT_EQ(Read(plan_, "sk"), Strings{"7"});
}

}  // namespace
}  // namespace dynarock
