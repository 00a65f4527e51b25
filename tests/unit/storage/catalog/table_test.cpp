#include "storage/catalog/table.h"

#include <memory>

#include <gtest/gtest.h>

#include "tests/unit/storage/catalog/describe.h"

namespace dynarock {
namespace {

using test::Describe;
using test::DescribeIndex;

Table Make(TableDescription description, const Table* previous = nullptr) {
  return Table("", std::move(description), std::make_shared<TableState>(1), previous);
}

TEST(Table, PreparesKeysAndProjections) {
  TableDescription description = Describe("t");
  description.local_indexes = {DescribeIndex("local", {"pk"}, {"n"}, ProjectionType::kKeysOnly)};
  description.global_indexes = {
      DescribeIndex("global", {"b", "n"}, {"a", "sk"}, ProjectionType::kInclude, {"x", "a"})};
  const Table table = Make(description);
  EXPECT_EQ(table.position(), (std::vector<std::string>{"pk", "sk"}));
  ASSERT_TRUE(table.has_local_indexes());
  const Index* local = table.FindIndex("local");
  EXPECT_TRUE(local->local);
  EXPECT_EQ(local->projected, (std::vector<std::string>{"n", "pk", "sk"}));
  EXPECT_TRUE(local->Projects("n"));
  EXPECT_FALSE(local->Projects("x"));
  const Index* global = table.FindIndex("global");
  EXPECT_EQ(global->key.hash.size(), 2u);
  EXPECT_EQ(global->key.at(1).type, Type::kNumber);
  EXPECT_EQ(global->key.at(2).name, "a");
  EXPECT_EQ(global->position, (std::vector<std::string>{"a", "b", "n", "pk", "sk"}));
  EXPECT_EQ(global->projected, (std::vector<std::string>{"a", "b", "n", "pk", "sk", "x"}));
  EXPECT_EQ(table.FindIndex("other"), nullptr);
}

TEST(Table, KeepsIndexCountersOverVersions) {
  TableDescription description = Describe("t");
  description.global_indexes = {DescribeIndex("one", {"a"}), DescribeIndex("two", {"b"})};
  description.global_indexes[0].id = 1;
  description.global_indexes[1].id = 2;
  const Table first = Make(description);
  description.global_indexes.erase(description.global_indexes.begin());
  const Table second = Make(description, &first);
  EXPECT_EQ(second.FindIndex("two")->counters, first.FindIndex("two")->counters);
}

TEST(Table, StatusesSettleWithTime) {
  TableDescription description = Describe("t");
  description.status = Status::kCreating;
  description.settles_ms = 100;
  description.global_indexes = {DescribeIndex("g", {"a"})};
  const Table creating = Make(description);
  EXPECT_EQ(creating.StatusAt(99), Status::kCreating);
  EXPECT_EQ(creating.DescriptionAt(99).global_indexes[0].status, Status::kCreating);
  EXPECT_FALSE(creating.UsableAt(99));
  EXPECT_EQ(creating.StatusAt(100), Status::kActive);
  EXPECT_EQ(creating.DescriptionAt(100).global_indexes[0].status, Status::kActive);
  EXPECT_TRUE(creating.UsableAt(100));

  description.status = Status::kUpdating;
  EXPECT_TRUE(Make(description).UsableAt(99));
  description.status = Status::kDeleting;
  EXPECT_FALSE(Make(description).UsableAt(200));
  EXPECT_FALSE(Make(description).GoneAt(99));
  EXPECT_TRUE(Make(description).GoneAt(100));
}

TEST(Table, IndexStatusesSettleWithTimeAndBackfill) {
  TableDescription description = Describe("t");
  description.global_indexes = {DescribeIndex("new", {"a"}), DescribeIndex("old", {"b"})};
  description.global_indexes[0].status = Status::kCreating;
  description.global_indexes[0].settles_ms = 100;
  description.global_indexes[0].backfilling = true;
  description.global_indexes[1].status = Status::kDeleting;
  description.global_indexes[1].settles_ms = 100;
  EXPECT_EQ(Make(description).DescriptionAt(99).global_indexes.size(), 2u);
  ASSERT_EQ(Make(description).DescriptionAt(100).global_indexes.size(), 1u);
  EXPECT_EQ(Make(description).DescriptionAt(100).global_indexes[0].status, Status::kCreating);
  EXPECT_EQ(Make(description).FindIndex("old"), nullptr);
  description.global_indexes[0].backfilling = false;
  EXPECT_EQ(Make(description).DescriptionAt(99).global_indexes[0].status, Status::kCreating);
  EXPECT_EQ(Make(description).DescriptionAt(100).global_indexes[0].status, Status::kActive);
}

TEST(Table, Arns) {
  EXPECT_EQ(Describe("t").Arn(), "arn:aws:dynamodb:us-east-1:000000000000:table/t");
  EXPECT_EQ(Describe("t").IndexArn("i"), "arn:aws:dynamodb:us-east-1:000000000000:table/t/index/i");
}

}  // namespace
}  // namespace dynarock
