// A canonical number's digits without an allocation: what both number forms of this room start
// from.
#pragma once

#include <array>
#include <string_view>

namespace dynarock {

// value = (negative ? -1 : 1) * 0.d1d2d3... * 10^exponent with d1 != 0; zero has no digits.
struct Decimal {
  bool negative = false;
  int exponent = 0;  // -129..126
  int count = 0;
  std::array<char, 40> digits;  // values 0-9, not characters

  // `canonical` as number.h defines it.
  explicit Decimal(std::string_view canonical);
  // Two digits from index i on, i < count, as 0-99.
  int Pair(int i) const { return digits[i] * 10 + (i + 1 < count ? digits[i + 1] : 0); }
};

}  // namespace dynarock
