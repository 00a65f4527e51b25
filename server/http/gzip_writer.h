// Compresses reply bodies.
#pragma once

#include <string>
#include <string_view>

namespace dynarock::http {

// Appends `plain` to `out` as one gzip member, at zlib's fastest level. False, and `out` as it was,
// when zlib refuses (out of memory). Keeps zlib's 256 KiB of state per thread from the thread's
// first call on, since setting it up costs more than compressing a small body.
bool AppendGzip(std::string_view plain, std::string& out);

}  // namespace dynarock::http
