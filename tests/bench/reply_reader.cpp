#include "tests/bench/reply_reader.h"

#include <charconv>
#include <stdexcept>

#include <strings.h>

namespace dynarock::bench {

bool ReplyReader::Complete(std::string_view received) {
  if (head_size_ == 0) {
    const std::size_t end = received.find("\r\n\r\n");
    if (end == std::string_view::npos) return false;
    ReadHead(received.substr(0, end + 2));
    head_size_ = end + 4;
  }
  const std::string_view rest = received.substr(head_size_);
  if (chunked_) return ReadChunks(rest);
  if (rest.size() < length_) return false;
  body_ = rest.substr(0, length_);
  return true;
}

void ReplyReader::ReadHead(std::string_view head) {
  if (head.size() < 13 || !head.starts_with("HTTP/1.")) {
    throw std::runtime_error("not an HTTP reply: " + std::string(head.substr(0, 100)));
  }
  std::from_chars(head.data() + 9, head.data() + 12, status_);
  length_ = 0;
  chunked_ = false;
  constexpr std::string_view kLength = "content-length:";
  constexpr std::string_view kCoding = "transfer-encoding:";
  for (std::size_t at = head.find("\r\n") + 2; at < head.size(); at = head.find("\r\n", at) + 2) {
    const char* const line = head.data() + at;
    if (head.size() - at > kLength.size() &&
        strncasecmp(line, kLength.data(), kLength.size()) == 0) {
      std::size_t digits = at + kLength.size();
      while (head[digits] == ' ') ++digits;
      std::from_chars(head.data() + digits, head.data() + head.size(), length_);
    } else if (head.size() - at > kCoding.size() &&
               strncasecmp(line, kCoding.data(), kCoding.size()) == 0) {
      chunked_ = true;
    }
  }
}

bool ReplyReader::ReadChunks(std::string_view rest) {
  joined_.clear();
  for (;;) {
    const std::size_t end = rest.find("\r\n");
    if (end == std::string_view::npos) return false;
    std::size_t size = 0;
    std::from_chars(rest.data(), rest.data() + end, size, 16);
    if (rest.size() < end + 2 + size + 2) return false;
    joined_.append(rest.substr(end + 2, size));
    rest.remove_prefix(end + 2 + size + 2);
    if (size == 0) break;
  }
  body_ = joined_;
  return true;
}

}  // namespace dynarock::bench
