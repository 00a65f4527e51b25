#include "server/advisor/watch/ttl_facts.h"

#include <charconv>
#include <cmath>
#include <system_error>

namespace dynarock::advisor {

TtlValue TtlValueOf(ValueView value, int64_t now_seconds) {
  if (value.type() == Type::kNull) return TtlValue::kNever;
  if (value.type() != Type::kNumber) return TtlValue::kText;
  const std::string_view text = value.text();
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return TtlValue::kGood;
  constexpr int64_t kYear = int64_t{365} * 86400;
  constexpr int64_t kFinerFrom = 100'000'000'000;  // as seconds: the year 5138
  if (number <= 0) return TtlValue::kNever;
  if (number < 10 * kYear) return TtlValue::kDuration;
  if (number < now_seconds - 5 * kYear) return TtlValue::kLongPast;
  if (number < kFinerFrom) return TtlValue::kGood;
  const auto near_now = [&](int64_t unit) {
    return std::abs(number / unit - now_seconds) < 30 * kYear;
  };
  if (near_now(1'000)) return TtlValue::kMilliseconds;
  if (near_now(1'000'000)) return TtlValue::kMicroseconds;
  if (near_now(1'000'000'000)) return TtlValue::kNanoseconds;
  return TtlValue::kGood;
}

}  // namespace dynarock::advisor
