// What has to hold for every input of a fuzzer.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace dynarock::fuzzers {

// Ends the process, which libFuzzer takes for a crash and keeps the input of, unless `holds`.
// `what`: one line, what should have held; `detail` is printed behind it.
inline void Require(bool holds, std::string_view what, std::string_view detail = {}) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s %.*s\n", static_cast<int>(what.size()), what.data(),
               static_cast<int>(detail.size()), detail.data());
  std::abort();
}

// The bytes libFuzzer hands over, as text.
inline std::string_view Bytes(const unsigned char* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// Takes the first line off `text`, without its end. All of it where no line ends.
inline std::string_view TakeLine(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(line.size() < text.size() ? line.size() + 1 : line.size());
  return line;
}

}  // namespace dynarock::fuzzers
