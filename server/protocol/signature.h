// The arithmetic of AWS Signature Version 4, as the IAM User Guide describes it ("Create a signed
// AWS API request"), for services other than S3.
#pragma once

#include <string>
#include <string_view>

#include "server/http/handler.h"

namespace dynarock::protocol {

// What of a request is signed.
struct SignedRequest {
  std::string_view method;
  std::string_view target;  // path and query as sent
  const http::Fields& fields;
  std::string_view signed_headers;  // names with ; between them
  std::string_view payload_hash;    // SHA-256 of the body as it was sent, 64 hexadecimal digits
};

// Path without dot segments and encoded once more, parameters sorted and without X-Amz-Signature,
// names of fields in lower case and sorted, white space within values reduced to one space. A field
// that the request does not have counts as empty (observed: the service prints "connection:").
std::string CanonicalRequest(const SignedRequest& request);

// `scope`: <date>/<region>/<service>/aws4_request; `date`: X-Amz-Date.
std::string StringToSign(std::string_view date, std::string_view scope,
                         std::string_view canonical_request);

// 64 hexadecimal digits. The key is derived from the parts of `scope`.
std::string Signature(std::string_view secret, std::string_view scope,
                      std::string_view string_to_sign);

inline constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

}  // namespace dynarock::protocol
