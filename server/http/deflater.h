// Compresses reply bodies.
#pragma once

#include <string>
#include <string_view>

#include "server/http/content_coding.h"

namespace dynarock::http {

// Appends `plain` to `out` in `coding` (gzip as one member, deflate in zlib's format), at zlib's
// fastest level. False, and `out` as it was, when zlib refuses (out of memory) and for kIdentity.
// Keeps zlib's 256 KiB of state per thread and coding from the first call on, since setting it up
// costs more than compressing a small body.
bool AppendCompressed(Coding coding, std::string_view plain, std::string& out);

}  // namespace dynarock::http
