// The one write path.
#include <algorithm>
#include <utility>

#include "storage/key/key_part.h"
#include "storage/key/keyspace.h"
#include "storage/table/gate_guard.h"
#include "storage/table/pending_write.h"
#include "storage/table/store.h"
#include "storage/table/store_parts.h"

namespace dynarock {

Result<void> Store::Write(std::span<const WriteAction> actions, WriteOptions options,
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

    PendingWrite& pending = PendingWrite::OfThread();
    for (size_t i = 0; i < actions.size(); ++i) {
      const WriteAction& action = actions[i];
      WriteOutcome& outcome = outcomes[i];
      // Inside the gate the version writers must follow stands still, whatever the caller has seen.
      const Table* table = action.table->state().current.get();
      if (table == nullptr || table->description().status == Status::kDeleting) {
        return Fail(NoSuchResource());
      }
      if ((options.conflict && i == 0) || parts_->held.Holds(action.key.bytes)) {
        if (!options.leave_held) return Fail(TransactionConflict());
        outcome.held = true;
        continue;
      }
      outcome.existed = engine_->Get(action.key.bytes, outcome.old);
      DYNAROCK_TRY(Change change, action.decide(outcome.old_item()));
      if (memory_ != nullptr) DYNAROCK_CHECK(CheckMemory(change, outcome));
      outcome.change = change.kind;
      outcome.new_item = std::move(change.item);
      if (change.kind == Change::Kind::kKeep) continue;
      pending.Add(*engine_, *table, action.key, options, outcome);
    }
    pending.Commit(*engine_, streams_);
  }
  if (options.collection_size) {
    for (size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].table->has_local_indexes()) {
        outcomes[i].collection_bytes = CollectionSize(*actions[i].table, actions[i].key);
      }
    }
  }
  return {};
}

Result<void> Store::CheckMemory(const Change& change, const WriteOutcome& before) {
  const size_t old_bytes = before.existed ? before.old.bytes().size() : 0;
  const size_t new_bytes = change.kind == Change::Kind::kPut ? change.item.size() : 0;
  if (change.kind == Change::Kind::kKeep) return {};
  if (new_bytes <= old_bytes) {
    memory_->Freed(old_bytes);
    return {};
  }
  if (memory_->Grow(new_bytes)) return {};
  // What was deleted is asked back first; the writes after that find it.
  parts_->background.Reclaim();
  return Fail(MemoryIsShort());
}

Error Store::MemoryIsShort() const {
  const auto megabytes = [](uint64_t bytes) { return std::to_string(bytes >> 20) + " MB"; };
  Error error =
      OfKind(ErrorKind::kItemCollectionSizeLimit,
             "The memory of the server is used up: " + megabytes(memory_->used()) + " of the " +
                 megabytes(memory_->limit()) + " of --memory-limit, of which " +
                 megabytes(memory_->data_limit()) + " are for data");
  error.hint =
      "this is dynarock's own limit, not the service's: delete items or tables that are no longer "
      "needed, or start the server with a larger --memory-limit; reads and deletes go on";
  return error;
}

Result<std::vector<WriteOutcome>> Store::Write(std::span<const WriteAction> actions,
                                               WriteOptions options) {
  std::vector<WriteOutcome> outcomes(actions.size());
  DYNAROCK_CHECK(Write(actions, options, outcomes));
  return outcomes;
}

Result<WriteOutcome> Store::Write(const WriteAction& action, WriteOptions options) {
  Result<WriteOutcome> outcome;
  if (auto written = Write({&action, 1}, options, {&*outcome, 1}); !written) {
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
