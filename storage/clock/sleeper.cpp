#include "storage/clock/sleeper.h"

#include <algorithm>
#include <utility>

namespace dynarock {

namespace {
// The machine's clock may be put right meanwhile, and a machine that was suspended has lost time.
constexpr std::chrono::milliseconds kLongest = std::chrono::minutes(1);
}  // namespace

Sleeper::Sleeper(const Clock& clock) : clock_(clock) {
  clock_.Enlist(*this);
}

Sleeper::~Sleeper() {
  clock_.Dismiss(*this);
}

Sleeper::Woken Sleeper::SleepUntil(int64_t at_ms) {
  std::unique_lock lock(mutex_);
  const auto woken = [this] { return called_ || set_; };
  // A change of the clock from here on sets set_, which waits for the mutex.
  if (const auto left = clock_.Until(at_ms)) {
    changed_.wait_for(lock, std::min(*left, kLongest), woken);
  } else {
    changed_.wait(lock, woken);
  }
  if (std::exchange(called_, false)) return Woken::kCalled;
  return std::exchange(set_, false) ? Woken::kSet : Woken::kReached;
}

void Sleeper::Wake() {
  const std::lock_guard lock(mutex_);
  called_ = true;
  changed_.notify_all();
}

void Sleeper::ClockWasSet() {
  const std::lock_guard lock(mutex_);
  set_ = true;
  changed_.notify_all();
}

}  // namespace dynarock
