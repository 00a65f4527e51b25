#include "server/http/content_coding.h"

#include <gtest/gtest.h>

#include "server/http/deflater.h"

namespace dynarock::http {
namespace {

constexpr Coding kPacked[] = {Coding::kGzip, Coding::kDeflate};

TEST(ContentCodingTest, DecodesWhatWasCompressed) {
  for (const Coding coding : kPacked) {
    for (const std::size_t size : {0U, 1U, 4095U, 4096U, 4097U, 1000000U}) {
      std::string plain;
      for (std::size_t i = 0; i < size; ++i) plain += static_cast<char>(i * i >> 3);
      std::string body = "before";
      ASSERT_TRUE(AppendCompressed(coding, plain, body));
      ASSERT_TRUE(body.starts_with("before"));
      body.erase(0, 6);
      EXPECT_EQ(DecodeBody(NameOf(coding), size, body), DecodeResult::kDecoded);
      EXPECT_EQ(body, plain);
    }
  }
}

TEST(ContentCodingTest, StopsOneByteAboveTheLimit) {
  for (const Coding coding : kPacked) {
    for (const std::size_t size : {1U, 4096U, 8192U, 100000U}) {
      std::string packed;
      ASSERT_TRUE(AppendCompressed(coding, std::string(size, 'x'), packed));
      std::string body = packed;
      EXPECT_EQ(DecodeBody(NameOf(coding), size, body), DecodeResult::kDecoded) << size;
      EXPECT_EQ(body.size(), size);
      body = packed;
      EXPECT_EQ(DecodeBody(NameOf(coding), size - 1, body), DecodeResult::kTooLarge) << size;
      EXPECT_EQ(body, "");
    }
  }
}

TEST(ContentCodingTest, ChoosesTheCodingOfAReply) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"gzip", "gzip"},
      {"GZIP", "gzip"},
      {"deflate", "deflate"},
      {"gzip, deflate", "gzip"},
      {"deflate, gzip", "deflate"},
      {"deflate, gzip;q=1.0, *;q=0.5", "deflate"},
      {"deflate;q=0.5, gzip;q=0.6", "gzip"},
      {"deflate;q=0.500, gzip;q=0.5", "deflate"},
      {"deflate;q=0.999, gzip;q=1", "gzip"},
      {"gzip;q=0.001", "gzip"},
      {" deflate;q=0.4 ,\tgzip ; q=0.5", "gzip"},
      {"gzip; x=y; Q=0, deflate", "deflate"},
      {"identity, gzip;q=0.1", "gzip"},
      {"br, identity;q=1, deflate;q=0.2", "deflate"},
      {"*", "gzip"},
      {"gzip;q=0.5, *", "deflate"},
      {"gzip;q=0, *", "deflate"},
      {"*;q=0.5, deflate;q=0.4", "gzip"},
      {"*;q=0.4, deflate;q=0.5", "deflate"},
      {"*, gzip;q=0, deflate;q=0", ""},
      {"", ""},
      {"identity", ""},
      {"x-gzip", ""},
      {"br", ""},
      {"gzipped", ""},
      {"gzip;q=0", ""},
      {"gzip; q=0.000", ""},
      {"gzip;q=", ""},
      {"gzip;q=x", ""},
      {"*;q=0", ""},
  };
  for (const auto& [field, name] : cases) {
    EXPECT_EQ(NameOf(ChosenCoding({&field, 1})), name) << field;
  }
  const std::string_view fields[] = {"deflate;q=0.5", "gzip"};
  EXPECT_EQ(ChosenCoding(fields), Coding::kGzip);
  EXPECT_EQ(ChosenCoding({}), Coding::kIdentity);
}

}  // namespace
}  // namespace dynarock::http
