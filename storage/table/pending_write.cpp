#include "storage/table/pending_write.h"

#include <algorithm>
#include <span>

#include "storage/item/size.h"
#include "storage/table/index_entry.h"
#include "storage/table/row_key.h"
#include "storage/table/ttl_entries.h"

namespace dynarock {

PendingWrite& PendingWrite::OfThread() {
  static thread_local PendingWrite pending;
  pending.Reset();
  return pending;
}

void PendingWrite::Reset() {
  constexpr size_t kKeep = 1u << 20;
  if (batch_.size() > kKeep) batch_ = Batch();
  if (old_entry_.capacity() > kKeep) old_entry_ = {};
  if (new_entry_.capacity() > kKeep) new_entry_ = {};
  batch_.Clear();
  counts_.clear();
  changes_.clear();
}

void PendingWrite::DeriveIndex(const Engine& engine, const Table& table, const Index& index,
                               const std::optional<ItemView>& old,
                               const std::optional<ItemView>& now, WriteOutcome* units) {
  const bool was_in = old && HasIndexKey(index, *old);
  const bool is_in = now && HasIndexKey(index, *now);
  if (!was_in && !is_in) return;
  const bool same_key = was_in && is_in && SameIndexKey(index, *old, *now);
  std::optional<std::string> old_key;
  std::optional<std::string> new_key;
  std::string_view old_entry;
  std::string_view new_entry;
  if (was_in) old_entry = EntryItem(index, *old, old_entry_);
  if (is_in) new_entry = EntryItem(index, *now, new_entry_);
  if (same_key && old_entry == new_entry) return;
  if (was_in && !same_key) old_key = EntryKey(table, index, *old);
  if (is_in) new_key = EntryKey(table, index, *now);

  const uint64_t old_size = was_in ? ItemView(old_entry).size() : 0;
  const uint64_t new_size = is_in ? ItemView(new_entry).size() : 0;
  int64_t items = 0;
  int64_t bytes = 0;
  if (was_in) {
    // An index that is being filled may not have the old row's entry yet.
    const bool counted = !index.backfilling || engine.Contains(same_key ? *new_key : *old_key);
    if (counted) {
      --items;
      bytes -= static_cast<int64_t>(old_size);
    }
    if (!same_key) batch_.Delete(*old_key);
  }
  if (is_in) {
    batch_.Put(*new_key, new_entry);
    ++items;
    bytes += static_cast<int64_t>(new_size);
  }
  Count(*index.counters, items, bytes);
  if (units != nullptr) {
    const int64_t old_units = old_size == 0 ? 0 : WriteUnits(old_size);
    const int64_t new_units = new_size == 0 ? 0 : WriteUnits(new_size);
    units->index_units.push_back(
        {index.name, index.local,
         same_key ? std::max(old_units, new_units) : old_units + new_units});
  }
}

void PendingWrite::Add(const Engine& engine, const Table& table, const RowKey& key,
                       WriteOptions options, WriteOutcome& outcome) {
  const std::optional<ItemView> old = outcome.old_item();
  const std::optional<ItemView> now = outcome.item();
  if (!old && !now) return;
  if (old && now && old->bytes() == now->bytes()) return;
  if (now) {
    batch_.Put(key.bytes, now->bytes());
  } else {
    batch_.Delete(key.bytes);
  }
  Count(table.state().counters, (now ? 1 : 0) - (old ? 1 : 0),
        int64_t{now ? now->size() : 0} - int64_t{old ? old->size() : 0});
  for (const Index& index : table.indexes()) {
    if (index.deleting) continue;
    DeriveIndex(engine, table, index, old, now, options.index_units ? &outcome : nullptr);
  }
  const TableDescription& description = table.description();
  if (description.ttl_entries.id != 0) DeriveTtlEntry(table, key, old, now, batch_);
  if (description.stream.enabled) {
    changes_.emplace_back(description.stream.id, StreamChange{key.bytes, old, now, options.expiry});
  }
}

void PendingWrite::Commit(Engine& engine, Streams& streams) {
  if (changes_.empty()) {
    if (!batch_.empty()) engine.Write(batch_);
  } else {
    // Tickets are held until the records are in, so that readers meet the numbers in order.
    std::vector<Streams::Ticket> tickets;
    std::stable_sort(changes_.begin(), changes_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<StreamChange> of_one;
    for (size_t i = 0; i < changes_.size(); ++i) {
      of_one.push_back(changes_[i].second);
      if (i + 1 < changes_.size() && changes_[i + 1].first == changes_[i].first) continue;
      tickets.push_back(streams.Append(changes_[i].first, of_one, batch_));
      of_one.clear();
    }
    engine.Write(batch_);
  }
  for (const auto& [counters, items, bytes] : counts_) counters->Add(items, bytes);
}

}  // namespace dynarock
