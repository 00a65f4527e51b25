// What one request did, told to whoever watches: metrics, the request log, the advisor.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string_view>

#include "server/protocol/operation.h"
#include "server/trace/trace.h"
#include "storage/item/error.h"
#include "storage/item/json.h"

namespace dynarock::protocol {

// One request that reached an operation. Everything borrows from the request and lives only as long
// as the call of Observe.
struct Observation {
  const Operation& operation;
  const Caller& caller;
  // What the operation's shape has checked and knows (CheckTypes). Null, so that nothing is found
  // in it, where the request did not pass.
  const JsonValue& input;
  // The body even so, for whoever shows or counts it: the same as `input` where the request passed.
  // Where it did not, nothing in it need have the type that the API says.
  const JsonValue& sent;
  std::string_view request_id;
  std::string_view user_agent;     // empty: none
  const Error* error = nullptr;    // null: success
  unsigned status = 200;           // of HTTP
  size_t request_bytes = 0;        // the body, decoded
  std::string_view reply_body;     // before compression
  int64_t now_ms = 0;              // when it began, by the server's clock (storage/clock)
  std::chrono::nanoseconds spent;  // from the parsed body to the written answer, without delays
  std::chrono::steady_clock::time_point finished;
  uint64_t connection = 0;  // tells those that are open apart
  uint64_t number = 0;      // of the request, among those of its connection
  const Trace& trace;  // what was done, as far as the request came; empty where nobody wants it
};

// Watches requests. Called from several threads at once, on the request's way; must be quick.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void Observe(const Observation& observation) = 0;
  // Whether it wants Observation::trace, which costs a little. Never changes.
  virtual bool WantsTrace() const { return false; }
  // Who sees for it what is gone once a request is observed; null: nobody. Never changes, and
  // outlives the dispatcher. It is shown nothing while the observer is paused.
  virtual trace::Witness* witness() { return nullptr; }

  // A paused one is told nothing.
  bool paused() const { return paused_.load(std::memory_order_relaxed); }

 protected:
  void SetPaused(bool paused) { paused_.store(paused, std::memory_order_relaxed); }

 private:
  std::atomic<bool> paused_{false};
};

}  // namespace dynarock::protocol
