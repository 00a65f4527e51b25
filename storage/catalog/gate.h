// Lets writers of one table through until a schema change closes it.
#pragma once

#include <atomic>
#include <cstdint>

namespace dynarock {

// Any number of writers inside; Close keeps new ones out and returns when those inside have left.
// Closers must be serialised by their caller. A writer that enters several gates may wait inside
// one for another, which is safe because only one gate of a catalog is closed at a time.
class Gate {
 public:
  void Enter() {
    while ((state_.fetch_add(1, std::memory_order_acquire) & kClosed) != 0) {
      Leave();
      AwaitOpen();
    }
  }
  void Leave() {
    if ((state_.fetch_sub(1, std::memory_order_release) & kClosed) != 0) state_.notify_all();
  }
  void Close();
  void Open();

 private:
  static constexpr uint32_t kClosed = 1u << 31;
  void AwaitOpen();
  std::atomic<uint32_t> state_{0};
};

}  // namespace dynarock
