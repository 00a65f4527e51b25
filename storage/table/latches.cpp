#include "storage/table/latches.h"

#include <algorithm>
#include <functional>

namespace dynarock {

uint32_t Latches::StripeOf(std::string_view row_key) {
  return static_cast<uint32_t>(std::hash<std::string_view>()(row_key)) % kStripes;
}

void Latches::Lock(uint32_t stripe) {
  std::atomic<int>& state = (*states_)[stripe];
  int expected = kFree;
  if (state.compare_exchange_strong(expected, kHeld, std::memory_order_acquire)) return;
  // Whoever had to wait marks the latch, so that its holder knows to wake somebody.
  while (state.exchange(kContended, std::memory_order_acquire) != kFree) state.wait(kContended);
}

void Latches::Unlock(uint32_t stripe) {
  std::atomic<int>& state = (*states_)[stripe];
  if (state.exchange(kFree, std::memory_order_release) == kContended) state.notify_one();
}

LatchGuard::~LatchGuard() {
  if (has_one_) latches_.Unlock(one_);
  for (const uint32_t stripe : many_) latches_.Unlock(stripe);
}

void LatchGuard::LockOne(std::string_view row_key) {
  one_ = Latches::StripeOf(row_key);
  latches_.Lock(one_);
  has_one_ = true;
}

void LatchGuard::Lock(std::vector<uint32_t> stripes) {
  std::sort(stripes.begin(), stripes.end());
  stripes.erase(std::unique(stripes.begin(), stripes.end()), stripes.end());
  many_ = std::move(stripes);
  for (const uint32_t stripe : many_) latches_.Lock(stripe);
}

}  // namespace dynarock
