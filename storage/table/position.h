// ExclusiveStartKey and LastEvaluatedKey.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/catalog/table.h"
#include "storage/item/encoded.h"

namespace dynarock {

// The place in the table (index null) or index that an ExclusiveStartKey names, whether or not an
// item is there. nullopt when an attribute of the table key or index key is absent or has another
// type. Extra attributes do not matter here: compare `key.count()` with table.position() or
// index.position.
std::optional<std::string> PositionOf(const Table& table, const Index* index, ItemView key);

// The LastEvaluatedKey of an item or entry: its table key and index key attributes, each once, as
// an encoded item.
std::string PositionKey(const Table& table, const Index* index, ItemView item);

// Whether a position lies in segment s of t of a parallel Scan. Source: recorded by dynalite.
bool InSegment(std::string_view position, uint32_t segment, uint32_t total_segments);

}  // namespace dynarock
