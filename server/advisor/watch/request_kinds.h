// All kinds of requests that were met.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/advisor/watch/request_kind.h"
#include "server/advisor/watch/table_families.h"
#include "server/advisor/watch/text_families.h"
#include "server/protocol/observation.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

// Finds the kind of each access. Thread safe.
class RequestKinds {
 public:
  // `names`: under which name each table is counted; outlives the kinds.
  explicit RequestKinds(TableFamilies& names, size_t most_kinds = 2000);

  RequestKind& Find(const protocol::Observation& observation, const trace::Access& access,
                    int64_t wall_ms);
  // All of them; they live as long as this.
  std::vector<const RequestKind*> All() const;

  std::vector<TextFamily> Families() const;

 private:
  static constexpr size_t kMostPlaces = 256;
  // The hash of the kind that stands for everything once there are too many of all others.
  static constexpr uint64_t kOthers = 1;

  // `place`, `rest`: hashes of the operation with the kind of access, and of all else but the
  // table.
  RequestKind& FindByName(const protocol::Observation& observation, const trace::Access& access,
                          uint64_t place, uint64_t rest, int64_t wall_ms);
  RequestKind& Make(const protocol::Observation& observation, const trace::Access& access,
                    const std::string& table, uint64_t hash, int64_t wall_ms);
  // The kind for what is left, where a request gets none of its own: 0: it gets one.
  uint64_t SharedHash(const RequestTexts& texts) const;
  RequestKind* Known(uint64_t hash) const;
  bool full() const { return kinds_.size() >= most_; }

  TableFamilies& names_;
  const size_t most_;
  const uint64_t number_;  // tells them apart in each thread's memory
  mutable std::mutex mutex_;
  std::deque<RequestKind> kinds_;
  std::unordered_map<uint64_t, RequestKind*> by_hash_;
  TextFamilies families_;
};

}  // namespace dynarock::advisor
