#include <charconv>
#include <cstdio>

#include "storage/stream/stream.h"

namespace dynarock {

namespace {
// What the numbers the service shows begin with; it makes all of ours equally long.
constexpr std::string_view kPrefix = "11";
constexpr size_t kDigits = 20;
}  // namespace

std::string SequenceText(SequenceNumber number) {
  char text[kPrefix.size() + kDigits + 1];
  std::snprintf(text, sizeof text, "%s%020llu", kPrefix.data(),
                static_cast<unsigned long long>(number));
  return text;
}

std::optional<SequenceNumber> ParseSequence(std::string_view text) {
  if (text.size() != kPrefix.size() + kDigits || !text.starts_with(kPrefix)) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  SequenceNumber number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace dynarock
