#include "storage/table/index_entry.h"

#include <array>
#include <span>

#include "storage/item/encoder.h"
#include "storage/item/size.h"
#include "storage/key/key_part.h"
#include "storage/key/keyspace.h"
#include "storage/key/partition_hash.h"
#include "storage/table/row_key.h"

namespace dynarock {

namespace {

constexpr size_t kMaxKeyAttributes = 8;
using KeyValues = std::array<ValueView, kMaxKeyAttributes>;

// The values of the index's key attributes in key order; false when the item is not in the index.
bool FindKeyValues(const Index& index, ItemView item, KeyValues& values) {
  size_t range_size = 0;
  for (size_t i = 0; i < index.key.size(); ++i) {
    const KeyAttribute& attribute = index.key.at(i);
    const auto value = item.Find(attribute.name);
    if (!value || value->type() != attribute.type) return false;
    values[i] = *value;
    if (attribute.type == Type::kNumber) continue;
    const size_t size = value->text().size();
    if (size == 0) return false;
    if (i < index.key.hash.size()) {
      if (size > kMaxHashKeySize) return false;
    } else {
      range_size += size;
    }
  }
  return range_size <= kMaxRangeKeySize;
}

}  // namespace

bool HasIndexKey(const Index& index, ItemView item) {
  KeyValues values;
  return FindKeyValues(index, item, values);
}

bool SameIndexKey(const Index& index, ItemView a, ItemView b) {
  for (size_t i = 0; i < index.key.size(); ++i) {
    const std::string& name = index.key.at(i).name;
    const auto value_a = a.Find(name);
    const auto value_b = b.Find(name);
    if (!value_a || !value_b || !(*value_a == *value_b)) return false;
  }
  return true;
}

std::optional<std::string> EntryKey(const Table& table, const Index& index, ItemView item) {
  KeyValues values;
  if (!FindKeyValues(index, item, values)) return std::nullopt;
  const auto hash = item.Find(table.key().hash[0].name);
  std::optional<ValueView> range;
  if (table.has_range()) range = item.Find(table.key().range[0].name);
  if (!hash || (table.has_range() && !range)) return std::nullopt;

  std::string out;
  out.reserve(128);
  AppendIndexPrefix(out, table.storage_id(), index.id);
  AppendU64(out, PartitionHash(std::span<const ValueView>(values.data(), index.key.hash.size())));
  for (size_t i = 0; i < index.key.size(); ++i) AppendKeyPart(out, values[i]);
  AppendU64(out, TableKeyHash(*hash, range ? &*range : nullptr));
  AppendKeyPart(out, *hash);
  if (range) AppendKeyPart(out, *range);
  return out;
}

void ProjectItem(ItemView item, const std::vector<std::string>& sorted_names, std::string& out) {
  uint32_t count = 0;
  for (const std::string& name : sorted_names) count += item.Find(name).has_value() ? 1 : 0;
  ItemWriter writer(out, count);
  uint64_t size = 0;
  for (const std::string& name : sorted_names) {
    if (const auto value = item.Find(name)) {
      writer.Add(name, *value);
      size += name.size() + ValueSize(*value);
    }
  }
  writer.Finish(static_cast<uint32_t>(size));
}

std::string_view EntryItem(const Index& index, ItemView item, std::string& buffer) {
  if (index.projection == ProjectionType::kAll) return item.bytes();
  buffer.clear();
  ProjectItem(item, index.projected, buffer);
  return buffer;
}

uint64_t EntrySize(const Index& index, ItemView item) {
  if (index.projection == ProjectionType::kAll) return item.size();
  uint64_t size = 0;
  for (const std::string& name : index.projected) {
    if (const auto value = item.Find(name)) size += name.size() + ValueSize(*value);
  }
  return size;
}

}  // namespace dynarock
