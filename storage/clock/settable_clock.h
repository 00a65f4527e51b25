// A clock that can be set, for tests and for whoever wants to see what time does.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <set>

#include "storage/clock/clock.h"

namespace dynarock {

// It runs or stands still. Every change wakes whoever sleeps by it (Sleeper), who has noticed it
// when a few milliseconds have passed. Thread safe.
class SettableClock final : public Clock {
 public:
  // Shows the machine's time and runs.
  SettableClock();
  // Shows `now_ms` and stands still.
  explicit SettableClock(int64_t now_ms);

  int64_t now_ms() const override;

  // Shows another time, which may lie in the past, from now on. Whether the clock runs stays as it
  // is.
  void Set(int64_t now_ms);
  // Goes forward by `ms`, or back where that is negative.
  void Advance(int64_t ms);
  // Stands still at the time that it shows.
  void Freeze();
  // Runs on from the time that it shows.
  void Run();
  bool runs() const;

 private:
  // Makes `change` of the time that is shown the new state, and tells those who sleep.
  template <class Change>
  void Update(Change change);
  std::optional<std::chrono::milliseconds> Until(int64_t at_ms) const override;
  void Enlist(Sleeper& sleeper) const override;
  void Dismiss(Sleeper& sleeper) const override;

  // One number, so that a reader never sees half of a change: the lowest bit says whether the clock
  // runs; the others are what it is ahead of the machine's clock, or the time at which it stands.
  std::atomic<int64_t> state_;
  mutable std::mutex mutex_;  // of changes and of those who sleep
  mutable std::set<Sleeper*> sleepers_;
};

}  // namespace dynarock
