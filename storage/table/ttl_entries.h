// Which items expire when. Every item whose TTL attribute is a number has one entry, in order of
// time, so that the expired ones are found without looking at the others.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "storage/catalog/table.h"
#include "storage/engine/engine.h"
#include "storage/item/encoded.h"
#include "storage/table/row_key.h"

namespace dynarock {

// The epoch second, rounded down, that the item's TTL attribute names; nullopt when it has none: it
// is absent, no number, negative or absurdly large. Source: Developer Guide, "Using time to live
// (TTL)".
std::optional<uint64_t> ExpirySecond(const Table& table, ItemView item);

// Whether TTL deletes an item of that second now: it is past, and by no more than five years.
bool IsExpired(uint64_t second, int64_t now_ms);
// The seconds for which that holds: [first, second).
std::pair<uint64_t, uint64_t> ExpiredSeconds(int64_t now_ms);

std::string TtlEntryKey(const Table& table, uint64_t second, std::string_view row_key);
// The row that an entry is about.
std::string RowOfTtlEntry(const Table& table, std::string_view entry_key);

// What a change of the item means for its entry.
void DeriveTtlEntry(const Table& table, const RowKey& key, const std::optional<ItemView>& old,
                    const std::optional<ItemView>& now, Batch& batch);

}  // namespace dynarock
