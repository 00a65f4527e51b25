// The one source of time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace dynarock {

class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since 1970.
  virtual int64_t now_ms() const = 0;

  // The machine's clock.
  static const Clock& System();
};

// A clock that stands still until it is told otherwise.
class ManualClock : public Clock {
 public:
  explicit ManualClock(int64_t now_ms) : now_ms_(now_ms) {}
  int64_t now_ms() const override { return now_ms_.load(); }
  void Set(int64_t now_ms) { now_ms_.store(now_ms); }
  void Advance(int64_t ms) { now_ms_.fetch_add(ms); }

 private:
  std::atomic<int64_t> now_ms_;
};

}  // namespace dynarock
