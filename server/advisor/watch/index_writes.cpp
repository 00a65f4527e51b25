#include "server/advisor/watch/index_writes.h"

namespace dynarock::advisor {

IndexWrites::Arm* IndexWrites::ArmOf(std::string_view index_name) {
  const auto find = [&]() -> Arm* {
    const size_t count = count_.load(std::memory_order_acquire);
    for (size_t i = 0; i < count; ++i) {
      if (arms_[i].index == index_name) return &arms_[i];
    }
    return nullptr;
  };
  if (Arm* arm = find()) return arm;
  const std::lock_guard lock(mutex_);
  if (Arm* arm = find()) return arm;
  const size_t count = count_.load(std::memory_order_relaxed);
  if (count >= kMost) return nullptr;
  arms_[count].index = index_name;
  count_.store(count + 1, std::memory_order_release);
  return &arms_[count];
}

}  // namespace dynarock::advisor
