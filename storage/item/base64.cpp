#include "storage/item/base64.h"

#include <array>
#include <cstdint>

namespace dynarock {

namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int8_t, 256> kReverse = [] {
  std::array<int8_t, 256> table{};
  table.fill(-1);
  for (size_t i = 0; i < kAlphabet.size(); ++i) {
    table[static_cast<uint8_t>(kAlphabet[i])] = static_cast<int8_t>(i);
  }
  return table;
}();

int Digit(char c) {
  return kReverse[static_cast<uint8_t>(c)];
}

size_t Padding(std::string_view text) {
  if (text.ends_with("==")) return 2;
  return text.ends_with('=') ? 1 : 0;
}

}  // namespace

Result<void> CheckBase64(std::string_view text) {
  if (text.size() % 4 != 0) {
    return Fail(
        Serialization("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                      std::to_string(text.size())));
  }
  // sic
  const auto invalid = [] {
    return Serialization("Invalid last non-pad Base64 character dectected");
  };
  const size_t padding = Padding(text);
  const std::string_view digits = text.substr(0, text.size() - padding);
  for (const char c : digits) {
    if (Digit(c) < 0) return Fail(invalid());
  }
  // The bits that padding leaves over must be zero.
  if (padding == 1 && (Digit(digits.back()) & 0x3) != 0) return Fail(invalid());
  if (padding == 2 && (Digit(digits.back()) & 0xF) != 0) return Fail(invalid());
  return {};
}

std::string DecodeBase64(std::string_view text) {
  std::string out;
  const std::string_view digits = text.substr(0, text.size() - Padding(text));
  out.reserve(digits.size() * 3 / 4);
  uint32_t bits = 0;
  int held = 0;
  for (const char c : digits) {
    bits = bits << 6 | static_cast<uint32_t>(Digit(c));
    held += 6;
    if (held >= 8) {
      held -= 8;
      out += static_cast<char>(bits >> held);
    }
  }
  return out;
}

void AppendBase64(std::string_view bytes, std::string& out) {
  size_t i = 0;
  const auto byte = [&](size_t at) {
    return static_cast<uint32_t>(static_cast<uint8_t>(bytes[at]));
  };
  for (; i + 3 <= bytes.size(); i += 3) {
    const uint32_t bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    out += kAlphabet[bits >> 18];
    out += kAlphabet[bits >> 12 & 63];
    out += kAlphabet[bits >> 6 & 63];
    out += kAlphabet[bits & 63];
  }
  const size_t left = bytes.size() - i;
  if (left == 1) {
    const uint32_t bits = byte(i) << 16;
    out += kAlphabet[bits >> 18];
    out += kAlphabet[bits >> 12 & 63];
    out += "==";
  } else if (left == 2) {
    const uint32_t bits = byte(i) << 16 | byte(i + 1) << 8;
    out += kAlphabet[bits >> 18];
    out += kAlphabet[bits >> 12 & 63];
    out += kAlphabet[bits >> 6 & 63];
    out += '=';
  }
}

}  // namespace dynarock
