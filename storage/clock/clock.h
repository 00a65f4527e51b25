// The one source of the time of day. Whatever the API shows or decides by time (TTL, ages in a
// stream, idempotency windows, table states, signatures, reports) asks it, so that all of it follows
// when a test sets the clock. Durations are measured with std::chrono::steady_clock; only log lines
// and TLS certificates read the machine's time themselves.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace dynarock {

class Sleeper;

// Thread safe.
class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since 1970.
  virtual int64_t now_ms() const = 0;
  // Seconds since 1970, for where seconds do: cheaper, and up to some milliseconds late.
  virtual int64_t now_s() const { return now_ms() / 1000; }

  // The machine's clock.
  static const Clock& System();

 private:
  friend class Sleeper;
  // How long it really takes until the clock shows `at_ms`: at most 0 when it does already, none
  // when it never will because the clock stands still.
  virtual std::optional<std::chrono::milliseconds> Until(int64_t at_ms) const {
    return std::chrono::milliseconds(at_ms - now_ms());
  }
  // Who has to be told that the clock was set. A clock that nobody can set tells nobody.
  virtual void Enlist(Sleeper&) const {}
  virtual void Dismiss(Sleeper&) const {}
};

}  // namespace dynarock
