// The shape of a request's authentication. Signatures are not checked: any key is good.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "server/http/handler.h"

namespace dynarock::protocol {

// What the request is signed for: Credential=<access key>/<date>/<region>/<service>/aws4_request.
struct CredentialScope {
  std::string access_key;
  std::string date;                  // YYYYMMDD
  std::string region = "us-east-1";  // also where the credential does not follow the pattern
  std::string service;
};

// Answered with status 400 and {"__type":"com.amazon.coral.service#<type>","message":"<message>"}.
struct AuthError {
  std::string_view type;  // static text
  std::string message;

  friend bool operator==(const AuthError&, const AuthError&) = default;
};

// Checks a request's Authorization header or, without one, its X-Amz-... query parameters; texts
// and their order were recorded on the service by dynalite. `target` is the request's path and
// query.
std::expected<CredentialScope, AuthError> CheckAuth(const http::Fields& fields,
                                                    std::string_view target);

}  // namespace dynarock::protocol
