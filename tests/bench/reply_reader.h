// Reads HTTP replies with as little work as possible: the generator shares its cores with the
// server.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dynarock::bench {

class ReplyReader {
 public:
  // `received` are the bytes of one reply so far, from its first on. True when it is complete; the
  // accessors hold then. Throws std::runtime_error when it is not a reply.
  bool Complete(std::string_view received);
  void Reset() { head_size_ = 0; }

  unsigned status() const { return status_; }
  // In the received bytes or, if it came in chunks, in memory of this object.
  std::string_view body() const { return body_; }

 private:
  void ReadHead(std::string_view head);
  bool ReadChunks(std::string_view rest);

  std::size_t head_size_ = 0;  // 0: not read yet
  std::size_t length_ = 0;
  bool chunked_ = false;
  unsigned status_ = 0;
  std::string_view body_;
  std::string joined_;
};

}  // namespace dynarock::bench
