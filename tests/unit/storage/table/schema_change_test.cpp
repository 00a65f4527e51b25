#include <chrono>

#include "storage/key/keyspace.h"
#include "tests/unit/storage/table/store_test.h"

namespace dynarock {
namespace {

using namespace test;  // NOLINT: the words of StoreTest
using std::chrono::seconds;

class SchemaChangeTest : public StoreTest {
 protected:
  Result<Catalog::Replaced> AddIndex(IndexDescription index) {
    return store_->UpdateTable("", "t", [&](TableDescription& d) -> Result<void> {
      d.global_indexes.push_back(index);
      return {};
    });
  }
  Result<Catalog::Replaced> RemoveIndex(const std::string& name) {
    return store_->UpdateTable("", "t", [&](TableDescription& d) -> Result<void> {
      for (IndexDescription& index : d.global_indexes) {
        if (index.name == name) index.status = Status::kDeleting;
      }
      return {};
    });
  }
  TableDescription Shown() { return Find("t")->DescriptionAt(store_->now_ms()); }
};

TEST_F(SchemaChangeTest, BackfillMakesWhatTheRowsImply) {
  const auto table = Create(Describe("t"));
  for (int i = 0; i < 500; ++i) {
    Attributes item{{"pk", S(std::to_string(i % 7))}, {"sk", N(i)}};
    if (i % 2 == 0) item.push_back({"a", S(std::to_string(i))});
    if (i % 6 == 0) item.back() = {"a", N(1)};                        // another type
    if (i % 10 == 0) item.back() = {"a", S("")};                      // empty
    if (i % 14 == 0) item.back() = {"a", S(std::string(2049, 'x'))};  // too large
    ASSERT_TRUE(Put(table, item));
  }
  const auto replaced = AddIndex(DescribeIndex("g", {"a"}, {}, ProjectionType::kKeysOnly));
  ASSERT_TRUE(replaced);
  EXPECT_TRUE(replaced->before->description().global_indexes.empty());
  EXPECT_EQ(replaced->after->description().global_indexes[0].status, Status::kCreating);
  EXPECT_TRUE(replaced->after->description().global_indexes[0].backfilling);
  ASSERT_TRUE(store_->WaitForBackground(*table, seconds(10)));
  EXPECT_EQ(Shown().global_indexes[0].status, Status::kActive);
  EXPECT_FALSE(Shown().global_indexes[0].backfilling);
  EXPECT_GT(Find("t")->FindIndex("g")->counters->items, 100);
  ExpectConsistent(*store_, "t");
  // A version from before the index still writes its entries.
  ASSERT_TRUE(Put(table, {{"pk", S("late")}, {"sk", N(1)}, {"a", S("late")}}));
  ExpectConsistent(*store_, "t");
}

TEST_F(SchemaChangeTest, DeletedIndexIsGoneAndFreed) {
  TableDescription description = Describe("t");
  description.global_indexes = {DescribeIndex("g", {"a"}), DescribeIndex("h", {"b"})};
  const auto table = Create(description);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(Put(table, {{"pk", S("p")}, {"sk", N(i)}, {"a", S("x")}, {"b", S("y")}}));
  }
  ReadPlan old_plan;
  old_plan.table = table;
  old_plan.index = table->FindIndex("g");
  EXPECT_EQ(Read(old_plan, "pk").size(), 100u);
  ASSERT_TRUE(RemoveIndex("g"));
  EXPECT_EQ(Find("t")->FindIndex("g"), nullptr);
  ASSERT_EQ(Shown().global_indexes.size(), 1u);
  ASSERT_TRUE(store_->WaitForBackground(seconds(10)));
  EXPECT_EQ(Read(old_plan, "pk").size(), 0u);
  ASSERT_TRUE(Put(table, {{"pk", S("p")}, {"sk", N(1)}, {"a", S("z")}}));
  EXPECT_EQ(Read(old_plan, "pk").size(), 0u);
  ExpectConsistent(*store_, "t");
  // The name may come back; its data does not.
  ASSERT_TRUE(AddIndex(DescribeIndex("g", {"a"})));
  ASSERT_TRUE(store_->WaitForBackground(*table, seconds(10)));
  EXPECT_NE(Find("t")->FindIndex("g")->id, table->FindIndex("g")->id);
  ExpectConsistent(*store_, "t");
}

TEST_F(SchemaChangeTest, AnEditMayFail) {
  Create(Describe("t"));
  const auto failed = store_->UpdateTable("", "t", [](TableDescription& d) -> Result<void> {
    d.deletion_protection = true;
    return Fail(Validation("no"));
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "no");
  EXPECT_FALSE(Shown().deletion_protection);
}

TEST_F(SchemaChangeTest, StatesOfIndexesThatLastAlone) {
  StoreOptions options;
  options.transient_index_ms = 100;
  options.clock = &clock_;
  Open(options);
  const auto table = Create(Describe("t"));
  EXPECT_EQ(Shown().status, Status::kActive);
  ASSERT_TRUE(AddIndex(DescribeIndex("new", {"b"})));
  ASSERT_TRUE(store_->WaitForBackground(*table, seconds(10)));
  clock_.Advance(99);
  EXPECT_EQ(Shown().global_indexes[0].status, Status::kCreating);
  clock_.Advance(1);
  EXPECT_EQ(Shown().global_indexes[0].status, Status::kActive);
  ASSERT_TRUE(RemoveIndex("new"));
  EXPECT_EQ(Shown().global_indexes[0].status, Status::kDeleting);
  clock_.Advance(100);
  EXPECT_TRUE(Shown().global_indexes.empty());
  ASSERT_TRUE(store_->DropTable("", "t"));
  EXPECT_EQ(Find("t"), nullptr);
}

TEST_F(SchemaChangeTest, StatesOfTablesThatLastAlone) {
  StoreOptions options;
  options.transient_ms = 100;
  options.transient_index_ms = 0;
  options.clock = &clock_;
  Open(options);
  const auto table = Create(Describe("t"));
  EXPECT_EQ(Shown().status, Status::kCreating);
  clock_.Advance(100);
  ASSERT_TRUE(AddIndex(DescribeIndex("new", {"b"})));
  ASSERT_TRUE(store_->WaitForBackground(*table, seconds(10)));
  EXPECT_EQ(Shown().global_indexes[0].status, Status::kActive);
  ASSERT_TRUE(RemoveIndex("new"));
  EXPECT_TRUE(Shown().global_indexes.empty());
}

TEST_F(SchemaChangeTest, StatesThatLast) {
  StoreOptions options;
  options.transient_ms = 100;
  options.clock = &clock_;
  Open(options);
  TableDescription description = Describe("t");
  description.global_indexes = {DescribeIndex("g", {"a"})};
  const auto table = Create(description);
  const auto nothing = [](TableDescription&) -> Result<void> { return {}; };
  EXPECT_EQ(Shown().status, Status::kCreating);
  EXPECT_EQ(Shown().global_indexes[0].status, Status::kCreating);
  EXPECT_FALSE(table->UsableAt(clock_.now_ms()));
  EXPECT_EQ(store_->DropTable("", "t").error().message,
            "Attempt to change a resource which is still in use: Table is being created: t");
  // Settings may change meanwhile, and do not hurry the table.
  EXPECT_TRUE(store_->UpdateTable("", "t", nothing));
  EXPECT_EQ(Shown().status, Status::kCreating);
  clock_.Advance(100);
  EXPECT_EQ(Shown().status, Status::kActive);
  EXPECT_EQ(Shown().global_indexes[0].status, Status::kActive);

  ASSERT_TRUE(store_->UpdateTable("", "t", [](TableDescription& d) -> Result<void> {
    d.status = Status::kUpdating;
    d.global_indexes[0].status = Status::kUpdating;
    return {};
  }));
  EXPECT_EQ(Shown().status, Status::kUpdating);
  EXPECT_EQ(Shown().global_indexes[0].status, Status::kUpdating);
  EXPECT_TRUE(Find("t")->UsableAt(clock_.now_ms()));
  EXPECT_EQ(store_->DropTable("", "t").error().message,
            "Attempt to change a resource which is still in use: Cannot delete table while indexes "
            "are being created, updated, or deleted.");
  clock_.Advance(100);
  EXPECT_EQ(Shown().status, Status::kActive);

  ASSERT_TRUE(AddIndex(DescribeIndex("new", {"b"})));
  ASSERT_TRUE(store_->WaitForBackground(*table, seconds(10)));
  EXPECT_EQ(Shown().global_indexes[1].status, Status::kCreating);
  clock_.Advance(100);
  EXPECT_EQ(Shown().global_indexes[1].status, Status::kActive);
  ASSERT_TRUE(RemoveIndex("new"));
  EXPECT_EQ(Shown().global_indexes[1].status, Status::kDeleting);
  clock_.Advance(100);
  EXPECT_EQ(Shown().global_indexes.size(), 1u);

  ASSERT_TRUE(store_->DropTable("", "t"));
  EXPECT_EQ(Shown().status, Status::kDeleting);
  EXPECT_EQ(store_->DropTable("", "t").error().message,
            "Attempt to change a resource which is still in use: Table is being deleted: t");
  EXPECT_FALSE(Put(table, {{"pk", S("p")}, {"sk", N(1)}}));
  clock_.Advance(100);
  EXPECT_EQ(Find("t"), nullptr);
  EXPECT_EQ(store_->DropTable("", "t").error().message,
            "Requested resource not found: Table: t not found");
  Create(Describe("t"));
}

TEST_F(SchemaChangeTest, WithoutTransientTimeEverythingIsFinalAtOnce) {
  Create(Describe("t"));
  EXPECT_EQ(Shown().status, Status::kActive);
  ASSERT_TRUE(store_->UpdateTable("", "t", [](TableDescription& d) -> Result<void> {
    d.status = Status::kUpdating;
    return {};
  }));
  EXPECT_EQ(Shown().status, Status::kActive);
  ASSERT_TRUE(store_->DropTable("", "t"));
  EXPECT_EQ(Find("t"), nullptr);
}

TEST_F(SchemaChangeTest, DeletionProtection) {
  TableDescription description = Describe("t");
  description.deletion_protection = true;
  Create(description);
  EXPECT_EQ(store_->DropTable("", "t").error().message,
            "Resource cannot be deleted as it is currently protected against deletion. Disable "
            "deletion protection first.");
  ASSERT_TRUE(store_->UpdateTable("", "t", [](TableDescription& d) -> Result<void> {
    d.deletion_protection = false;
    return {};
  }));
  EXPECT_TRUE(store_->DropTable("", "t"));
}

TEST_F(SchemaChangeTest, DropFreesALargeTable) {
  for (const int round : {1, 2}) {
    const auto table = Create(Describe("t"));
    const Owned filler = S(std::string(1000, static_cast<char>('a' + round)));
    for (int i = 0; i < 20000; ++i) {
      ASSERT_TRUE(Put(table, {{"pk", S("p")}, {"sk", N(i)}, {"x", filler}}));
    }
    ReadPlan plan;
    plan.table = table;
    ASSERT_TRUE(store_->DropTable("", "t"));
    ASSERT_TRUE(store_->WaitForBackground(seconds(20)));
    EXPECT_EQ(Read(plan, "pk").size(), 0u);
    const auto again = Create(Describe("t"));
    EXPECT_EQ(Get(again, {{"pk", S("p")}, {"sk", N(1)}}), "");
    EXPECT_EQ(again->state().counters.items, 0);
    ASSERT_TRUE(store_->DropTable("", "t"));
  }
}

}  // namespace
}  // namespace dynarock
