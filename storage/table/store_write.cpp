// The one write path.
#include <algorithm>
#include <utility>

#include "storage/key/key_part.h"
#include "storage/key/keyspace.h"
#include "storage/table/gate_guard.h"
#include "storage/table/store.h"
#include "storage/table/store_parts.h"

namespace dynarock {

namespace {

int64_t WriteUnits(uint64_t bytes) {
  return static_cast<int64_t>((bytes + 1023) / 1024);
}

// The engine batch of one call and the counts it will change. Kept per thread, so that a write
// reuses the memory of the one before. Stream records and TTL entries of a write join the same
// batch.
class Pending {
 public:
  static Pending& OfThread() {
    static thread_local Pending pending;
    pending.Reset();
    return pending;
  }
  Batch& batch() { return batch_; }
  void Count(Counters& counters, int64_t items, int64_t bytes) {
    counts_.push_back({&counters, items, bytes});
  }
  void Commit(Engine& engine) {
    if (!batch_.empty()) engine.Write(batch_);
    for (const auto& [counters, items, bytes] : counts_) counters->Add(items, bytes);
  }
  // For projected entries.
  std::string old_entry;
  std::string new_entry;

 private:
  struct Delta {
    Counters* counters;
    int64_t items;
    int64_t bytes;
  };
  void Reset() {
    constexpr size_t kKeep = 1u << 20;
    if (batch_.size() > kKeep) batch_ = Batch();
    if (old_entry.capacity() > kKeep) old_entry = {};
    if (new_entry.capacity() > kKeep) new_entry = {};
    batch_.Clear();
    counts_.clear();
  }
  Batch batch_;
  std::vector<Delta> counts_;
};

// Derives what one index has to change when its item changes from `old` to `now`.
void DeriveIndex(const Engine& engine, const Table& table, const Index& index,
                 const std::optional<ItemView>& old, const std::optional<ItemView>& now,
                 Pending& pending, WriteOutcome* units) {
  const bool was_in = old && HasIndexKey(index, *old);
  const bool is_in = now && HasIndexKey(index, *now);
  if (!was_in && !is_in) return;
  const bool same_key = was_in && is_in && SameIndexKey(index, *old, *now);
  std::optional<std::string> old_key;
  std::optional<std::string> new_key;
  std::string_view old_entry;
  std::string_view new_entry;
  if (was_in) old_entry = EntryItem(index, *old, pending.old_entry);
  if (is_in) new_entry = EntryItem(index, *now, pending.new_entry);
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
    if (!same_key) pending.batch().Delete(*old_key);
  }
  if (is_in) {
    pending.batch().Put(*new_key, new_entry);
    ++items;
    bytes += static_cast<int64_t>(new_size);
  }
  pending.Count(*index.counters, items, bytes);
  if (units != nullptr) {
    const int64_t old_units = WriteUnits(old_size);
    const int64_t new_units = WriteUnits(new_size);
    units->index_units.push_back(
        {index.name, index.local,
         same_key ? std::max(old_units, new_units) : old_units + new_units});
  }
}

}  // namespace

Result<void> Store::Write(std::span<const WriteAction> actions, WriteWants wants,
                          std::span<WriteOutcome> outcomes) {
  {
    GateGuard gates;
    for (const WriteAction& action : actions) gates.Enter(action.table->state());
    LatchGuard latches(parts_->latches);
    if (actions.size() == 1) {
      latches.LockOne(actions[0].key.bytes);
    } else {
      std::vector<std::string_view> keys;
      std::vector<uint32_t> stripes;
      for (const WriteAction& action : actions) {
        keys.push_back(action.key.bytes);
        stripes.push_back(Latches::StripeOf(action.key.bytes));
      }
      std::sort(keys.begin(), keys.end());
      if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) {
        return Fail(Internal("one write names an item twice"));
      }
      latches.Lock(std::move(stripes));
    }

    Pending& pending = Pending::OfThread();
    for (size_t i = 0; i < actions.size(); ++i) {
      const WriteAction& action = actions[i];
      WriteOutcome& outcome = outcomes[i];
      // Inside the gate the version writers must follow stands still, whatever the caller has seen.
      const Table* table = action.table->state().current.get();
      if (table == nullptr || table->description().status == Status::kDeleting) {
        return Fail(ResourceNotFound("Requested resource not found"));
      }
      outcome.existed = engine_->Get(action.key.bytes, outcome.old);
      DYNAROCK_TRY(Change change, action.decide(outcome.old_item()));
      outcome.change = change.kind;
      outcome.new_item = std::move(change.item);
      if (change.kind == Change::Kind::kKeep) continue;
      const std::optional<ItemView> old = outcome.old_item();
      const std::optional<ItemView> now = outcome.item();
      if (!old && !now) continue;
      if (old && now && old->bytes() == now->bytes()) continue;

      if (now) {
        pending.batch().Put(action.key.bytes, now->bytes());
      } else {
        pending.batch().Delete(action.key.bytes);
      }
      pending.Count(table->state().counters, (now ? 1 : 0) - (old ? 1 : 0),
                    int64_t{now ? now->size() : 0} - int64_t{old ? old->size() : 0});
      for (const Index& index : table->indexes()) {
        if (index.deleting) continue;
        DeriveIndex(*engine_, *table, index, old, now, pending,
                    wants.index_units ? &outcome : nullptr);
      }
    }
    pending.Commit(*engine_);
  }
  if (wants.collection_size) {
    for (size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].table->has_local_indexes()) {
        outcomes[i].collection_bytes = CollectionSize(*actions[i].table, actions[i].key);
      }
    }
  }
  return {};
}

Result<std::vector<WriteOutcome>> Store::Write(std::span<const WriteAction> actions,
                                               WriteWants wants) {
  std::vector<WriteOutcome> outcomes(actions.size());
  DYNAROCK_CHECK(Write(actions, wants, outcomes));
  return outcomes;
}

Result<WriteOutcome> Store::Write(const WriteAction& action, WriteWants wants) {
  Result<WriteOutcome> outcome;
  if (auto written = Write({&action, 1}, wants, {&*outcome, 1}); !written) {
    return Fail(std::move(written).error());
  }
  return outcome;
}

uint64_t Store::CollectionSize(const Table& table, const RowKey& key) const {
  // Rows and local index entries of one partition key differ in the index id only.
  const std::string_view rest = std::string_view(key.bytes).substr(kIndexPrefixSize);
  const size_t hash_size = 8;
  const std::string_view partition =
      rest.substr(0, hash_size + KeyPartLength(table.key().hash[0].type, rest.substr(hash_size)));
  uint64_t total = 0;
  const auto add = [&](IndexId id) {
    std::string prefix = IndexPrefix(table.storage_id(), id);
    prefix += partition;
    const auto iterator = engine_->NewIterator(prefix, PrefixSuccessor(prefix));
    for (iterator->SeekToFirst(); iterator->valid(); iterator->Next()) {
      total += ItemView(iterator->value()).size();
    }
  };
  add(kTableRows);
  for (const Index& index : table.indexes()) {
    if (index.local) add(index.id);
  }
  return total;
}

}  // namespace dynarock
