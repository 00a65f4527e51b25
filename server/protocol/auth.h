// How a request authenticates itself. Without configured keys any signature is good and only the
// shape is checked; with keys see signature_check.h.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

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
  std::string hint = {};  // plain words for the field x-dynarock-hint; empty: none

  friend bool operator==(const AuthError&, const AuthError&) = default;
};

// The parts of an Authorization field or of the X-Amz-... query parameters. All are there, though
// not yet looked at. Views into the request's head or into `decoded`.
struct Authorization {
  Authorization() = default;
  Authorization(Authorization&&) = default;
  Authorization& operator=(Authorization&&) = default;
  Authorization(const Authorization&) = delete;
  Authorization& operator=(const Authorization&) = delete;

  std::string_view algorithm;
  std::string_view credential;
  std::string_view signed_headers;
  std::string_view signature;
  std::string_view date;
  std::string_view token;  // X-Amz-Security-Token of the query; empty: none
  std::vector<std::string> decoded;
};

// Takes the Authorization field or, without one, the query parameters apart; texts and their order
// were recorded on the service by dynalite. `target` is the request's path and query.
std::expected<Authorization, AuthError> ReadAuthorization(const http::Fields& fields,
                                                          std::string_view target);

// "Date must be in ISO-8601 'basic format'. Got '<date>'. ...".
AuthError DateNotBasic(std::string_view date);

// Single checks behind that, in the service's order (recorded by dynalite).
std::expected<void, AuthError> CheckDateFormat(const Authorization& authorization);
std::expected<void, AuthError> CheckHostIsSigned(const Authorization& authorization);

// All of the above, for any key and any signature.
std::expected<CredentialScope, AuthError> CheckAuth(const http::Fields& fields,
                                                    std::string_view target);

// `text` with %XX decoded and + taken for a space; what does not follow a % in the right way stays
// as it is.
std::string PercentDecoded(std::string_view text);

}  // namespace dynarock::protocol
