#include "storage/table/ttl_entries.h"

#include <algorithm>
#include <charconv>

#include "storage/key/keyspace.h"

namespace dynarock {

namespace {
constexpr int64_t kFiveYears = int64_t{5} * 365 * 24 * 3600;
}  // namespace

std::optional<uint64_t> ExpirySecond(const Table& table, ItemView item) {
  const auto value = item.Find(table.description().ttl.attribute);
  if (!value || value->type() != Type::kNumber) return std::nullopt;
  std::string_view text = value->text();  // plain decimal
  text = text.substr(0, text.find('.'));
  uint64_t second = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), second);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return second;
}

std::pair<uint64_t, uint64_t> ExpiredSeconds(int64_t now_ms) {
  const int64_t now = now_ms / 1000;
  return {static_cast<uint64_t>(std::max<int64_t>(0, now - kFiveYears)),
          static_cast<uint64_t>(std::max<int64_t>(0, now))};
}

bool IsExpired(uint64_t second, int64_t now_ms) {
  const auto [first, end] = ExpiredSeconds(now_ms);
  return second >= first && second < end;
}

std::string TtlEntryKey(const Table& table, uint64_t second, std::string_view row_key) {
  std::string key = IndexPrefix(table.storage_id(), table.description().ttl_entries.id);
  AppendU64(key, second);
  key += row_key.substr(kIndexPrefixSize);
  return key;
}

std::string RowOfTtlEntry(const Table& table, std::string_view entry_key) {
  std::string key = IndexPrefix(table.storage_id(), kTableRows);
  key += entry_key.substr(kIndexPrefixSize + sizeof(uint64_t));
  return key;
}

void DeriveTtlEntry(const Table& table, const RowKey& key, const std::optional<ItemView>& old,
                    const std::optional<ItemView>& now, Batch& batch) {
  const auto before = old ? ExpirySecond(table, *old) : std::nullopt;
  const auto after = now ? ExpirySecond(table, *now) : std::nullopt;
  if (before == after) {
    // An item from before TTL was enabled may still be without its entry.
    if (!after || !table.description().ttl_entries.backfilling) return;
  }
  if (before && before != after) batch.Delete(TtlEntryKey(table, *before, key.bytes));
  if (after) batch.Put(TtlEntryKey(table, *after, key.bytes), "");
}

}  // namespace dynarock
