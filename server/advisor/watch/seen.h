// A request as the detectors see it: what was observed, when, and from whom.
#pragma once

#include <cstdint>

#include "server/protocol/observation.h"

namespace dynarock::advisor {

// When a request was seen: milliseconds since the advisor began, and its number.
struct Moment {
  uint64_t ms = 0;
  uint64_t request = 0;
};

// Who sent a request, as far as can be told.
struct Sender {
  uint64_t agent = 0;       // a hash of the client's user agent
  uint64_t connection = 0;  // as Observation::connection
  uint64_t number = 0;      // of the request, among those of its connection
};
Sender SenderOf(const protocol::Observation& observation);

struct SeenRequest {
  const protocol::Observation& observation;
  Moment now;
  Sender sender;
  int64_t wall_ms = 0;
};

}  // namespace dynarock::advisor
