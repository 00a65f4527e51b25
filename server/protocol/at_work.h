// What each thread is doing at this moment, in memory that a signal handler may read.
#pragma once

#include <atomic>
#include <cstddef>
#include <span>
#include <string_view>

namespace dynarock::protocol {

// While one lives, its thread is at work on `what`. The one inside hides the one around it. Costs
// two stores to memory that no other thread writes.
class AtWork {
 public:
  // `what` must live as long as the program, and so must what it views: an operation's name, an
  // endpoint's path.
  explicit AtWork(const std::string_view& what)
      : place_(PlaceOfThread()), before_(place_.load(std::memory_order_relaxed)) {
    place_.store(&what, std::memory_order_relaxed);
  }
  explicit AtWork(std::string_view&& what) = delete;
  ~AtWork() { place_.store(before_, std::memory_order_relaxed); }
  AtWork(const AtWork&) = delete;
  AtWork& operator=(const AtWork&) = delete;

  // Both may be called in a signal handler. The calling thread's work; empty: none.
  static std::string_view OfThread();
  // The work of the other threads, as much as fits into `out`; how much that is. Threads beyond
  // the first kThreads that live at a time are not seen.
  static size_t OfOthers(std::span<std::string_view> out);

  // `arrive` is called on each thread when it begins its first work from now on, and it may be
  // called at once.
  static void OnFirst(void (*arrive)());

 private:
  using Place = std::atomic<const std::string_view*>;
  static constexpr size_t kThreads = 128;

  // One for each thread, apart from the others in memory. Outlives the thread.
  struct alignas(64) Seat {
    Place place{nullptr};
    std::atomic<bool> taken{false};
  };
  // Takes a seat for the life of its thread.
  class Taken;

  static Place& PlaceOfThread() {
    if (mine_ == nullptr) mine_ = &TakePlace();
    return *mine_;
  }
  static Place& TakePlace();

  static Seat seats_[kThreads];
  static inline constinit thread_local Place* mine_ = nullptr;

  Place& place_;
  const std::string_view* const before_;
};

}  // namespace dynarock::protocol
