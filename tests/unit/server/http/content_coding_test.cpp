#include "server/http/content_coding.h"

#include <gtest/gtest.h>

#include "server/http/gzip_writer.h"

namespace dynarock::http {
namespace {

TEST(ContentCodingTest, DecodesWhatGzipWriterWrote) {
  for (const std::size_t size : {0U, 1U, 4095U, 4096U, 4097U, 1000000U}) {
    std::string plain;
    for (std::size_t i = 0; i < size; ++i) plain += static_cast<char>(i * i >> 3);
    std::string body = "before";
    ASSERT_TRUE(AppendGzip(plain, body));
    ASSERT_TRUE(body.starts_with("before"));
    body.erase(0, 6);
    EXPECT_EQ(DecodeBody("gzip", size, body), DecodeResult::kDecoded);
    EXPECT_EQ(body, plain);
  }
}

TEST(ContentCodingTest, StopsOneByteAboveTheLimit) {
  for (const std::size_t size : {1U, 4096U, 8192U, 100000U}) {
    std::string packed;
    ASSERT_TRUE(AppendGzip(std::string(size, 'x'), packed));
    std::string body = packed;
    EXPECT_EQ(DecodeBody("gzip", size, body), DecodeResult::kDecoded) << size;
    EXPECT_EQ(body.size(), size);
    body = packed;
    EXPECT_EQ(DecodeBody("gzip", size - 1, body), DecodeResult::kTooLarge) << size;
    EXPECT_EQ(body, "");
  }
}

}  // namespace
}  // namespace dynarock::http
