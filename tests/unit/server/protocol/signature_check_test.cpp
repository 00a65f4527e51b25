#include "server/protocol/signature_check.h"

#include <gtest/gtest.h>

#include "server/protocol/signature.h"
#include "tests/unit/server/protocol/field_list.h"

namespace dynarock::protocol {
namespace {

constexpr std::int64_t kNow = 1440938160;  // 20150830T123600Z
constexpr std::string_view kPayload =
    "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";  // of {}

// One request as a client would sign it; each test changes a part.
struct Attempt {
  std::string secret = "secret";
  std::string algorithm = "AWS4-HMAC-SHA256";
  std::string credential = "AKID/20150830/eu-west-1/dynamodb/aws4_request";
  std::string signed_headers = "host;x-amz-date;x-amz-target";
  std::string date = "20150830T123600Z";
  std::string target = "/";
  std::string token = {};
  std::string signature = {};  // empty: the right one
  std::string_view payload = kPayload;
  bool in_query = false;
};

std::string Encoded(std::string text) {
  for (size_t at = 0; (at = text.find_first_of("/;", at)) != std::string::npos;) {
    text.replace(at, 1, text[at] == '/' ? "%2F" : "%3B");
  }
  return text;
}

std::string Check(Attempt attempt) {
  std::vector<std::pair<std::string, std::string>> fields = {
      {"host", "localhost:8000"}, {"x-amz-target", "DynamoDB_20120810.ListTables"}};
  std::string target = attempt.target;
  if (attempt.in_query) {
    target += "?X-Amz-Algorithm=" + attempt.algorithm +
              "&X-Amz-Credential=" + Encoded(attempt.credential) + "&X-Amz-Date=" + attempt.date +
              "&X-Amz-Expires=60&X-Amz-SignedHeaders=" + Encoded(attempt.signed_headers);
    if (!attempt.token.empty()) target += "&X-Amz-Security-Token=" + attempt.token;
  } else {
    fields.emplace_back("x-amz-date", attempt.date);
    if (!attempt.token.empty()) fields.emplace_back("x-amz-security-token", attempt.token);
  }
  std::string signature = attempt.signature;
  if (signature.empty()) {
    const FieldList so_far(fields);
    std::string scope = attempt.credential.substr(attempt.credential.find('/') + 1);
    while (scope.ends_with('/')) scope.pop_back();
    signature = Signature(attempt.secret, scope,
                          StringToSign(attempt.date, scope,
                                       CanonicalRequest({.method = "POST",
                                                         .target = target,
                                                         .fields = so_far,
                                                         .signed_headers = attempt.signed_headers,
                                                         .payload_hash = kPayload})));
  }
  if (attempt.in_query) {
    target += "&X-Amz-Signature=" + signature;
  } else {
    fields.emplace_back("authorization", attempt.algorithm + " Credential=" + attempt.credential +
                                             ", SignedHeaders=" + attempt.signed_headers +
                                             ", Signature=" + signature);
  }
  const FieldList all(fields);
  KeyRing keys;
  (void)keys.AddProfiles(
      "[a]\naws_access_key_id=AKID\naws_secret_access_key=secret\n"
      "[b]\naws_access_key_id=ASIA\naws_secret_access_key=secret\naws_session_token=tok\n");
  http::Request request;
  request.method = "POST";
  request.target = target;
  request.fields = &all;
  const auto scope = CheckSignature(request, attempt.payload, keys, kNow);
  if (!scope) return std::string(scope.error().type) + ": " + scope.error().message;
  return scope->access_key + " " + scope->date + " " + scope->region + " " + scope->service;
}

TEST(SignatureCheckTest, AcceptsWhatIsSigned) {
  const std::string good = "AKID 20150830 eu-west-1 dynamodb";
  EXPECT_EQ(Check({}), good);
  EXPECT_EQ(Check({.in_query = true}), good);
  EXPECT_EQ(Check({.target = "/a%20b"}), good);
  EXPECT_EQ(Check({.date = "20150830T122100Z"}), good);  // 15 minutes
  EXPECT_EQ(Check({.date = "20150830T125100Z"}), good);
  EXPECT_EQ(Check({.token = "whatever"}), good);
  EXPECT_EQ(Check({.credential = "AKID/20150830/eu-west-1/dynamodb/aws4_request/"}), good);
  EXPECT_EQ(Check({.credential = "AKID/20150830/my-region/dynamodb/aws4_request"}),
            "AKID 20150830 my-region dynamodb");
}

constexpr const char* kMismatch =
    "InvalidSignatureException: The request signature we calculated does not match the signature "
    "you provided. Check your AWS Secret Access Key and signing method. Consult the service "
    "documentation for details.";

TEST(SignatureCheckTest, RefusesInTheServicesWords) {
  struct Case {
    const char* name;
    Attempt attempt;
    const char* expected;
  };
  const Case cases[] = {
      {"wrong secret", {.secret = "Secret"}, kMismatch},
      {"wrong secret in the query", {.secret = "Secret", .in_query = true}, kMismatch},
      {"changed body", {.payload = "0000"}, kMismatch},
      {"short signature", {.signature = "ab"}, kMismatch},
      {"upper case", {.signature = std::string(64, 'A')}, kMismatch},
      {"unknown key",
       {.credential = "OTHER/20150830/eu-west-1/dynamodb/aws4_request"},
       "UnrecognizedClientException: The security token included in the request is invalid."},
      {"unknown key and wrong secret",
       {.secret = "x", .credential = "OTHER/20150830/eu-west-1/dynamodb/aws4_request"},
       "UnrecognizedClientException: The security token included in the request is invalid."},
      {"token missing",
       {.credential = "ASIA/20150830/eu-west-1/dynamodb/aws4_request"},
       "UnrecognizedClientException: The security token included in the request is invalid"},
      {"another token",
       {.credential = "ASIA/20150830/eu-west-1/dynamodb/aws4_request", .token = "toc"},
       "UnrecognizedClientException: The security token included in the request is invalid"},
      {"too old",
       {.date = "20150830T122059Z"},
       "InvalidSignatureException: Signature expired: 20150830T122059Z is now earlier than "
       "20150830T122100Z (20150830T123600Z - 15 min.)"},
      {"too new",
       {.date = "20150830T125101Z"},
       "InvalidSignatureException: Signature not yet current: 20150830T125101Z is still later than "
       "20150830T125100Z (20150830T123600Z + 15 min.)"},
      {"expiry before everything else",
       {.algorithm = "AWS4-X",
        .credential = "a",
        .signed_headers = "x",
        .date = "20150730T000000Z"},
       "InvalidSignatureException: Signature expired: 20150730T000000Z is now earlier than "
       "20150830T122100Z (20150830T123600Z - 15 min.)"},
      {"no such day",
       {.date = "20150230T123600Z"},
       "IncompleteSignatureException: Date must be in ISO-8601 'basic format'. Got "
       "'20150230T123600Z'. See http://en.wikipedia.org/wiki/ISO_8601"},
      {"host not signed",
       {.algorithm = "AWS4-X", .signed_headers = "x-amz-date"},
       "InvalidSignatureException: 'Host' must be a 'SignedHeader' in the AWS Authorization."},
      {"another algorithm",
       {.algorithm = "AWS4-ECDSA-P256-SHA256", .credential = "a/b"},
       "IncompleteSignatureException: Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only "
       "AWS4-HMAC-SHA256 for now). "},
      {"four elements",
       {.credential = "a/b/c/d"},
       "IncompleteSignatureException: Credential must have exactly 5 slash-delimited elements, "
       "e.g. keyid/date/region/service/term, got 'a/b/c/d'"},
      {"six elements",
       {.credential = "AK/ID/20150830/eu-west-1/dynamodb/aws4_request"},
       "IncompleteSignatureException: Credential must have exactly 5 slash-delimited elements, "
       "e.g. keyid/date/region/service/term, got 'AK/ID/20150830/eu-west-1/dynamodb/aws4_request'"},
      {"another service",
       {.credential = "AKID/20150830/eu-west-1/execute-api/aws4_request"},
       "InvalidSignatureException: Credential should be scoped to correct service: 'dynamodb'. "},
      {"everything in the scope",
       {.credential = "OTHER/20150829//s3/aws5"},
       "InvalidSignatureException: Credential should be scoped to a valid region, not ''. "
       "Credential should be scoped to correct service: 'dynamodb'. Credential should be scoped "
       "with a valid terminator: 'aws4_request', not 'aws5'. Date in Credential scope does not "
       "match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from "
       "'20150830T123600Z'."},
  };
  for (const Case& c : cases) EXPECT_EQ(Check(c.attempt), c.expected) << c.name;
}

TEST(SignatureCheckTest, ExplainsWhatItSigns) {
  const FieldList fields({{"host", "h"},
                          {"x-amz-date", "20150830T123600Z"},
                          {"authorization",
                           "AWS4-HMAC-SHA256 Credential=A/20150830/r/dynamodb/aws4_request, "
                           "SignedHeaders=host, Signature=x"}});
  http::Request request;
  request.method = "POST";
  request.target = "/";
  request.fields = &fields;
  EXPECT_EQ(Explain(request, "#"),
            "canonical request:\nPOST\n/\n\nhost:h\n\nhost\n#\nstring to sign:\nAWS4-HMAC-SHA256\n"
            "20150830T123600Z\n20150830/r/dynamodb/aws4_request\n"
            "be81093665b87a78ae0041090f8998a0ca64e8d4de0e668cb7bba2ddf6184e7c");
}

}  // namespace
}  // namespace dynarock::protocol
