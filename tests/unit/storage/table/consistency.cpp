#include "tests/unit/storage/table/consistency.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "storage/item/encoder.h"

namespace dynarock::test {

namespace {

bool Indexable(const Index& index, ItemView item) {
  size_t range_size = 0;
  for (size_t i = 0; i < index.key.size(); ++i) {
    const auto value = item.Find(index.key.at(i).name);
    if (!value || value->type() != index.key.at(i).type) return false;
    if (value->type() == Type::kNumber) continue;
    if (value->text().empty()) return false;
    if (i < index.key.hash.size() && value->text().size() > 2048) return false;
    if (i >= index.key.hash.size()) range_size += value->text().size();
  }
  return range_size <= 1024;
}

std::string Projected(const Table& table, const Index& index, ItemView item) {
  ItemBuilder builder;
  for (const Attribute attribute : item.attributes()) {
    const auto& description =
        index.local ? table.description().local_indexes : table.description().global_indexes;
    const auto described = std::find_if(description.begin(), description.end(),
                                        [&](const auto& d) { return d.name == index.name; });
    const auto& included = described->projection.non_key_attributes;
    if (described->projection.type == ProjectionType::kAll ||
        index.key.Find(attribute.name) != nullptr || table.key().Find(attribute.name) != nullptr ||
        std::find(included.begin(), included.end(), attribute.name) != included.end()) {
      builder.Add(attribute.name, attribute.value);
    }
  }
  return builder.Encode();
}

std::multiset<std::string> Everything(const Store& store, const std::shared_ptr<const Table>& table,
                                      const Index* index) {
  ReadPlan plan;
  plan.table = table;
  plan.index = index;
  Cursor cursor = store.Read(plan);
  std::multiset<std::string> all;
  while (const auto item = cursor.Next()) all.emplace(item->bytes());
  return all;
}

void ExpectCounted(const Counters& counters, const std::multiset<std::string>& items,
                   const std::string& where) {
  int64_t bytes = 0;
  for (const std::string& item : items) bytes += ItemView(item).size();
  EXPECT_EQ(counters.items, static_cast<int64_t>(items.size())) << where;
  EXPECT_EQ(counters.bytes, bytes) << where;
}

}  // namespace

void ExpectConsistent(const Store& store, const std::string& table_name) {
  const auto table = store.Find("", table_name);
  ASSERT_NE(table, nullptr);
  const auto rows = Everything(store, table, nullptr);
  for (const std::string& row : rows) ASSERT_TRUE(IsWellFormedItem(row));
  ExpectCounted(table->state().counters, rows, table_name);
  for (const Index& index : table->indexes()) {
    if (index.deleting) continue;
    std::multiset<std::string> expected;
    for (const std::string& row : rows) {
      if (Indexable(index, ItemView(row))) expected.insert(Projected(*table, index, ItemView(row)));
    }
    const auto entries = Everything(store, table, &index);
    EXPECT_EQ(entries.size(), expected.size()) << index.name;
    EXPECT_TRUE(entries == expected) << index.name << " differs from what the rows imply";
    ExpectCounted(*index.counters, entries, index.name);
  }
}

}  // namespace dynarock::test
