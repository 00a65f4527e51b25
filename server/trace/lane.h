// Counters that many threads add to, without waiting for each other: each thread has a lane of its
// own, as long as there are enough, and alone in it adds without a locked instruction.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace dynarock::trace {

struct Lane {
  size_t number = 0;
  bool shared = false;  // with other threads

  // The calling thread's of `lanes` (an even number), always the same. The first threads get half
  // of the lanes to themselves, all others share the rest.
  static Lane OfThread(size_t lanes) {
    if (mine == 0) mine = next.fetch_add(1, std::memory_order_relaxed) + 1;
    const size_t half = lanes / 2;
    return mine <= half ? Lane{mine - 1, false} : Lane{half + mine % half, true};
  }

  // Adds to a counter that only the lane's threads write.
  void Add(std::atomic<uint64_t>& counter, uint64_t more) const {
    if (shared) {
      counter.fetch_add(more, std::memory_order_relaxed);
    } else {
      counter.store(counter.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }
  }

 private:
  static inline std::atomic<size_t> next{0};
  static inline constinit thread_local size_t mine = 0;  // counted from 1; 0: none yet
};

}  // namespace dynarock::trace
