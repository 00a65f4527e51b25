#include "server/protocol/sparse_log.h"

#include <chrono>
#include <string>

namespace dynarock::protocol {

void SparseLog::Say(std::string_view line) {
  if (!sink_) return;
  const int64_t now = std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::steady_clock::now().time_since_epoch())
                          .count();
  const std::lock_guard lock(mutex_);
  if (now < next_ms_) {
    ++left_out_;
    return;
  }
  next_ms_ = now + 1000;
  std::string text(line);
  if (left_out_ > 0) {
    text += " (" + std::to_string(left_out_) + " more like this in between)";
    left_out_ = 0;
  }
  sink_(text);
}

}  // namespace dynarock::protocol
