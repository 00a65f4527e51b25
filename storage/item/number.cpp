#include "storage/item/number.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>

namespace dynarock {

namespace {

constexpr int kMaxDigits = 38;
constexpr int kMaxExponent = 126;   // of the form 0.d1d2... * 10^e: 9.99E+125 has 126
constexpr int kMinExponent = -129;  // 1E-130

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Strips zeros at both ends, checks the limits and prints. `digits` d1d2..., value 0.d1d2... *
// 10^exponent.
Result<std::string> Compose(bool negative, std::string_view digits, long long exponent) {
  while (!digits.empty() && digits.front() == '0') {
    digits.remove_prefix(1);
    --exponent;
  }
  while (!digits.empty() && digits.back() == '0') digits.remove_suffix(1);
  if (digits.empty()) return std::string("0");
  if (digits.size() > kMaxDigits) return Fail(TooManyDigits());
  if (exponent > kMaxExponent) return Fail(NumberOverflow());
  if (exponent < kMinExponent) return Fail(NumberUnderflow());
  std::string out;
  const auto count = static_cast<long long>(digits.size());
  if (negative) out += '-';
  if (exponent <= 0) {
    out += "0.";
    out.append(static_cast<size_t>(-exponent), '0');
    out += digits;
  } else if (exponent >= count) {
    out += digits;
    out.append(static_cast<size_t>(exponent - count), '0');
  } else {
    out += digits.substr(0, static_cast<size_t>(exponent));
    out += '.';
    out += digits.substr(static_cast<size_t>(exponent));
  }
  return out;
}

// Far beyond the range, and far from the ends of the type.
constexpr long long kFarExponent = 1'000'000'000'000;

// The number behind "e" or "E"; nullopt: `text` is no exponent, or needs more than 64 bits.
std::optional<long long> ReadExponent(std::string_view text) {
  if (text.front() != 'e' && text.front() != 'E') return std::nullopt;
  text.remove_prefix(1);
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  long long exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return exponent;
}

// `fraction`: the number of digits after the point.
bool FitsOlderParser(long long exponent, long long fraction) {
  using Int = std::numeric_limits<int32_t>;
  return exponent >= Int::min() && exponent <= Int::max() && fraction - exponent <= Int::max();
}

// Of a text that is a number.
bool IsZero(std::string_view number) {
  return number.substr(0, number.find_first_of("eE")).find_first_of("123456789") ==
         std::string_view::npos;
}

// Left-aligned digit strings of a fixed-point sum: both operands over the same powers of ten.
struct Aligned {
  std::string a, b;
  int exponent;  // of the first digit, as in NumberParts
};

Aligned Align(const NumberParts& a, const NumberParts& b) {
  Aligned out;
  out.exponent = std::max(a.exponent, b.exponent);
  const int low = std::min(a.exponent - static_cast<int>(a.digits.size()),
                           b.exponent - static_cast<int>(b.digits.size()));
  const auto width = static_cast<size_t>(out.exponent - low);
  auto spread = [&](const NumberParts& n) {
    std::string s(static_cast<size_t>(out.exponent - n.exponent), '0');
    s += n.digits;
    s.resize(width, '0');
    return s;
  };
  out.a = spread(a);
  out.b = spread(b);
  return out;
}

// What a sum comes to. One of too many digits counts as too large (observed on the service).
Result<std::string> Composed(bool negative, std::string_view digits, long long exponent) {
  auto sum = Compose(negative, digits, exponent);
  if (!sum && sum.error().cause == Cause::kTooManyDigits) return Fail(NumberOverflow());
  return sum;
}

Result<std::string> Sum(std::string_view a_text, std::string_view b_text, bool negate_b) {
  NumberParts a = SplitNumber(a_text);
  NumberParts b = SplitNumber(b_text);
  if (b.digits.empty()) return std::string(a_text);
  b.negative = b.negative != negate_b;
  if (a.digits.empty()) return Compose(b.negative, b.digits, b.exponent);
  Aligned x = Align(a, b);
  if (a.negative == b.negative) {
    std::string out(x.a.size() + 1, '0');
    int carry = 0;
    for (size_t i = x.a.size(); i-- > 0;) {
      const int digit = (x.a[i] - '0') + (x.b[i] - '0') + carry;
      out[i + 1] = static_cast<char>('0' + digit % 10);
      carry = digit / 10;
    }
    out[0] = static_cast<char>('0' + carry);
    return Composed(a.negative, out, x.exponent + 1);
  }
  const bool swap = x.a < x.b;
  if (swap) std::swap(x.a, x.b);
  std::string out(x.a.size(), '0');
  int borrow = 0;
  for (size_t i = x.a.size(); i-- > 0;) {
    int digit = (x.a[i] - '0') - (x.b[i] - '0') - borrow;
    borrow = digit < 0;
    if (borrow) digit += 10;
    out[i] = static_cast<char>('0' + digit);
  }
  return Composed(swap ? b.negative : a.negative, out, x.exponent);
}

}  // namespace

Result<std::string> CanonicalNumber(std::string_view text, Layer layer) {
  // Nearly every number is a short integer that is canonical already.
  if (!text.empty() && text.size() <= 19 && text.front() >= '1' && text.front() <= '9' &&
      std::all_of(text.begin(), text.end(), IsDigit)) {
    return std::string(text);
  }
  size_t i = 0;
  bool negative = false;
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) negative = text[i++] == '-';
  std::string digits;
  for (; i < text.size() && IsDigit(text[i]); ++i) digits += text[i];
  const auto whole = static_cast<long long>(digits.size());
  if (i < text.size() && text[i] == '.') {
    for (++i; i < text.size() && IsDigit(text[i]); ++i) digits += text[i];
  }
  if (digits.empty()) return Fail(NotANumber(text, layer));
  if (i == text.size()) return Compose(negative, digits, whole);
  const std::optional<long long> exponent = ReadExponent(text.substr(i));
  const long long fraction = static_cast<long long>(digits.size()) - whole;
  if (!exponent || (layer == Layer::kOlder && !FitsOlderParser(*exponent, fraction))) {
    return Fail(NotANumber(text, layer));
  }
  if (layer == Layer::kOlder) {
    return Compose(negative, digits, static_cast<int32_t>(whole + *exponent));
  }
  const long long e = std::clamp(*exponent, -kFarExponent, kFarExponent);
  if (digits.find_first_not_of('0') == std::string::npos) digits.back() = '1';
  auto number = Compose(negative, digits, whole + e);
  return number && IsZero(text) ? std::string("0") : std::move(number);
}

std::strong_ordering CompareNumbers(std::string_view a, std::string_view b) {
  if (a == b) return std::strong_ordering::equal;
  const bool a_negative = a.front() == '-';
  const bool b_negative = b.front() == '-';
  if (a_negative != b_negative) {
    return a_negative ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  if (a_negative) {
    a.remove_prefix(1);
    b.remove_prefix(1);
    std::swap(a, b);
  }
  const size_t a_whole = std::min(a.find('.'), a.size());
  const size_t b_whole = std::min(b.find('.'), b.size());
  if (a_whole != b_whole) return a_whole <=> b_whole;
  // Same count of integer digits: text order is numeric order ('.' meets '.' or the end).
  return a.compare(b) <=> 0;
}

Result<std::string> AddNumbers(std::string_view a, std::string_view b) {
  return Sum(a, b, false);
}
Result<std::string> SubtractNumbers(std::string_view a, std::string_view b) {
  return Sum(a, b, true);
}

size_t NumberSize(std::string_view canonical) {
  if (canonical == "0") return 1;
  const bool negative = canonical.front() == '-';
  if (negative) canonical.remove_prefix(1);
  const size_t point = canonical.find('.');
  std::string_view whole = canonical.substr(0, point);
  std::string_view fraction =
      point == std::string_view::npos ? std::string_view() : canonical.substr(point + 1);
  if (whole == "0") {
    whole = {};
    fraction.remove_prefix(std::min(fraction.find_first_not_of('0'), fraction.size()));
  }
  if (fraction.empty()) {
    whole = whole.substr(0, whole.find_last_not_of('0') + 1);
  }
  return 1 + (whole.size() + 1) / 2 + (fraction.size() + 1) / 2 + (negative ? 1 : 0);
}

NumberParts SplitNumber(std::string_view canonical) {
  NumberParts parts;
  if (canonical == "0") return parts;
  if (canonical.front() == '-') {
    parts.negative = true;
    canonical.remove_prefix(1);
  }
  const size_t point = std::min(canonical.find('.'), canonical.size());
  parts.digits = canonical.substr(0, point);
  if (point < canonical.size()) parts.digits += canonical.substr(point + 1);
  parts.exponent = static_cast<int>(point);
  const size_t first = parts.digits.find_first_not_of('0');
  parts.digits.erase(0, first);
  parts.exponent -= static_cast<int>(first);
  parts.digits.erase(parts.digits.find_last_not_of('0') + 1);
  return parts;
}

long long NumberToInt64(std::string_view canonical) {
  const bool negative = canonical.front() == '-';
  if (negative) canonical.remove_prefix(1);
  unsigned long long value = 0;
  for (const char c : canonical) {
    if (c == '.') break;
    if (value > 1'000'000'000'000'000'000ULL) {
      return negative ? std::numeric_limits<long long>::min()
                      : std::numeric_limits<long long>::max();
    }
    value = value * 10 + static_cast<unsigned long long>(c - '0');
  }
  constexpr auto kMax = static_cast<unsigned long long>(std::numeric_limits<long long>::max());
  if (value > kMax) {
    return negative ? std::numeric_limits<long long>::min() : std::numeric_limits<long long>::max();
  }
  const auto whole = static_cast<long long>(value);
  return negative ? -whole : whole;
}

}  // namespace dynarock
