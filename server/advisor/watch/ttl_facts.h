// The TTL attribute's values in items that were written while TTL was on.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>

#include "server/advisor/watch/sighting.h"
#include "storage/item/encoded.h"

namespace dynarock::advisor {

// What TTL makes of a value.
enum class TtlValue : uint8_t {
  kGood,          // seconds, or beyond every mistake: "never" as a date far ahead
  kText,          // no number
  kMilliseconds,  // about now, in a finer unit: ahead by thousands of years as seconds
  kMicroseconds,
  kNanoseconds,
  kDuration,  // less than ten years as seconds since 1970: a lifetime, not a time
  kLongPast,  // more than five years ago: TTL leaves it alone
  kNever,     // 0, less, or NULL: the same, but meant as "never"
};
TtlValue TtlValueOf(ValueView value, int64_t now_seconds);

struct TtlFacts {
  uint64_t good = 0;
  uint64_t missing = 0;
  std::array<Sighting, 8> wrong;  // by TtlValue
  Sighting& operator[](TtlValue value) { return wrong[static_cast<size_t>(value)]; }
  const Sighting& operator[](TtlValue value) const { return wrong[static_cast<size_t>(value)]; }
  uint64_t all_wrong() const {
    uint64_t sum = 0;
    for (const Sighting& seen : wrong) sum += seen.count;
    return sum;
  }

  // Items that differ only in the TTL attribute are of one kind.
  struct Kind {
    uint64_t with = 0;
    Met without;
  };
  static constexpr size_t kMostKinds = 64;
  std::unordered_map<uint64_t, Kind> kinds;
  uint64_t changed_later = 0;  // updates that gave an item the attribute, or took it away
  Sighting left_out;           // an item without the attribute
};

}  // namespace dynarock::advisor
