// The Date field of replies.
#pragma once

#include <ctime>
#include <string_view>

namespace dynarock::http {

// A time as HTTP writes it ("Sun, 06 Nov 1994 08:49:37 GMT", RFC 9110 5.6.7), formatted once per
// second. Not safe for use by several threads; each io thread has one.
class HttpDate {
 public:
  // Valid until the next call. `seconds` since the epoch, year 1970 to 9999.
  std::string_view At(std::time_t seconds);

 private:
  std::time_t formatted_ = -1;
  char text_[29] = {};
};

}  // namespace dynarock::http
