// What one call of the write path is about to commit: rows, index entries, stream records, TTL
// entries and the counts they change.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/catalog/table.h"
#include "storage/engine/engine.h"
#include "storage/stream/stream.h"
#include "storage/table/write.h"

namespace dynarock {

class PendingWrite {
 public:
  // Kept per thread, so that a write reuses the memory of the one before. Empty.
  static PendingWrite& OfThread();

  Batch& batch() { return batch_; }

  // Adds all that follows from one item's change. `key` and the outcome's items must stay until
  // Commit; the item's latch is held until then.
  void Add(const Engine& engine, const Table& table, const RowKey& key, WriteOptions options,
           WriteOutcome& outcome);
  void Commit(Engine& engine, Streams& streams);

 private:
  struct Delta {
    Counters* counters;
    int64_t items;
    int64_t bytes;
  };
  void Reset();
  void Count(Counters& counters, int64_t items, int64_t bytes) {
    counts_.push_back({&counters, items, bytes});
  }
  // Derives what one index has to change when its item changes from `old` to `now`.
  void DeriveIndex(const Engine& engine, const Table& table, const Index& index,
                   const std::optional<ItemView>& old, const std::optional<ItemView>& now,
                   WriteOutcome* units);

  Batch batch_;
  std::vector<Delta> counts_;
  std::vector<std::pair<StorageId, StreamChange>> changes_;
  // For projected entries.
  std::string old_entry_;
  std::string new_entry_;
};

}  // namespace dynarock
