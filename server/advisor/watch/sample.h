// Which of many requests or items are looked at closely: the first of a kind, and of the rest a few
// that stand for the others.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "storage/item/encoded.h"

namespace dynarock::advisor {

// How many things the one with this number stands for; 0: it is not looked at. All of the first
// `all_of_first`, then one in 2^`log2`, a quarter of these from kMany times as many on; picked by a
// hash: every n-th would keep step with an application that does the same in each round.
constexpr uint64_t WeightOf(uint64_t number, uint64_t all_of_first, unsigned log2) {
  constexpr uint64_t kMany = 16;
  if (number < all_of_first) return 1;
  if (number >= all_of_first * kMany) log2 += 2;
  uint64_t hash = (number + 1) * 0x9E3779B97F4A7C15u;
  hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
  return hash >> (64 - log2) == 0 ? uint64_t{1} << log2 : 0;
}

// Tells items that look new: seldom until now by the looks of their attributes' names and types, or
// with a text that is a mark of `undefined`. A guess that costs a glance at each attribute; kinds
// that fall together are looked at less.
class NewKinds {
 public:
  bool Is(ItemView item) {
    constexpr uint8_t kNew = 64;
    uint64_t kind = 0;
    // By their offsets: to go from one to the next would have to find each value's end.
    const uint32_t attributes = item.count();
    for (uint32_t i = 0; i < attributes; ++i) {
      const auto [name, value] = item.At(i);
      // Names are not empty, but an old data directory may hold one.
      const auto ends = name.empty()
                            ? uint64_t{0}
                            : static_cast<uint64_t>(static_cast<unsigned char>(name.front())) << 8 |
                                  static_cast<unsigned char>(name.back());
      const auto type = static_cast<uint64_t>(value.type());
      kind = (kind ^ (ends << 16 | name.size() << 8 | type)) * 0x9E3779B97F4A7C15u;
      if (value.type() == Type::kString && MayBeUndefined(value.text())) return true;
    }
    std::atomic<uint8_t>& count = counts_[kind >> 56];
    const uint8_t seen = count.load(std::memory_order_relaxed);
    if (seen >= kNew) return false;
    count.store(seen + 1, std::memory_order_relaxed);
    return true;
  }

 private:
  static bool MayBeUndefined(std::string_view text) {
    return (text.size() == 3 && text == "NaN") || (text.size() == 9 && text == "undefined") ||
           (text.size() == 12 && text == "Invalid Date") ||
           (text.size() == 15 && text == "[object Object]");
  }

  std::array<std::atomic<uint8_t>, 256> counts_{};
};

}  // namespace dynarock::advisor
