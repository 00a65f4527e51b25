#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "storage/item/json.h"

namespace dynarock {

void JsonWriter::Key(std::string_view name) {
  Comma();
  AppendJsonString(name, out_);
  out_ += ':';
  comma_ = false;
}

void JsonWriter::String(std::string_view text) {
  Comma();
  AppendJsonString(text, out_);
}

void JsonWriter::Bool(bool value) {
  Comma();
  out_ += value ? "true" : "false";
}

void JsonWriter::Int(int64_t value) {
  Comma();
  std::array<char, 24> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out_.append(buffer.data(), result.ptr);
}

void JsonWriter::Double(double value) {
  Comma();
  std::array<char, 40> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  const std::string_view text(buffer.data(), static_cast<size_t>(result.ptr - buffer.data()));
  out_ += text;
  if (text.find_first_of(".e") == std::string_view::npos) out_ += ".0";
}

void JsonWriter::EpochMillis(int64_t milliseconds) {
  Comma();
  if (milliseconds < 0) out_ += '-';
  const std::string fraction = std::to_string(std::abs(milliseconds % 1000));
  out_ += std::to_string(std::abs(milliseconds / 1000));
  out_ += '.';
  out_.append(3 - fraction.size(), '0');
  out_ += fraction;
}

void JsonWriter::Raw(std::string_view json) {
  Comma();
  out_ += json;
}

namespace {

// The first place from `at` on where a character may need an escape: at most seven too early, never
// too late.
size_t SkipPlain(std::string_view text, size_t at) {
  constexpr uint64_t kOnes = 0x0101010101010101ULL;
  constexpr uint64_t kHighs = 0x8080808080808080ULL;
  // High bits where a byte is below `n`; a borrow may set further ones above a true one.
  const auto below = [](uint64_t word, uint64_t n) { return (word - kOnes * n) & ~word; };
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    const uint64_t found =
        below(word, 0x20) | below(word ^ (kOnes * '"'), 1) | below(word ^ (kOnes * '\\'), 1);
    if ((found & kHighs) != 0) break;
  }
  return at;
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  size_t run = 0;
  size_t plain = 0;  // from here on nothing is known to be plain
  for (size_t i = 0; i < text.size(); ++i) {
    if (i >= plain) {
      i = SkipPlain(text, i);
      plain = i + 8;
      if (i == text.size()) break;
    }
    const auto c = static_cast<uint8_t>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, run, i - run);
    run = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += kHex[c >> 4];
        out += kHex[c & 15];
    }
  }
  out.append(text, run, text.size() - run);
  out += '"';
}

}  // namespace dynarock
