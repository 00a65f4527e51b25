// The items that transactions hold, by exact row key. Whoever meets one of them is told of the
// conflict instead of waiting (Developer Guide, "Amazon DynamoDB Transactions: How it works").
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/clock/clock.h"

namespace dynarock {

// Thread safe.
class HeldItems {
 public:
  explicit HeldItems(const Clock& clock) : clock_(clock) {}

  // Takes those items nobody holds; returns, parallel to `keys`, which ones another transaction
  // has. What was taken is to be released.
  std::vector<bool> Hold(std::span<const std::string_view> keys);
  // Lets go of items at that time, in milliseconds since 1970; 0: now. They count as held no longer
  // from then on, whether or not anybody comes to clear them.
  void Release(std::span<const std::string_view> keys, int64_t at_ms);
  // Costs one load while there is no transaction.
  bool Holds(std::string_view key) const;
  // Forgets items whose time has come.
  void Clear();

 private:
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view key) const { return std::hash<std::string_view>()(key); }
  };
  static constexpr int64_t kRunning = INT64_MAX;
  bool Gone(int64_t until_ms) const { return until_ms != kRunning && clock_.now_ms() >= until_ms; }

  const Clock& clock_;
  std::atomic<size_t> count_{0};
  mutable std::mutex mutex_;
  std::unordered_map<std::string, int64_t, Hash, std::equal_to<>> until_ms_;
};

}  // namespace dynarock
