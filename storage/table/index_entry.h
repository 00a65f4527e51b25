// What an item looks like in an index: whether it is in it, where, and what of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog/table.h"
#include "storage/item/encoded.h"

namespace dynarock {

// Whether the item has every key attribute of the index, each a value that a key may have.
bool HasIndexKey(const Index& index, ItemView item);

// Whether both items, which are both in the index and have the same table key, have the same entry
// key.
bool SameIndexKey(const Index& index, ItemView a, ItemView b);

// The engine key of the item's entry; nullopt when the item is not in the index: it lacks a key
// attribute, or one has another type, is empty or too large (only items older than the index can
// have those).
std::optional<std::string> EntryKey(const Table& table, const Index& index, ItemView item);

// The projected item, encoded; for ALL the item's own bytes, otherwise written into `buffer`.
std::string_view EntryItem(const Index& index, ItemView item, std::string& buffer);

// DynamoDB's size of the projected item.
uint64_t EntrySize(const Index& index, ItemView item);

// The item made of those attributes of `item` that `sorted_names` has, appended to `out`.
void ProjectItem(ItemView item, const std::vector<std::string>& sorted_names, std::string& out);

}  // namespace dynarock
