#include "server/protocol/at_work.h"

namespace dynarock::protocol {

namespace {
std::atomic<void (*)()> first_work{nullptr};
}  // namespace

constinit AtWork::Seat AtWork::seats_[kThreads];

class AtWork::Taken {
 public:
  Taken() {
    for (Seat& seat : seats_) {
      if (seat.taken.exchange(true, std::memory_order_acquire)) continue;
      seat_ = &seat;
      return;
    }
  }
  ~Taken() {
    // What the thread does from here on, nobody is to be told.
    mine_ = nullptr;
    if (seat_ != nullptr) seat_->taken.store(false, std::memory_order_release);
  }
  Place& place() { return seat_ != nullptr ? seat_->place : own_; }

 private:
  Seat* seat_ = nullptr;
  Place own_{nullptr};  // when all seats are taken
};

AtWork::Place& AtWork::TakePlace() {
  static thread_local Taken taken;
  if (void (*const arrive)() = first_work.load()) arrive();
  return taken.place();
}

std::string_view AtWork::OfThread() {
  const std::string_view* const what =
      mine_ == nullptr ? nullptr : mine_->load(std::memory_order_relaxed);
  return what == nullptr ? std::string_view() : *what;
}

size_t AtWork::OfOthers(std::span<std::string_view> out) {
  size_t count = 0;
  for (const Seat& seat : seats_) {
    if (count == out.size()) break;
    const std::string_view* const what = seat.place.load(std::memory_order_relaxed);
    if (what != nullptr && &seat.place != mine_) out[count++] = *what;
  }
  return count;
}

void AtWork::OnFirst(void (*arrive)()) {
  first_work.store(arrive);
}

}  // namespace dynarock::protocol
