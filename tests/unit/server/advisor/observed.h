// Observations made by hand.
#pragma once

#include <chrono>

#include "server/protocol/observation.h"
#include "storage/clock/clock.h"

namespace dynarock::test {

// A request that succeeded just now. All it names outlives it.
inline protocol::Observation Observed(const protocol::Operation& operation, const JsonValue& input,
                                      const trace::Trace& trace) {
  static const protocol::Caller caller;
  return {.operation = operation,
          .caller = caller,
          .input = input,
          .sent = input,
          .request_id = "id",
          .user_agent = "agent",
          .reply_body = {},
          .now_ms = Clock::System().now_ms(),
          .spent = {},
          .finished = std::chrono::steady_clock::now(),
          .trace = trace};
}

}  // namespace dynarock::test
