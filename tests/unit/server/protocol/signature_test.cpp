#include "server/protocol/signature.h"

#include <gtest/gtest.h>

#include "server/crypto/sha256.h"
#include "tests/unit/server/protocol/field_list.h"

namespace dynarock::protocol {
namespace {

constexpr std::string_view kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
// The key that AWS's documentation signs its examples with.
constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kDate = "20150830T123600Z";

// The IAM User Guide's example, whose intermediate values are published.
TEST(SignatureTest, ListUsers) {
  const FieldList fields({{"content-type", "application/x-www-form-urlencoded; charset=utf-8"},
                          {"host", "iam.amazonaws.com"},
                          {"x-amz-date", std::string(kDate)}});
  const std::string canonical = CanonicalRequest({.method = "GET",
                                                  .target = "/?Action=ListUsers&Version=2010-05-08",
                                                  .fields = fields,
                                                  .signed_headers = "content-type;host;x-amz-date",
                                                  .payload_hash = kEmptyHash});
  EXPECT_EQ(canonical,
            "GET\n/\nAction=ListUsers&Version=2010-05-08\n"
            "content-type:application/x-www-form-urlencoded; charset=utf-8\n"
            "host:iam.amazonaws.com\nx-amz-date:20150830T123600Z\n\n"
            "content-type;host;x-amz-date\n" +
                std::string(kEmptyHash));
  const std::string_view scope = "20150830/us-east-1/iam/aws4_request";
  const std::string to_sign = StringToSign(kDate, scope, canonical);
  EXPECT_EQ(to_sign,
            "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
            "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
  EXPECT_EQ(Signature(kSecret, scope, to_sign),
            "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

struct SuiteCase {
  const char* name;
  const char* method;
  std::string target;
  std::vector<std::pair<std::string, std::string>> fields;  // beside Host and X-Amz-Date
  const char* signed_headers;
  const char* body;
  const char* signature;
};

// Requests of AWS's Signature Version 4 test suite, with the signatures published there.
TEST(SignatureTest, PublishedSuite) {
  const SuiteCase cases[] = {
      {"get-vanilla",
       "GET",
       "/",
       {},
       "host;x-amz-date",
       "",
       "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
      {"post-vanilla",
       "POST",
       "/",
       {},
       "host;x-amz-date",
       "",
       "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
      {"get-vanilla-query-order-key-case",
       "GET",
       "/?Param2=value2&Param1=value1",
       {},
       "host;x-amz-date",
       "",
       "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
      {"get-header-key-duplicate",
       "GET",
       "/",
       {{"my-header1", "value2"}, {"my-header1", "value2"}, {"my-header1", "value1"}},
       "host;my-header1;x-amz-date",
       "",
       "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
      {"get-header-value-trim",
       "GET",
       "/",
       {{"my-header1", "value1"}, {"my-header2", "\"a   b   c\""}},
       "host;my-header1;my-header2;x-amz-date",
       "",
       "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
      {"get-utf8",
       "GET",
       "/\xe1\x88\xb4",
       {},
       "host;x-amz-date",
       "",
       "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
      {"post-x-www-form-urlencoded",
       "POST",
       "/",
       {{"content-type", "application/x-www-form-urlencoded"}},
       "content-type;host;x-amz-date",
       "Param1=value1",
       "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
  };
  for (const SuiteCase& c : cases) {
    SCOPED_TRACE(c.name);
    auto all = c.fields;
    all.emplace_back("host", "example.amazonaws.com");
    all.emplace_back("x-amz-date", kDate);
    const FieldList fields(all);
    const std::string hash = crypto::Hex(crypto::Sha256(c.body));
    const std::string canonical = CanonicalRequest({.method = c.method,
                                                    .target = c.target,
                                                    .fields = fields,
                                                    .signed_headers = c.signed_headers,
                                                    .payload_hash = hash});
    const std::string_view scope = "20150830/us-east-1/service/aws4_request";
    EXPECT_EQ(Signature(kSecret, scope, StringToSign(kDate, scope, canonical)), c.signature)
        << canonical;
  }
}

TEST(SignatureTest, CanonicalForms) {
  struct Case {
    const char* name;
    const char* target;
    const char* signed_headers;
    const char* expected;  // without method and payload hash
  };
  const FieldList fields({{"host", "h"}, {"a", "  one   two\t three "}, {"b", ""}});
  const Case cases[] = {
      {"dots and slashes", "/./a//b/../c/", "host", "/a/c/\n\nhost:h\n\nhost"},
      {"above the root", "/../..", "host", "/\n\nhost:h\n\nhost"},
      {"encoded once more", "/a%20b/(c)", "host", "/a%2520b/%28c%29\n\nhost:h\n\nhost"},
      {"query sorted and encoded", "/?b=2&a=%7e+/&a=1&&c", "host",
       "/\na=1&a=~%20%2F&b=2&c=\nhost:h\n\nhost"},
      {"without the signature", "/?X-Amz-Signature=1&X-Amz-Date=2", "host",
       "/\nX-Amz-Date=2\nhost:h\n\nhost"},
      {"names in lower case and sorted", "/", "Host;B;a",
       "/\n\na:one two three\nb:\nhost:h\n\na;b;host"},
      {"a field that is not there", "/", "host;z", "/\n\nhost:h\nz:\n\nhost;z"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(CanonicalRequest({.method = "POST",
                                .target = c.target,
                                .fields = fields,
                                .signed_headers = c.signed_headers,
                                .payload_hash = "#"}),
              "POST\n" + std::string(c.expected) + "\n#")
        << c.name;
  }
}

}  // namespace
}  // namespace dynarock::protocol
