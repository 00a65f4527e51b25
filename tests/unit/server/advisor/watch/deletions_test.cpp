#include "server/advisor/watch/deletions.h"

#include <gtest/gtest.h>

#include "server/operations/request/operation_list.h"
#include "storage/item/encoder.h"
#include "tests/unit/server/advisor/observed.h"

namespace dynarock::advisor {
namespace {

std::shared_ptr<const Table> TableOf(StorageId id, bool with_sort_key) {
  TableDescription description;
  description.name = "T" + std::to_string(id);
  description.attributes = {{"pk", Type::kString}};
  description.key = {{"pk", KeyRole::kHash}};
  if (with_sort_key) {
    description.attributes.push_back({"sk", Type::kString});
    description.key.push_back({"sk", KeyRole::kRange});
  }
  return std::make_shared<Table>("", description, std::make_shared<TableState>(id), nullptr);
}

void Delete(Deletions& deletions, const std::shared_ptr<const Table>& table, std::string_view pk,
            std::string_view sk, int64_t wall_ms) {
  std::string values[2];
  ValueWriter(values[0]).String(pk);
  ValueWriter(values[1]).String(sk);
  ItemBuilder item;
  item.Add("pk", ValueView(values[0].data()));
  item.Add("sk", ValueView(values[1].data()));
  const std::string before = item.Encode();
  JsonDocument input;
  ASSERT_TRUE(input.Parse(R"({"Key":{}})"));
  trace::Access access;
  access.kind = trace::AccessKind::kDelete;
  access.table = table.get();
  access.input = &input.root();
  access.before = ItemView(before);
  const trace::Trace trace{};
  deletions.Add(test::Observed(operations::kDeleteItem, input.root(), trace), access, wall_ms);
}

TEST(DeletionsTest, RemembersTheNewestOfEachTableAndEachItemOnce) {
  Deletions deletions;
  const auto table = TableOf(1, false);
  for (int i = 0; i < 100; ++i) {
    Delete(deletions, table, "p" + std::to_string(i % 80), "", i);
  }
  const std::vector<Deletion> all = deletions.All();
  EXPECT_EQ(all.size(), 64u);
  for (const Deletion& deletion : all) EXPECT_GE(deletion.wall_ms, 36);
  EXPECT_EQ(ItemView(all.front().key).Find("pk")->text(), "p19");
  EXPECT_EQ(ItemView(all.front().key).count(), 1u);
  Delete(deletions, table, "p19", "", 100);
  EXPECT_EQ(deletions.All().size(), 63u);
}

TEST(DeletionsTest, ManyChildrenDoNotPushOutAParent) {
  Deletions deletions;
  const auto table = TableOf(1, true);
  Delete(deletions, table, "USER#1", "PROFILE", 1);
  for (int i = 0; i < 500; ++i) Delete(deletions, table, "USER#1", "N#" + std::to_string(i), i);
  const std::vector<Deletion> all = deletions.All();
  ASSERT_EQ(all.size(), 65u);
  // The newest of the others, the parent, the rest.
  EXPECT_EQ(all[0].wall_ms, 499);
  EXPECT_EQ(all[1].wall_ms, 1);
  EXPECT_EQ(all[2].wall_ms, 498);
}

TEST(DeletionsTest, MemoryIsBounded) {
  Deletions deletions;
  for (StorageId id = 1; id <= 20; ++id) {
    const auto table = TableOf(id, false);
    for (int i = 0; i < 70; ++i) Delete(deletions, table, std::to_string(i), "", i);
  }
  EXPECT_EQ(deletions.All().size(), 512u);
  for (StorageId id = 21; id <= 2000; ++id) Delete(deletions, TableOf(id, false), "p", "", 0);
  EXPECT_EQ(deletions.All().size(), 512u);
  Deletions long_keys;
  Delete(long_keys, TableOf(1, false), std::string(2000, 'k'), "", 0);
  EXPECT_TRUE(long_keys.All().empty());
}

}  // namespace
}  // namespace dynarock::advisor
