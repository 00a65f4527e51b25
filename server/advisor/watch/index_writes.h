// What the writes of one kind cost in each index of their table.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "server/advisor/watch/counts.h"

namespace dynarock::advisor {

class IndexWrites {
 public:
  // Units are counted in halves.
  struct Arm {
    std::string index;
    Count writes;
    Count halves;
    Count most_halves;  // of one request
  };

  // Indexes of the table when it was first written to come first, later ones as they are met.
  std::span<const Arm> arms() const {
    return std::span(arms_).first(count_.load(std::memory_order_acquire));
  }
  // Null when there are too many.
  Arm* ArmOf(std::string_view index_name);

 private:
  static constexpr size_t kMost = 25;  // local and global indexes that a table may have
  std::array<Arm, kMost> arms_;
  std::atomic<size_t> count_{0};
  std::mutex mutex_;
};

}  // namespace dynarock::advisor
