// Requests that failed: values that look like `undefined`, items too large, index keys of the wrong
// type, and the same request sent again and again.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/advisor/watch/recent.h"
#include "server/advisor/watch/stored.h"
#include "server/advisor/watch/table_families.h"
#include "server/advisor/watch/table_watch.h"
#include "server/advisor/watch/undefined_input.h"
#include "server/protocol/observation.h"

namespace dynarock::advisor {

class ErrorWatch {
 public:
  // `names`: under which name each table is counted; outlives the watch.
  explicit ErrorWatch(const TableFamilies& names) : names_(names) {}

  // `stored`: see UndefinedInputs.
  void Look(const protocol::Observation& observation, const Stored* stored, Moment now,
            int64_t wall_ms);

  // A value that was left out or empty, and where.
  struct Undefined {
    std::string operation;
    std::string table;
    std::string what;       // as UndefinedInput::what
    std::string attribute;  // the same
    std::string message;
    Cause cause = Cause::kNone;  // of the whole request's error
    Sighting seen;
  };
  std::vector<Undefined> undefined() const;

  // Items that were refused for their size.
  struct TooLarge {
    std::string operation;
    std::string table;
    uint64_t largest = 0;  // bytes of the request's body
    Sighting seen;         // the example is the largest
  };
  std::vector<TooLarge> too_large() const;

  // Writes that were refused for the value of an index key.
  struct RefusedKey {
    std::string table;             // "" when the request names several, or in a statement
    std::string index;             // "" where the message does not say
    std::string attribute;         // the same
    std::string operation;         // of the first
    std::set<std::string> values;  // what was wrong: "N instead of S", "an empty value"
    std::string message;
    Sighting seen;
  };
  std::vector<RefusedKey> refused_keys() const;

  // The same request, failing several times with hardly a pause.
  struct Repeat {
    std::string operation;
    std::string table;
    std::string error;
    uint64_t attempts = 0;  // in a row, the longest
    uint64_t longest_gap_ms = 0;
    // The condition of all keeps a count in bounds (KeepsCountInBounds) or LooksLikeLock.
    bool by_design = false;
    Sighting seen;
  };
  std::vector<Repeat> repeats() const;

 private:
  static constexpr size_t kMostUndefined = 200;
  static constexpr size_t kMostTooLarge = 200;
  static constexpr size_t kMostRefusedKeys = 200;
  static constexpr size_t kMostRows = 256;
  static constexpr size_t kMostRepeats = 100;
  // Pauses longer than this are a backoff.
  static constexpr uint64_t kTightMs = 25;
  struct Row {
    uint64_t attempts = 0;
    uint64_t last_ms = 0;
    uint64_t longest_gap_ms = 0;
    std::chrono::steady_clock::time_point answered;
    uint64_t request = 0;   // the last attempt's number
    uint64_t failures = 0;  // of all requests, up to the last attempt
  };

  // Whether more requests succeeded than failed since the last attempt: then the client does other
  // things in between. Where several clients retry, most requests fail.
  bool OthersSucceeded(const Row& row, Moment now) const;

  void AddUndefined(const protocol::Observation& observation, const UndefinedInput& found,
                    int64_t wall_ms);
  void LookAtSize(const protocol::Observation& observation, int64_t wall_ms);
  // `failure`: the Error of the request, or the CancellationReason of its i-th action.
  template <class Failure>
  void LookAtIndexKey(const protocol::Observation& observation, const Failure& failure,
                      size_t action, int64_t wall_ms);
  void LookAtRepeat(const protocol::Observation& observation, Moment now, int64_t wall_ms);

  const TableFamilies& names_;
  mutable std::mutex mutex_;
  uint64_t failures_ = 0;
  std::map<std::string, Undefined> undefined_;
  std::map<std::string, TooLarge> too_large_;
  std::map<std::string, RefusedKey> refused_keys_;
  std::unordered_map<uint64_t, Row> rows_;
  std::map<std::string, Repeat> repeats_;
};

}  // namespace dynarock::advisor
