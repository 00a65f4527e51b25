// Lines that would come with every request, once a second.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>
#include <utility>

namespace dynarock::protocol {

// Thread safe.
class SparseLog {
 public:
  using Sink = std::function<void(std::string_view line)>;
  // `sink` may be empty: nobody wants to know.
  explicit SparseLog(Sink sink) : sink_(std::move(sink)) {}

  // Passes the line on unless one was passed on less than a second ago. The next one that is tells
  // how many were not: "PutItem failed: ... (1203 more like this in between)".
  void Say(std::string_view line);

 private:
  const Sink sink_;
  std::mutex mutex_;
  int64_t next_ms_ = 0;
  uint64_t left_out_ = 0;
};

}  // namespace dynarock::protocol
