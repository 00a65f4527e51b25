#include "server/protocol/auth.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>

#include "storage/item/text.h"

namespace dynarock::protocol {
namespace {

using Failure = std::unexpected<AuthError>;

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const std::string_view part : parts) all += part;
  return all;
}

Failure Incomplete(std::string message) {
  return Failure({"IncompleteSignatureException", std::move(message)});
}

Failure Invalid(std::string message) {
  return Failure({"InvalidSignatureException", std::move(message)});
}

// Cuts off everything up to the first `separator`, or, if it comes earlier, the first `other`. Each
// by itself: find_first_of is slow, and these texts are long.
std::string_view Next(std::string_view& rest, char separator, char other) {
  const std::size_t end = std::min(rest.find(separator), rest.find(other));
  const std::string_view piece = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return piece;
}
std::string_view Next(std::string_view& rest, char separator) {
  return Next(rest, separator, separator);
}

// YYYYMMDDTHHMMSSZ
bool IsBasicIso8601(std::string_view date) {
  if (date.size() != 16 || date[8] != 'T' || date[15] != 'Z') return false;
  for (std::size_t i = 0; i < 15; ++i) {
    if (i != 8 && (date[i] < '0' || date[i] > '9')) return false;
  }
  return true;
}

bool SignsHost(std::string_view signed_headers) {
  while (!signed_headers.empty()) {
    const std::string_view name = Trimmed(Next(signed_headers, ';'));
    if (name.size() == 4 && (name[0] | 32) == 'h' && (name[1] | 32) == 'o' &&
        (name[2] | 32) == 's' && (name[3] | 32) == 't') {
      return true;
    }
  }
  return false;
}

CredentialScope ParseScope(std::string_view credential) {
  CredentialScope scope;
  // From the right: local keys are made up freely and may hold a slash.
  std::array<std::string_view, 4> parts;
  std::string_view rest = credential;
  for (std::size_t i = parts.size(); i-- > 0;) {
    const std::size_t slash = rest.rfind('/');
    if (slash == std::string_view::npos) {
      scope.access_key = credential.substr(0, credential.find('/'));
      return scope;
    }
    parts[i] = rest.substr(slash + 1);
    rest = rest.substr(0, slash);
  }
  scope.access_key = rest;
  scope.date = parts[0];
  if (!parts[1].empty()) scope.region = parts[1];
  scope.service = parts[2];
  return scope;
}

std::expected<Authorization, AuthError> ReadHeader(const http::Fields& fields,
                                                   std::string_view header) {
  std::string_view credential, signature;
  std::optional<std::string_view> signed_headers, malformed;
  Authorization authorization;
  std::string_view rest = Trimmed(header);
  authorization.algorithm = Next(rest, ',', ' ');
  while (!rest.empty()) {
    const std::string_view element = Trimmed(Next(rest, ',', ' '));
    if (element.empty()) continue;
    const std::size_t equals = element.find('=');
    if (equals == std::string_view::npos) {
      if (!malformed) malformed = element;
      continue;
    }
    const std::string_view name = element.substr(0, equals);
    const std::string_view value = element.substr(equals + 1);
    if (name == "Credential") credential = value;
    if (name == "Signature") signature = value;
    if (name == "SignedHeaders") signed_headers = value;
  }
  auto date = fields.Find("x-amz-date");
  if (!date || date->empty()) date = fields.Find("date");

  const bool has_date = date && !date->empty();
  // Here the service takes an empty list of signed headers.
  if (credential.empty() || signature.empty() || !signed_headers || !has_date) {
    const auto unless = [](bool present, std::string_view text) {
      return present ? std::string_view{} : text;
    };
    return Incomplete(
        Join({unless(!credential.empty(), "Authorization header requires 'Credential' parameter. "),
              unless(!signature.empty(), "Authorization header requires 'Signature' parameter. "),
              unless(signed_headers.has_value(),
                     "Authorization header requires 'SignedHeaders' parameter. "),
              unless(has_date,
                     "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' "
                     "header. "),
              "Authorization=", header}));
  }
  if (malformed) {
    return Incomplete(
        Join({"'", *malformed,
              "' not a valid key=value pair (missing equal-sign) in Authorization header: '",
              header, "'."}));
  }
  authorization.credential = credential;
  authorization.signed_headers = *signed_headers;
  authorization.signature = signature;
  authorization.date = *date;
  return authorization;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 32);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The first five have to be there.
constexpr std::array<std::string_view, 6> kQueryNames = {"X-Amz-Algorithm", "X-Amz-Credential",
                                                         "X-Amz-Signature", "X-Amz-SignedHeaders",
                                                         "X-Amz-Date",      "X-Amz-Security-Token"};
using QueryParameters = std::array<std::optional<std::string>, kQueryNames.size()>;

QueryParameters ParseQuery(std::string_view target) {
  QueryParameters parameters;
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return parameters;
  std::string_view query = target.substr(mark + 1);
  query = query.substr(0, query.find('#'));
  while (!query.empty()) {
    std::string_view value = Next(query, '&');
    const std::string name = PercentDecoded(Next(value, '='));
    for (std::size_t i = 0; i < kQueryNames.size(); ++i) {
      if (name == kQueryNames[i] && !parameters[i]) parameters[i] = PercentDecoded(value);
    }
  }
  return parameters;
}

std::expected<Authorization, AuthError> ReadQuery(QueryParameters parameters) {
  std::string absent;
  Authorization authorization;
  authorization.decoded.resize(kQueryNames.size());
  for (std::size_t i = 0; i < kQueryNames.size(); ++i) {
    if (parameters[i]) authorization.decoded[i] = std::move(*parameters[i]);
    if (i == 5 || !authorization.decoded[i].empty()) continue;
    absent += Join({"AWS query-string parameters must include '", kQueryNames[i], "'. "});
  }
  if (!absent.empty()) {
    return Incomplete(Join({absent, "Re-examine the query-string parameters."}));
  }
  authorization.algorithm = authorization.decoded[0];
  authorization.credential = authorization.decoded[1];
  authorization.signature = authorization.decoded[2];
  authorization.signed_headers = authorization.decoded[3];
  authorization.date = authorization.decoded[4];
  authorization.token = authorization.decoded[5];
  return authorization;
}

}  // namespace

std::string PercentDecoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 &&
        HexDigit(text[i + 2]) >= 0) {
      out += static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

std::expected<Authorization, AuthError> ReadAuthorization(const http::Fields& fields,
                                                          std::string_view target) {
  const auto header = fields.Find("authorization");
  const bool has_header = header && !header->empty();
  // Hardly ever there: the usual request does not pay for it.
  std::optional<QueryParameters> query;
  if (target.find('?') != std::string_view::npos) query = ParseQuery(target);
  const bool has_query = query && (*query)[0].has_value();
  if (has_header && has_query) {
    return Invalid(
        "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
  }
  if (has_header ? !Trimmed(*header).starts_with("AWS4-") : !has_query) {
    return Failure(
        {"MissingAuthenticationTokenException", "Request is missing Authentication Token"});
  }
  if (has_header) return ReadHeader(fields, *header);
  return ReadQuery(std::move(*query));
}

AuthError DateNotBasic(std::string_view date) {
  return Incomplete(Join({"Date must be in ISO-8601 'basic format'. Got '", date,
                          "'. See http://en.wikipedia.org/wiki/ISO_8601"}))
      .error();
}

std::expected<void, AuthError> CheckDateFormat(const Authorization& authorization) {
  if (IsBasicIso8601(authorization.date)) return {};
  return std::unexpected(DateNotBasic(authorization.date));
}

std::expected<void, AuthError> CheckHostIsSigned(const Authorization& authorization) {
  if (SignsHost(authorization.signed_headers)) return {};
  return Invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
}

std::expected<CredentialScope, AuthError> CheckAuth(const http::Fields& fields,
                                                    std::string_view target) {
  const auto authorization = ReadAuthorization(fields, target);
  if (!authorization) return std::unexpected(authorization.error());
  if (auto ok = CheckDateFormat(*authorization); !ok) return std::unexpected(ok.error());
  if (auto ok = CheckHostIsSigned(*authorization); !ok) return std::unexpected(ok.error());
  return ParseScope(authorization->credential);
}

}  // namespace dynarock::protocol
