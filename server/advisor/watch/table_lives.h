// How long tables live that are made and dropped while the advisor watches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "server/trace/trace.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

// Thread safe.
class TableLives {
 public:
  static constexpr uint64_t kShortMs = 2000;

  // Of all tables, those of one family each by itself.
  struct Counts {
    uint64_t made = 0;
    uint64_t short_lived = 0;  // of these: dropped within kShortMs
  };

  // `now_ms`: of a clock that is not set.
  void Look(const trace::TableChange& change, uint64_t now_ms);
  Counts counts() const;

 private:
  static constexpr size_t kMostAlive = 4096;
  mutable std::mutex mutex_;
  std::unordered_map<StorageId, uint64_t> made_ms_;  // of tables that are there
  Counts counts_;
};

}  // namespace dynarock::advisor
