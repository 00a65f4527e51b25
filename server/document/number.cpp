#include "server/document/number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace dynarock::document {
namespace {

constexpr size_t kMostDigits = 60;

bool AllDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::optional<long double> NumberOf(std::string_view text) {
  if (text.empty() || text.size() > 200) return std::nullopt;
  if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  if (text.front() == '+') return std::nullopt;
  long double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string NumberText(long double value) {
  if (value == 0) return "0";
  std::array<char, 128> buffer{};
  if (value == std::floor(value) && std::fabs(value) < 1e60L) {
    std::snprintf(buffer.data(), buffer.size(), "%.0Lf", value);
  } else {
    std::snprintf(buffer.data(), buffer.size(), "%.18Lg", value);
  }
  return buffer.data();
}

std::optional<std::string> CanonicalNumber(std::string_view text) {
  const bool negative = text.starts_with('-');
  std::string_view digits = text.substr(negative ? 1 : 0);
  if (AllDigits(digits)) {
    while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
    if (digits.size() > kMostDigits) return std::nullopt;
    return (negative && digits != "0" ? "-" : "") + std::string(digits);
  }
  const std::optional<long double> value = NumberOf(text);
  if (!value || !std::isfinite(*value)) return std::nullopt;
  return NumberText(*value);
}

}  // namespace dynarock::document
