#include "storage/table/row_key.h"

#include "storage/key/key_part.h"
#include "storage/key/keyspace.h"
#include "storage/key/partition_hash.h"

namespace dynarock {

namespace {

// Both values of a table key, checked.
struct TableKey {
  ValueView hash;
  std::optional<ValueView> range;
};

RowKey MakeRowKey(const Table& table, const TableKey& key) {
  RowKey row;
  std::string& out = row.bytes;
  out.reserve(kIndexPrefixSize + 8 + key.hash.text().size() + 8 +
              (key.range ? key.range->text().size() + 8 : 0));
  AppendIndexPrefix(out, table.storage_id(), kTableRows);
  AppendU64(out, PartitionHash(key.hash));
  AppendKeyPart(out, key.hash);
  if (key.range) AppendKeyPart(out, *key.range);
  return row;
}

Result<RowKey> CheckedRowKey(const Table& table, const TableKey& key) {
  DYNAROCK_CHECK(CheckKeyValue(table.key().hash[0].name, KeyRole::kHash, key.hash));
  if (key.range) {
    DYNAROCK_CHECK(CheckKeyValue(table.key().range[0].name, KeyRole::kRange, *key.range));
  }
  return MakeRowKey(table, key);
}

}  // namespace

Result<void> CheckKeyValue(std::string_view attribute, KeyRole role, ValueView value) {
  if (value.type() == Type::kNumber) return {};
  const size_t size = value.text().size();
  if (size == 0) {
    return Fail(EmptyKeyValue(attribute, value.type() == Type::kString ? "string" : "binary"));
  }
  if (role == KeyRole::kHash && size > kMaxHashKeySize) return Fail(HashKeyTooLarge());
  if (role == KeyRole::kRange && size > kMaxRangeKeySize) return Fail(RangeKeysTooLarge());
  return {};
}

Result<RowKey> KeyOfKey(const Table& table, ItemView key) {
  if (key.count() != table.key().size()) return Fail(KeySchemaMismatch());
  TableKey parts;
  for (size_t i = 0; i < table.key().size(); ++i) {
    const KeyAttribute& attribute = table.key().at(i);
    const auto value = key.Find(attribute.name);
    if (!value || value->type() != attribute.type) return Fail(KeySchemaMismatch());
    if (i == 0) {
      parts.hash = *value;
    } else {
      parts.range = *value;
    }
  }
  return CheckedRowKey(table, parts);
}

Result<RowKey> KeyOfItem(const Table& table, ItemView item) {
  TableKey parts;
  for (size_t i = 0; i < table.key().size(); ++i) {
    const KeyAttribute& attribute = table.key().at(i);
    const auto value = item.Find(attribute.name);
    if (!value) return Fail(MissingKey(attribute.name));
    if (value->type() != attribute.type) {
      return Fail(KeyTypeMismatch(attribute.name, TypeName(attribute.type), value->type_name()));
    }
    DYNAROCK_CHECK(
        CheckKeyValue(attribute.name, i == 0 ? KeyRole::kHash : KeyRole::kRange, *value));
    if (i == 0) {
      parts.hash = *value;
    } else {
      parts.range = *value;
    }
  }
  return MakeRowKey(table, parts);
}

RowKey KeyOfStored(const Table& table, ItemView item) {
  TableKey parts{*item.Find(table.key().hash[0].name), std::nullopt};
  if (table.has_range()) parts.range = item.Find(table.key().range[0].name);
  return MakeRowKey(table, parts);
}

}  // namespace dynarock
