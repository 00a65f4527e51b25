#include "storage/item/base64.h"

#include <gtest/gtest.h>

namespace dynarock {
namespace {

const std::string kInvalid = "Invalid last non-pad Base64 character dectected";

std::string Length(size_t n) {
  return "Base64 encoded length is expected a multiple of 4 bytes but found: " + std::to_string(n);
}

TEST(Base64, RoundTrips) {
  struct Case {
    std::string bytes, text;
  };
  const std::vector<Case> cases = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
      {std::string(1, '\0'), "AA=="},
      {std::string(3, '\0'), "AAAA"},
      {"\xFF\xFF\xFF", "////"},
      {"\xFB\xEF\xBE", "++++"},
      {"\xFF\xFE", "//4="},
  };
  for (const Case& c : cases) {
    std::string text = "x";
    AppendBase64(c.bytes, text);
    EXPECT_EQ(text, "x" + c.text);
    EXPECT_TRUE(CheckBase64(c.text)) << c.text;
    EXPECT_EQ(DecodeBase64(c.text), c.bytes) << c.text;
  }
}

TEST(Base64, EveryByteAtEveryPlace) {
  for (size_t length = 1; length <= 5; ++length) {
    for (size_t at = 0; at < length; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string bytes(length, '\x5A');
        bytes[at] = static_cast<char>(byte);
        std::string text;
        AppendBase64(bytes, text);
        ASSERT_TRUE(CheckBase64(text)) << text;
        ASSERT_EQ(DecodeBase64(text), bytes);
      }
    }
  }
}

TEST(Base64, Refused) {
  struct Case {
    std::string text, message;
  };
  const std::vector<Case> cases = {
      {"Z", Length(1)},
      {"Zg", Length(2)},
      {"Zg=", Length(3)},
      {"Zm9vY", Length(5)},
      {"=", Length(1)},
      {"====", kInvalid},
      {"Z===", kInvalid},
      {"=Zg=", kInvalid},
      {"Zg=a", kInvalid},
      {"Zg==Zg==", kInvalid},
      {"Zh==", kInvalid},  // bits under the padding
      {"Zm9=", kInvalid},
      {"Zm9-", kInvalid},  // the URL alphabet
      {"Zm_v", kInvalid},
      {"Zm v", kInvalid},
      {"Zm9\n", kInvalid},
      {"\xC3\xA9\xC3\xA9", kInvalid},
      {std::string("AA\0=", 4), kInvalid},
  };
  for (const Case& c : cases) {
    const auto result = CheckBase64(c.text);
    ASSERT_FALSE(result) << c.text;
    EXPECT_EQ(result.error().message, c.message) << c.text;
    EXPECT_EQ(result.error().kind, ErrorKind::kSerialization) << c.text;
  }
}

}  // namespace
}  // namespace dynarock
