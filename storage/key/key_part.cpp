#include "storage/key/key_part.h"

#include "storage/key/decimal.h"

namespace dynarock {

namespace {

constexpr char kEscape = '\x00';
constexpr char kEscapedZero = '\xFF';
constexpr char kTerminator = '\x01';
constexpr int kExponentBias = 129;

void AppendEscaped(std::string& out, std::string_view text) {
  for (size_t zero = text.find('\0'); zero != std::string_view::npos; zero = text.find('\0')) {
    out.append(text.substr(0, zero));
    out += kEscape;
    out += kEscapedZero;
    text.remove_prefix(zero + 1);
  }
  out.append(text);
}

void AppendNumber(std::string& out, std::string_view text) {
  const Decimal number(text);
  if (number.count == 0) {
    out += '\x02';
    return;
  }
  const int exponent = number.exponent + kExponentBias;
  out += number.negative ? '\x01' : '\x03';
  out += static_cast<char>(number.negative ? 255 - exponent : exponent);
  for (int i = 0; i < number.count; i += 2) {
    out += static_cast<char>(number.negative ? 101 - number.Pair(i) : 2 + number.Pair(i));
  }
  out += number.negative ? '\xFF' : '\x00';
}

}  // namespace

Decimal::Decimal(std::string_view text) {
  if (text.front() == '-') {
    negative = true;
    text.remove_prefix(1);
  }
  const size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  if (whole == "0") {
    const size_t first = fraction.find_first_not_of('0');
    if (first == std::string_view::npos) {
      negative = false;
      return;
    }
    whole = {};
    fraction.remove_prefix(first);
    exponent = -static_cast<int>(first);
  } else {
    exponent = static_cast<int>(whole.size());
  }
  // Beyond the buffer a canonical number has only zeros.
  int last = 0;
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (count == static_cast<int>(digits.size())) break;
      digits[count++] = static_cast<char>(c - '0');
      if (c != '0') last = count;
    }
  }
  count = last;
}

void AppendKeyPart(std::string& out, Type type, std::string_view text) {
  if (type == Type::kNumber) {
    AppendNumber(out, text);
    return;
  }
  AppendEscaped(out, text);
  out += kEscape;
  out += kTerminator;
}

void AppendKeyPart(std::string& out, ValueView value) {
  AppendKeyPart(out, value.type(), value.text());
}

void AppendKeyPrefix(std::string& out, std::string_view prefix) {
  AppendEscaped(out, prefix);
}

std::string PrefixSuccessor(std::string_view prefix) {
  std::string out(prefix);
  while (!out.empty() && static_cast<uint8_t>(out.back()) == 0xFF) out.pop_back();
  if (!out.empty()) out.back() = static_cast<char>(out.back() + 1);
  return out;
}

size_t KeyPartLength(Type type, std::string_view bytes) {
  if (type == Type::kNumber) {
    if (bytes.empty()) return 0;
    if (bytes[0] == '\x02') return 1;
    const size_t end = bytes.find(bytes[0] == '\x01' ? '\xFF' : '\x00', 2);
    return end == std::string_view::npos ? 0 : end + 1;
  }
  for (size_t zero = bytes.find('\0'); zero != std::string_view::npos && zero + 1 < bytes.size();
       zero = bytes.find('\0', zero + 2)) {
    if (bytes[zero + 1] == kTerminator) return zero + 2;
  }
  return 0;
}

}  // namespace dynarock
