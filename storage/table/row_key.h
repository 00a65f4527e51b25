// From key attributes to engine keys, with the checks the service makes on key values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/catalog/table.h"
#include "storage/item/encoded.h"
#include "storage/item/result.h"

namespace dynarock {

// Where an item lies: the engine key of its row (storage/key/keyspace.h).
struct RowKey {
  std::string bytes;
  bool operator==(const RowKey&) const = default;
  auto operator<=>(const RowKey&) const = default;
};

inline constexpr size_t kMaxHashKeySize = 2048;
inline constexpr size_t kMaxRangeKeySize = 1024;

// The row of a `Key` map (GetItem, DeleteItem, UpdateItem and their batch and transaction forms),
// which must hold the key attributes and nothing else. Validation errors, all observed on the
// service: "The provided key element does not match the schema" (count, name or type); the empty
// value and size texts of KeyOfItem.
Result<RowKey> KeyOfKey(const Table& table, ItemView key);

// The row of a whole item (PutItem). Validation errors, for each key attribute in the schema's
// order: missing key, type mismatch, empty value, size.
Result<RowKey> KeyOfItem(const Table& table, ItemView item);

// The row of an item or entry known to hold a valid table key.
RowKey KeyOfStored(const Table& table, ItemView item);

// The checks of a key attribute's value that Query conditions and ExclusiveStartKey share with
// writes: empty S and B values, and sizes by role.
Result<void> CheckKeyValue(std::string_view attribute, KeyRole role, ValueView value);

// "Type mismatch for Index Key ...", for a value a request gives to an index key attribute.
Error IndexKeyMismatch(const Index& index, const KeyAttribute& attribute, ValueView value);

// The index keys of an item that is put: type, empty value, size. The alphabetically first
// offending index speaks.
Result<void> CheckIndexKeysOfPut(const Table& table, ItemView item);
// The same for the result of an update, of which changed attributes are looked at. `old`: the item
// before it, if there was one. A wrong type has a text of its own here (recorded by dynalite):
// those that the request shows were found before.
Result<void> CheckIndexKeysOfUpdate(const Table& table, std::optional<ItemView> old, ItemView item);

// On tables with local indexes the item and all its local index entries together must not exceed
// 400 KB (Developer Guide, quotas: "Item size for tables with local secondary indexes"). True when
// they fit; no error text is known, so the caller gives the one of its operation.
bool FitsWithLocalIndexes(const Table& table, ItemView item);

}  // namespace dynarock
