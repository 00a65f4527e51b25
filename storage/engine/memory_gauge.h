// How much memory the process uses, against a limit.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace dynarock {

// Resident memory is looked at now and then; what is asked for in between is added to it. Data may
// grow up to three quarters of the limit: the rest is for what it takes to read, to delete and to
// give memory back (the engine holds the input and the output of a compaction at once), and for
// requests in flight. Thread safe.
class MemoryGauge {
 public:
  // The least limit that leaves room for data.
  static constexpr uint64_t kLeast = 64u << 20;

  // `limit` in bytes.
  explicit MemoryGauge(uint64_t limit);
  ~MemoryGauge();
  MemoryGauge(const MemoryGauge&) = delete;
  MemoryGauge& operator=(const MemoryGauge&) = delete;

  uint64_t limit() const { return limit_; }
  // The most that data may bring it to.
  uint64_t data_limit() const { return limit_ - limit_ / 4; }

  // Data is about to grow by so many bytes, index entries and records not counted. False: it may
  // not; counted in refusals.
  bool Grow(size_t bytes);
  // Data of so many bytes was deleted. Its memory comes back when it is asked back.
  void Freed(size_t bytes) { freed_.fetch_add(bytes, std::memory_order_relaxed); }
  // Whether enough was deleted since this was last true: 1/64 of the limit, or anything two seconds
  // later.
  bool WorthReclaiming();

  // While memory is given back, which takes some first, data may use an eighth of the limit less.
  void SetReclaiming(bool reclaiming) { reclaiming_.store(reclaiming, std::memory_order_relaxed); }

  // A request holds so many bytes more, or, negative, fewer: bodies and answers. False: there is no
  // room, and nothing is noted.
  bool Hold(int64_t bytes);

  // Resident memory now and what was noted since it was last looked at.
  uint64_t used() const;
  uint64_t refusals() const { return refusals_.load(std::memory_order_relaxed); }

  // Resident memory of this process in bytes; 0 when the system does not tell.
  static uint64_t Resident();

 private:
  uint64_t Used(size_t more);
  void Look();

  const uint64_t limit_;
  const uint64_t step_;  // bytes between two looks
  int file_;             // /proc/self/statm; -1: there is none, and nothing is refused
  std::atomic<uint64_t> resident_{0};
  std::atomic<uint64_t> noted_{0};  // since the last look
  std::atomic<int64_t> look_at_ms_{0};
  std::atomic<int64_t> held_{0};
  std::atomic<uint64_t> freed_{0};
  std::atomic<int64_t> reclaim_at_ms_{0};
  std::atomic<uint64_t> refusals_{0};
  std::atomic<bool> reclaiming_{false};
  std::mutex looking_;
};

}  // namespace dynarock
