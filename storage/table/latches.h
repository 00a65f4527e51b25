// Item latches: who holds an item's latch is the only one to read it for a write, and to write it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace dynarock {

// Striped: items that share a stripe exclude each other as well.
class Latches {
 public:
  static uint32_t StripeOf(std::string_view row_key);
  void Lock(uint32_t stripe);
  void Unlock(uint32_t stripe);

 private:
  static constexpr uint32_t kStripes = 4096;
  enum : int { kFree, kHeld, kContended };
  std::unique_ptr<std::array<std::atomic<int>, kStripes>> states_ =
      std::make_unique<std::array<std::atomic<int>, kStripes>>();
};

// Holds the latches of some items, taken in stripe order, each stripe once, so that holders cannot
// block each other.
class LatchGuard {
 public:
  explicit LatchGuard(Latches& latches) : latches_(latches) {}
  ~LatchGuard();
  LatchGuard(const LatchGuard&) = delete;
  LatchGuard& operator=(const LatchGuard&) = delete;

  // Call one of these, once.
  void LockOne(std::string_view row_key);
  void Lock(std::vector<uint32_t> stripes);

 private:
  Latches& latches_;
  uint32_t one_ = 0;
  bool has_one_ = false;
  std::vector<uint32_t> many_;
};

}  // namespace dynarock
