// Compressed bodies. Input: a Content-Encoding on a line, and the body behind it.
#include <cstdint>
#include <string>

#include "server/http/content_coding.h"
#include "server/http/deflater.h"
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

void RoundTrip(http::Coding coding, std::string_view bytes) {
  std::string packed;
  if (!http::AppendCompressed(coding, bytes, packed)) return;
  const std::string again = packed;
  const auto result = http::DecodeBody(http::NameOf(coding), bytes.size(), packed);
  Require(result == http::DecodeResult::kDecoded && packed == bytes, "compressed and back");
  if (bytes.empty()) return;
  packed = again;
  Require(http::DecodeBody(http::NameOf(coding), bytes.size() - 1, packed) ==
              http::DecodeResult::kTooLarge,
          "one byte beyond the limit is too much");
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock;
  std::string_view rest = fuzzers::Bytes(data, size);
  const std::string_view coding = fuzzers::TakeLine(rest);
  fuzzers::Decode(coding, rest);
  fuzzers::RoundTrip(http::Coding::kGzip, rest);
  fuzzers::RoundTrip(http::Coding::kDeflate, rest);
  (void)http::ChosenCoding({&coding, 1});
  return 0;
}
