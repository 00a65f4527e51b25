#include "server/protocol/auth.h"

#include <map>
#include <optional>

#include <gtest/gtest.h>

namespace dynarock::protocol {
namespace {

class MapFields : public http::Fields {
 public:
  explicit MapFields(std::map<std::string, std::string> fields) : fields_(std::move(fields)) {}
  std::optional<std::string_view> Find(std::string_view name) const override {
    const auto it = fields_.find(std::string(name));
    if (it == fields_.end()) return std::nullopt;
    return it->second;
  }

 private:
  std::map<std::string, std::string> fields_;
};

constexpr char kGood[] =
    "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/dynamodb/aws4_request, "
    "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=abcdef";
constexpr char kDate[] = "20260101T000000Z";
constexpr char kQuery[] =
    "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20260101%2Feu-west-1%2Fdynamodb%2"
    "Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=abcdef";

std::string Check(std::map<std::string, std::string> fields, std::string_view target = "/") {
  const auto result = CheckAuth(MapFields(std::move(fields)), target);
  if (!result) return std::string(result.error().type) + ": " + result.error().message;
  return result->access_key + " " + result->date + " " + result->region + " " + result->service;
}

std::string CheckHeader(std::string header) {
  return Check({{"authorization", std::move(header)}, {"x-amz-date", kDate}});
}

TEST(AuthTest, Header) {
  const std::string signature = ", SignedHeaders=host, Signature=x";
  struct Case {
    const char* name;
    std::string header;
    std::string result;
  };
  const Case cases[] = {
      {"good", kGood, "AKID 20260101 eu-west-1 dynamodb"},
      {"no spaces",
       "AWS4-HMAC-SHA256 Credential=A/2/r/s/aws4_request,SignedHeaders=host,Signature=x",
       "A 2 r s"},
      {"spaces only",
       "AWS4-HMAC-SHA256 Credential=A/2/r/s/aws4_request SignedHeaders=Host Signature=x",
       "A 2 r s"},
      {"other algorithm", "AWS4-ECDSA-P256-SHA256 Credential=A/2/s/aws4_request" + signature,
       "A  us-east-1 "},
      {"key with a slash", "AWS4-HMAC-SHA256 Credential=A/B/2/r/s/aws4_request" + signature,
       "A/B 2 r s"},
      {"no region", "AWS4-HMAC-SHA256 Credential=A/2//s/aws4_request" + signature,
       "A 2 us-east-1 s"},
      {"key only", "AWS4-HMAC-SHA256 Credential=A" + signature, "A  us-east-1 "},
      {"base64 in the signature",
       "AWS4-HMAC-SHA256 Credential=A, SignedHeaders=host, Signature=x==", "A  us-east-1 "},
      {"other scheme", "Basic dGVzdA==",
       "MissingAuthenticationTokenException: Request is missing Authentication Token"},
      {"lower case", "aws4-hmac-sha256 Credential=A" + signature,
       "MissingAuthenticationTokenException: Request is missing Authentication Token"},
      {"empty", "", "MissingAuthenticationTokenException: Request is missing Authentication Token"},
      {"nothing else", "AWS4-",
       "IncompleteSignatureException: Authorization header requires 'Credential' parameter. "
       "Authorization header requires 'Signature' parameter. "
       "Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-"},
      {"a word", "AWS4-HMAC-SHA256 Hello",
       "IncompleteSignatureException: Authorization header requires 'Credential' parameter. "
       "Authorization header requires 'Signature' parameter. "
       "Authorization header requires 'SignedHeaders' parameter. "
       "Authorization=AWS4-HMAC-SHA256 Hello"},
      {"empty signature", "AWS4-HMAC-SHA256 Credential=A, SignedHeaders=host, Signature=",
       "IncompleteSignatureException: Authorization header requires 'Signature' parameter. "
       "Authorization=AWS4-HMAC-SHA256 Credential=A, SignedHeaders=host, Signature="},
      {"a word beside the parts", "AWS4-HMAC-SHA256 Credential=A, Hello" + signature,
       "IncompleteSignatureException: 'Hello' not a valid key=value pair (missing equal-sign) in "
       "Authorization header: 'AWS4-HMAC-SHA256 Credential=A, Hello, SignedHeaders=host, "
       "Signature=x'."},
      {"empty list of headers", "AWS4-HMAC-SHA256 Credential=A, SignedHeaders=, Signature=x",
       "InvalidSignatureException: 'Host' must be a 'SignedHeader' in the AWS Authorization."},
      {"host not signed", "AWS4-HMAC-SHA256 Credential=A, SignedHeaders=hostname;date, Signature=x",
       "InvalidSignatureException: 'Host' must be a 'SignedHeader' in the AWS Authorization."},
  };
  for (const Case& c : cases) EXPECT_EQ(CheckHeader(c.header), c.result) << c.name;
}

TEST(AuthTest, Date) {
  EXPECT_EQ(Check({{"authorization", kGood}, {"date", kDate}}), "AKID 20260101 eu-west-1 dynamodb");
  EXPECT_EQ(Check({{"authorization", kGood}}),
            "IncompleteSignatureException: Authorization header requires existence of either a "
            "'X-Amz-Date' or a 'Date' header. Authorization=" +
                std::string(kGood));
  for (const std::string date :
       {"201", "2026-01-01T00:00:00Z", "20260101T000000", "20260101t000000Z",
        "Thu, 01 Jan 2026 00:00:00 GMT", "2026010aT000000Z"}) {
    EXPECT_EQ(Check({{"authorization", kGood}, {"x-amz-date", date}}),
              "IncompleteSignatureException: Date must be in ISO-8601 'basic format'. Got '" +
                  date + "'. See http://en.wikipedia.org/wiki/ISO_8601");
  }
}

TEST(AuthTest, Query) {
  EXPECT_EQ(Check({}, kQuery), "AKID 20260101 eu-west-1 dynamodb");
  EXPECT_EQ(Check({{"authorization", kGood}, {"x-amz-date", kDate}}, kQuery),
            "InvalidSignatureException: Found both 'X-Amz-Algorithm' as a query-string param and "
            "'Authorization' as HTTP header.");
  EXPECT_EQ(Check({{"authorization", kGood}, {"x-amz-date", kDate}}, "/?X-Amz-Date=1"),
            "AKID 20260101 eu-west-1 dynamodb");
  EXPECT_EQ(Check({}, "/?X-Amz-Signature=abc"),
            "MissingAuthenticationTokenException: Request is missing Authentication Token");
  EXPECT_EQ(Check({}, "/?X-Amz-Algorithm"),
            "IncompleteSignatureException: AWS query-string parameters must include "
            "'X-Amz-Algorithm'. AWS query-string parameters must include 'X-Amz-Credential'. AWS "
            "query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters "
            "must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include "
            "'X-Amz-Date'. Re-examine the query-string parameters.");
  EXPECT_EQ(Check({},
                  "/?X-Amz-Algorithm=a&X-Amz-Credential=%zz+b&X-Amz-Date=x%2&X-Amz-"
                  "SignedHeaders=host&X-Amz-Signature=abc"),
            "IncompleteSignatureException: Date must be in ISO-8601 'basic format'. Got 'x%2'. See "
            "http://en.wikipedia.org/wiki/ISO_8601");
  EXPECT_EQ(Check({},
                  "/?X-Amz-Algorithm=a&X-Amz-Credential=a&X-Amz-Date=20260101T000000Z&X-Amz-"
                  "SignedHeaders=a%3Bb&X-Amz-Signature=abc"),
            "InvalidSignatureException: 'Host' must be a 'SignedHeader' in the AWS Authorization.");
}

}  // namespace
}  // namespace dynarock::protocol
