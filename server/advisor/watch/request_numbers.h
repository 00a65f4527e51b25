// Numbers for requests, in the order in which they are answered.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <numeric>

#include "server/trace/lane.h"

namespace dynarock::advisor {

// Thread safe. Threads that answer many requests in a millisecond take a few numbers at once, since
// they would wait for each other at each: then the numbers of two threads are in order but for a
// block, and some are nobody's. As long as one thread alone answers, there are no gaps.
class RequestNumbers {
 public:
  static constexpr uint64_t kBlock = 4;
  static constexpr uint64_t kMany = 8;  // requests of a thread in one millisecond

  // The number of the calling thread's next request, answered at `ms`; the first one is 1.
  uint64_t Next(uint64_t ms) {
    const auto lane = trace::Lane::OfThread(kLanes);
    lane.Add(counts_[lane.number].value, 1);
    Block& block = mine;
    if (block.owner != owner_ || block.ms != ms) Begin(block, ms);
    ++block.answered;
    if (block.next == block.end) {
      const uint64_t take = block.answered > kMany ? kBlock : 1;
      block.next = next_.fetch_add(take, std::memory_order_relaxed) + 1;
      block.end = block.next + take;
    }
    return block.next++;
  }

  // How many have been given.
  uint64_t count() const {
    return std::accumulate(counts_.begin(), counts_.end(), uint64_t{0},
                           [](uint64_t sum, const LaneCount& lane) {
                             return sum + lane.value.load(std::memory_order_relaxed);
                           });
  }

 private:
  // What a thread has taken.
  struct Block {
    uint64_t owner;
    uint64_t ms;
    uint64_t answered;  // in this millisecond
    uint64_t next;
    uint64_t end;
  };
  // A new millisecond. What is left is given back to nobody when others have taken numbers since.
  void Begin(Block& block, uint64_t ms) const {
    const bool ours = block.owner == owner_;
    const bool newest = ours && next_.load(std::memory_order_relaxed) + 1 == block.end;
    block = {owner_, ms, 0, newest ? block.next : 0, newest ? block.end : 0};
  }

  static constexpr size_t kLanes = 8;
  struct alignas(64) LaneCount {
    std::atomic<uint64_t> value{0};
  };
  static inline std::atomic<uint64_t> owners{0};  // tells them apart in each thread's memory
  static inline constinit thread_local Block mine{};

  const uint64_t owner_ = ++owners;
  std::array<LaneCount, kLanes> counts_;
  alignas(64) std::atomic<uint64_t> next_{0};
};

}  // namespace dynarock::advisor
