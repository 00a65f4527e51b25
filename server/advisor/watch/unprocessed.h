// Entries of batches that were handed back, and whether they were sent again.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/advisor/watch/recent.h"
#include "server/advisor/watch/table_families.h"
#include "server/advisor/watch/table_watch.h"
#include "server/protocol/observation.h"

namespace dynarock::advisor {

class Unprocessed {
 public:
  // `names`: under which name each table is counted; outlives this.
  explicit Unprocessed(TableFamilies& names) : names_(names) {}

  // Looks at one request. Here, since there is seldom something to look at.
  void Look(const protocol::Observation& observation, Moment now, int64_t wall_ms) {
    const auto accesses = observation.trace.accesses();
    if (waiting_count_.load(std::memory_order_relaxed) != 0 ||
        std::any_of(accesses.begin(), accesses.end(),
                    [](const auto& access) { return access.unprocessed; })) {
      LookClosely(observation, now, wall_ms);
    }
  }

  struct Row {
    std::string operation;
    std::string table;
    uint64_t handed_back = 0;
    uint64_t sent_again = 0;
    uint64_t waiting = 0;  // handed back moments ago: it is too early to tell
    Sighting seen;
  };
  std::vector<Row> rows(Moment now) const;

 private:
  static constexpr size_t kMostWaiting = 10000;
  static constexpr size_t kMostRows = 100;
  struct Entry {
    std::string row;
    uint64_t ms = 0;
    uint64_t content = 0;  // a hash of what was to be written
  };
  void LookClosely(const protocol::Observation& observation, Moment now, int64_t wall_ms);
  // `resends`: the request sends again what was handed back.
  void LookAtEntry(const protocol::Observation& observation, const trace::Access& access,
                   bool resends, Moment now, int64_t wall_ms);

  TableFamilies& names_;
  std::atomic<size_t> waiting_count_{0};
  mutable std::mutex mutex_;
  std::unordered_map<uint64_t, Entry> waiting_;
  std::map<std::string, Row> rows_;
};

}  // namespace dynarock::advisor
