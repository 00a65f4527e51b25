#include "storage/clock/settable_clock.h"

#include "storage/clock/sleeper.h"

namespace dynarock {

namespace {

constexpr int64_t kRuns = 1;

int64_t Running(int64_t now_ms) {
  return (now_ms - Clock::System().now_ms()) * 2 + kRuns;
}
int64_t Still(int64_t now_ms) {
  return now_ms * 2;
}
bool Runs(int64_t state) {
  return (state & kRuns) != 0;
}
int64_t TimeOf(int64_t state) {
  const int64_t number = state >> 1;
  return Runs(state) ? number + Clock::System().now_ms() : number;
}

}  // namespace

SettableClock::SettableClock() : state_(kRuns) {}

SettableClock::SettableClock(int64_t now_ms) : state_(Still(now_ms)) {}

int64_t SettableClock::now_ms() const {
  return TimeOf(state_.load());
}

bool SettableClock::runs() const {
  return Runs(state_.load());
}

template <class Change>
void SettableClock::Update(Change change) {
  const std::lock_guard lock(mutex_);
  state_ = change(state_.load());
  for (Sleeper* sleeper : sleepers_) sleeper->ClockWasSet();
}

void SettableClock::Set(int64_t now_ms) {
  Update([&](int64_t state) { return Runs(state) ? Running(now_ms) : Still(now_ms); });
}

void SettableClock::Advance(int64_t ms) {
  Update([&](int64_t state) { return state + ms * 2; });
}

void SettableClock::Freeze() {
  Update([](int64_t state) { return Still(TimeOf(state)); });
}

void SettableClock::Run() {
  Update([](int64_t state) { return Running(TimeOf(state)); });
}

std::optional<std::chrono::milliseconds> SettableClock::Until(int64_t at_ms) const {
  const int64_t state = state_.load();
  const int64_t left = at_ms - TimeOf(state);
  if (left > 0 && !Runs(state)) return std::nullopt;
  return std::chrono::milliseconds(left);
}

void SettableClock::Enlist(Sleeper& sleeper) const {
  const std::lock_guard lock(mutex_);
  sleepers_.insert(&sleeper);
}

void SettableClock::Dismiss(Sleeper& sleeper) const {
  const std::lock_guard lock(mutex_);
  sleepers_.erase(&sleeper);
}

}  // namespace dynarock
