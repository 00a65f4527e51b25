// Undoes the Content-Encoding of request bodies.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dynarock::http {

enum class DecodeResult {
  kDecoded,
  kUndecodable,  // unknown coding, or the data is broken, cut off or followed by something else
  kTooLarge,     // more than `limit` bytes come out
};

// Replaces `body` by what it was before `content_encoding` was applied. The field may list several
// codings (RFC 9110 8.4): identity, gzip (of one or several members), deflate (zlib's format, or
// raw as some clients send it). An empty body stays empty. Unless the result is kDecoded, `body` is
// empty afterwards.
DecodeResult DecodeBody(std::string_view content_encoding, std::size_t limit, std::string& body);

}  // namespace dynarock::http
