// Compressed bodies. Input: a Content-Encoding on a line, and the body behind it.
#include <cstdint>
#include <string>

#include "server/http/content_coding.h"
#include "server/http/field_value.h"
#include "server/http/gzip_writer.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

constexpr size_t kLimit = 1 << 20;

void Decode(std::string_view coding, std::string_view bytes) {
  std::string body(bytes);
  const auto result = http::DecodeBody(coding, kLimit, body);
  Require(result == http::DecodeResult::kDecoded || body.empty(), "nothing is left of what failed");
  Require(body.size() <= std::max(kLimit, bytes.size()), "no more comes out than is allowed");
}

void RoundTrip(std::string_view bytes) {
  std::string packed;
  if (!http::AppendGzip(bytes, packed) || bytes.empty()) return;
  const auto result = http::DecodeBody("gzip", bytes.size(), packed);
  Require(result == http::DecodeResult::kDecoded && packed == bytes, "gzip and back");
  std::string again;
  http::AppendGzip(bytes, again);
  if (bytes.size() > 1) {
    Require(http::DecodeBody("gzip", bytes.size() - 1, again) == http::DecodeResult::kTooLarge,
            "one byte beyond the limit is too much");
  }
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock;
  std::string_view rest = fuzzers::Bytes(data, size);
  const std::string_view coding = fuzzers::TakeLine(rest);
  fuzzers::Decode(coding, rest);
  fuzzers::RoundTrip(rest);
  (void)http::AcceptsGzip(coding);
  return 0;
}
