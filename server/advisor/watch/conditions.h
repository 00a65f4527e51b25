// Writes that their condition refused.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "server/advisor/watch/counts.h"
#include "server/advisor/watch/seen.h"
#include "server/trace/trace.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

struct RequestKind;

// How often it happened in each of the first few tables: those of one family are told apart.
class InTables {
 public:
  InTables() = default;
  InTables(const InTables& other) {
    for (size_t i = 0; i < kMost; ++i) {
      tables_[i].store(other.tables_[i].load(std::memory_order_relaxed), std::memory_order_relaxed);
      counts_[i].store(other.counts_[i].load(std::memory_order_relaxed), std::memory_order_relaxed);
    }
  }
  InTables& operator=(const InTables&) = delete;

  void Add(StorageId table) {
    for (size_t i = 0; i < kMost; ++i) {
      StorageId known = tables_[i].load(std::memory_order_relaxed);
      const bool taken =
          known == 0 && tables_[i].compare_exchange_strong(known, table, std::memory_order_relaxed);
      if (!taken && known != table) continue;
      counts_[i].fetch_add(1, std::memory_order_relaxed);
      return;
    }
  }
  // In the table in which it happened most often; 0: in none.
  uint64_t most() const {
    uint64_t most = 0;
    for (const auto& count : counts_) most = std::max(most, count.load(std::memory_order_relaxed));
    return most;
  }

 private:
  static constexpr size_t kMost = 8;
  std::array<std::atomic<StorageId>, kMost> tables_{};
  std::array<std::atomic<uint64_t>, kMost> counts_{};
};

struct ConditionCounts {
  Count condition_failed;
  InTables failed_in;
  FewKeys failed_keys;  // the items whose condition failed
  Offender failed;      // a request with a condition that failed
};

// Looks at a write of a request that failed, for whatever reason. Thread safe.
void LookAtCondition(RequestKind& kind, const SeenRequest& seen, const trace::Access& access);

}  // namespace dynarock::advisor
