// The bytes a connection has received and not yet used.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dynarock::http {

// Reads go into buffers that are used again at once, and mostly a request is parsed right there.
// Only what is left over when the connection has to wait is copied, so that an idle connection
// holds no memory for it.
class Inbox {
 public:
  std::string_view unread() const { return unread_; }
  void Consume(std::size_t count) { unread_.remove_prefix(count); }

  // `bytes` were received after all others. They are looked at in place until Keep.
  void Receive(std::string_view bytes);
  // The memory of received bytes is about to be used for something else: copies what is unread.
  void Keep();

 private:
  std::string kept_;
  std::string_view unread_;  // in kept_ or in memory passed to Receive
  bool in_kept_ = true;
};

}  // namespace dynarock::http
