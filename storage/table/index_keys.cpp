// The checks of index key values on writes.
#include "storage/item/size.h"
#include "storage/table/index_entry.h"
#include "storage/table/row_key.h"

namespace dynarock {

namespace {

Error EmptyValue(bool put, const Index& index, const KeyAttribute& attribute) {
  const std::string_view kind = attribute.type == Type::kString ? "string" : "binary";
  return put ? EmptyIndexKeyValue(index.name, attribute.name, kind)
             : EmptyUpdatedIndexKeyValue(kind);
}

// `old` set: attributes whose value is the old one are not looked at.
Result<void> CheckIndex(const Index& index, bool put, const std::optional<ItemView>& old,
                        ItemView item) {
  const auto changed_value = [&](const KeyAttribute& attribute) -> std::optional<ValueView> {
    const auto value = item.Find(attribute.name);
    if (!value || !old) return value;
    const auto before = old->Find(attribute.name);
    return before && *before == *value ? std::nullopt : value;
  };
  bool range_changed = false;
  for (size_t i = 0; i < index.key.size(); ++i) {
    const KeyAttribute& attribute = index.key.at(i);
    const auto value = changed_value(attribute);
    if (!value) continue;
    if (value->type() != attribute.type) {
      if (put) return Fail(IndexKeyMismatch(index, attribute, *value));
      return Fail(UpdatedIndexKeyTypeMismatch());
    }
    if (attribute.type == Type::kNumber) continue;
    if (value->text().empty()) return Fail(EmptyValue(put, index, attribute));
    if (i < index.key.hash.size()) {
      DYNAROCK_CHECK(CheckKeyValue(attribute.name, KeyRole::kHash, *value));
    } else {
      range_changed = true;
    }
  }
  if (!range_changed) return {};
  size_t range_size = 0;
  for (const KeyAttribute& attribute : index.key.range) {
    const auto value = item.Find(attribute.name);
    if (value && value->type() == attribute.type && attribute.type != Type::kNumber) {
      range_size += value->text().size();
    }
  }
  if (range_size > kMaxRangeKeySize) {
    return Fail(RangeKeysTooLarge());
  }
  return {};
}

Result<void> CheckAll(const Table& table, bool put, const std::optional<ItemView>& old,
                      ItemView item) {
  const Index* worst = nullptr;
  Error error;
  for (const Index& index : table.indexes()) {
    if (index.deleting || (worst != nullptr && worst->name < index.name)) continue;
    if (auto checked = CheckIndex(index, put, old, item); !checked) {
      worst = &index;
      error = std::move(checked).error();
    }
  }
  if (worst != nullptr) return Fail(std::move(error));
  return {};
}

}  // namespace

Error IndexKeyMismatch(const Index& index, const KeyAttribute& attribute, ValueView value) {
  return IndexKeyTypeMismatch(index.name, attribute.name, TypeName(attribute.type),
                              value.type_name());
}

Result<void> CheckIndexKeysOfPut(const Table& table, ItemView item) {
  return CheckAll(table, true, std::nullopt, item);
}

Result<void> CheckIndexKeysOfUpdate(const Table& table, std::optional<ItemView> old,
                                    ItemView item) {
  return CheckAll(table, false, old, item);
}

bool FitsWithLocalIndexes(const Table& table, ItemView item) {
  if (!table.has_local_indexes()) return item.size() <= kMaxItemSize;
  uint64_t total = item.size();
  for (const Index& index : table.indexes()) {
    if (index.local && HasIndexKey(index, item)) total += EntrySize(index, item);
  }
  return total <= kMaxItemSize;
}

}  // namespace dynarock
