#include "storage/catalog/gate.h"

namespace dynarock {

void Gate::AwaitOpen() {
  for (uint32_t seen = state_.load(); (seen & kClosed) != 0; seen = state_.load()) {
    state_.wait(seen);
  }
}

void Gate::Close() {
  state_.fetch_or(kClosed, std::memory_order_relaxed);
  for (uint32_t seen = state_.load(std::memory_order_acquire); seen != kClosed;
       seen = state_.load(std::memory_order_acquire)) {
    state_.wait(seen);
  }
}

void Gate::Open() {
  state_.fetch_and(~kClosed, std::memory_order_release);
  state_.notify_all();
}

}  // namespace dynarock
