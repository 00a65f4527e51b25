// Content codings: which one a reply gets, and undoing those of request bodies.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace dynarock::http {

enum class Coding { kIdentity, kGzip, kDeflate };

// "gzip", "deflate"; empty for kIdentity.
std::string_view NameOf(Coding coding);

// How to send a reply to a client with these Accept-Encoding fields: of gzip and deflate the one
// with the highest weight, of equal ones the first listed; `*` stands for those that are not
// listed. `identity` does not count, however high its weight, and `x-gzip` is not known, as
// ScyllaDB's authors observed on the service (Alternator's tests of compressed responses).
Coding ChosenCoding(std::span<const std::string_view> accept_encoding);

enum class DecodeResult {
  kDecoded,
  // An unknown coding, an empty body with a coding, or data that is broken, cut off or followed by
  // something else.
  kUndecodable,
  kTooLarge,  // more than `limit` bytes come out
};

// Replaces `body` by what it was before `content_encoding` was applied. The field may list several
// codings (RFC 9110 8.4): identity, gzip (of one or several members), deflate (zlib's format, or
// raw as some clients send it). Unless the result is kDecoded, `body` is empty afterwards.
DecodeResult DecodeBody(std::string_view content_encoding, std::size_t limit, std::string& body);

}  // namespace dynarock::http
