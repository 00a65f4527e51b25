// Runs of GetItems of one kind: by one client, one right after the other with no other request in
// between, nearly each for another item. Where their keys come from is not known.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "server/advisor/watch/seen.h"

namespace dynarock::advisor {

// Read and written without a locked instruction: threads that meet here lose a step of a run, which
// ends it at worst.
class alignas(64) GetLoop {
 public:
  // What was seen: runs of ten requests or more of which at most one in eight was for an item that
  // the run had read before.
  struct Sum {
    uint64_t runs = 0;
    uint64_t gets = 0;
    uint64_t repeats = 0;  // of these: for an item that the run had read before, about
    uint64_t longest = 0;
  };

  // Whether a GetItem is to be looked at: the one with this number, among those of its kind and
  // lane. Threads wait for each other where they count the steps of a run, so after some thousand
  // only every eighth round of 256 requests is watched.
  static bool Watches(uint64_t number, Moment now) {
    constexpr uint64_t kAllOfFirst = 4095;
    constexpr uint64_t kRounds = 0x700;
    return number < kAllOfFirst || (now.request & kRounds) == 0;
  }

  // Before the first Step; takes about a kilobyte.
  void Prepare() { seen_ = std::make_unique<std::array<std::atomic<uint32_t>, kSeen>>(); }

  // `agent`: a hash of the client's user agent.
  void Step(uint64_t key_hash, Moment now, uint64_t agent) {
    constexpr uint64_t kPauseMs = 20;
    const uint64_t before = Swap(request_, now.request);
    const uint64_t before_ms = Swap(ms_, now.ms);
    const uint64_t client = Swap(agent_, agent);
    if (before + 1 != now.request || client != agent || now.ms > before_ms + kPauseMs) {
      End();
      length_.store(0, kRelaxed);
      repeats_.store(0, kRelaxed);
      run_.store(run_.load(kRelaxed) + 1, kRelaxed);
    }
    length_.store(length_.load(kRelaxed) + 1, kRelaxed);
    // Items of this run, the last one of each slot. Nearly all of a few hundred are found again.
    std::atomic<uint32_t>& slot = (*seen_)[(key_hash * 0x9E3779B97F4A7C15u) >> kShift];
    const uint32_t mark = static_cast<uint32_t>(key_hash) ^ run_.load(kRelaxed) * 0x85EBCA6Bu;
    if (slot.load(kRelaxed) == mark) {
      repeats_.store(repeats_.load(kRelaxed) + 1, kRelaxed);
    } else {
      slot.store(mark, kRelaxed);
    }
  }

  Sum sum() const {
    Sum sum{runs_.load(kRelaxed), gets_.load(kRelaxed), all_repeats_.load(kRelaxed),
            longest_.load(kRelaxed)};
    if (IsRun()) {
      ++sum.runs;
      sum.gets += length_.load(kRelaxed);
      sum.repeats += repeats_.load(kRelaxed);
      sum.longest = std::max(sum.longest, length_.load(kRelaxed));
    }
    return sum;
  }

 private:
  static constexpr auto kRelaxed = std::memory_order_relaxed;
  static constexpr size_t kSeen = 256;
  static constexpr int kShift = 56;

  // What stood there before. Not one step for other threads, and much cheaper than one.
  static uint64_t Swap(std::atomic<uint64_t>& place, uint64_t now) {
    const uint64_t before = place.load(kRelaxed);
    place.store(now, kRelaxed);
    return before;
  }
  bool IsRun() const {
    constexpr uint64_t kFrom = 10;
    const uint64_t length = length_.load(kRelaxed);
    return length >= kFrom && repeats_.load(kRelaxed) * 8 <= length;
  }
  void End() {
    if (!IsRun()) return;
    const uint64_t length = length_.load(kRelaxed);
    runs_.store(runs_.load(kRelaxed) + 1, kRelaxed);
    gets_.store(gets_.load(kRelaxed) + length, kRelaxed);
    all_repeats_.store(all_repeats_.load(kRelaxed) + repeats_.load(kRelaxed), kRelaxed);
    if (length > longest_.load(kRelaxed)) longest_.store(length, kRelaxed);
  }

  std::atomic<uint64_t> request_{0};
  std::atomic<uint64_t> ms_{0};
  std::atomic<uint64_t> agent_{0};
  std::atomic<uint64_t> length_{0};
  std::atomic<uint64_t> repeats_{0};
  std::atomic<uint32_t> run_{0};  // to here: what each step writes, one cache line
  std::atomic<uint64_t> runs_{0};
  std::atomic<uint64_t> gets_{0};
  std::atomic<uint64_t> all_repeats_{0};
  std::atomic<uint64_t> longest_{0};
  std::unique_ptr<std::array<std::atomic<uint32_t>, kSeen>> seen_;
};

}  // namespace dynarock::advisor
