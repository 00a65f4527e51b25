// How a thread waits for a time of the clock.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "storage/clock/clock.h"

namespace dynarock {

// One thread sleeps; any thread may wake it. The clock outlives it.
class Sleeper {
 public:
  enum class Woken : uint8_t {
    kReached,  // the time has come
    kSet,      // the clock was set, to whatever time, or began to run or to stand still
    kCalled,   // somebody called Wake
  };

  explicit Sleeper(const Clock& clock);
  ~Sleeper();
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;

  // Sleeps until the clock shows `at_ms`, is set, or Wake is called; returns at once for what
  // happened of these since it returned last. May end a minute or more early, so ask the clock.
  Woken SleepUntil(int64_t at_ms);
  void Wake();

 private:
  friend class SettableClock;
  void ClockWasSet();

  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool called_ = false;
  bool set_ = false;
};

}  // namespace dynarock
