#include "server/protocol/signature_check.h"

#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include "server/crypto/sha256.h"
#include "server/protocol/signature.h"

namespace dynarock::protocol {

namespace {

constexpr std::string_view kService = "dynamodb";
constexpr std::string_view kTerminator = "aws4_request";

using Checked = std::expected<void, AuthError>;

std::unexpected<AuthError> Fail(std::string_view type, std::string message, std::string hint = {}) {
  return std::unexpected(AuthError{type, std::move(message), std::move(hint)});
}

std::unexpected<AuthError> Invalid(std::string message, std::string hint = {}) {
  return Fail("InvalidSignatureException", std::move(message), std::move(hint));
}

int Digits(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// YYYYMMDDTHHMMSSZ to seconds since the epoch; nothing for a day or time that does not exist.
std::optional<std::int64_t> Seconds(std::string_view date) {
  using namespace std::chrono;
  const year_month_day day{year(Digits(date.substr(0, 4))),
                           month(static_cast<unsigned>(Digits(date.substr(4, 2)))),
                           std::chrono::day(static_cast<unsigned>(Digits(date.substr(6, 2))))};
  const int hour = Digits(date.substr(9, 2));
  const int minute = Digits(date.substr(11, 2));
  const int second = Digits(date.substr(13, 2));
  if (!day.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return sys_days(day).time_since_epoch().count() * std::int64_t{86400} + hour * 3600 +
         minute * 60 + second;
}

std::string Basic(std::int64_t seconds) {
  using namespace std::chrono;
  const sys_seconds time{std::chrono::seconds(seconds)};
  const auto midnight = floor<days>(time);
  const year_month_day day(midnight);
  const auto of_day = (time - midnight).count();
  std::array<char, 64> text;
  const int size = std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ",
                                 static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                                 static_cast<unsigned>(day.day()), static_cast<int>(of_day / 3600),
                                 static_cast<int>(of_day / 60 % 60), static_cast<int>(of_day % 60));
  return {text.data(), static_cast<size_t>(size)};
}

Checked CheckSkew(const Authorization& authorization, std::int64_t now) {
  const std::string date(authorization.date);
  const auto sent = Seconds(date);
  if (!sent) return std::unexpected(DateNotBasic(date));
  constexpr const char* kHint = "The clocks of client and server differ by more than 15 minutes.";
  if (*sent < now - kMostSkewSeconds) {
    return Invalid("Signature expired: " + date + " is now earlier than " +
                       Basic(now - kMostSkewSeconds) + " (" + Basic(now) + " - 15 min.)",
                   kHint);
  }
  if (*sent > now + kMostSkewSeconds) {
    return Invalid("Signature not yet current: " + date + " is still later than " +
                       Basic(now + kMostSkewSeconds) + " (" + Basic(now) + " + 15 min.)",
                   kHint);
  }
  return {};
}

struct Credential {
  std::string_view key_id, date, region, service, terminator;
  std::string_view scope;  // all but the key id
};

std::expected<Credential, AuthError> ParseCredential(std::string_view text) {
  std::string_view rest = text;
  while (rest.ends_with('/')) rest.remove_suffix(1);
  const std::string_view all = rest;
  std::array<std::string_view, 5> parts;
  size_t count = 0;
  for (bool more = true; more; ++count) {
    const size_t slash = rest.find('/');
    more = slash != std::string_view::npos;
    if (count < parts.size()) parts[count] = rest.substr(0, slash);
    if (more) rest.remove_prefix(slash + 1);
  }
  if (count != parts.size()) {
    return Fail("IncompleteSignatureException",
                "Credential must have exactly 5 slash-delimited elements, e.g. "
                "keyid/date/region/service/term, got '" +
                    std::string(text) + "'",
                "An access key id cannot hold a slash; are key id and secret exchanged?");
  }
  return Credential{.key_id = parts[0],
                    .date = parts[1],
                    .region = parts[2],
                    .service = parts[3],
                    .terminator = parts[4],
                    .scope = all.substr(parts[0].size() + 1)};
}

Checked CheckScope(const Credential& credential, std::string_view date) {
  std::string wrong;
  if (credential.region.empty()) {
    wrong += "Credential should be scoped to a valid region, not ''. ";
  }
  if (credential.service != kService) {
    wrong += "Credential should be scoped to correct service: 'dynamodb'. ";
  }
  if (credential.terminator != kTerminator) {
    wrong.append("Credential should be scoped with a valid terminator: 'aws4_request', not '");
    wrong.append(credential.terminator).append("'. ");
  }
  const std::string_view day = date.substr(0, 8);
  if (credential.date != day) {
    wrong.append("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date ");
    wrong.append("from HTTP: '").append(credential.date).append("' != '").append(day);
    wrong.append("', from '").append(date).append("'.");
  }
  if (wrong.empty()) return {};
  return Invalid(std::move(wrong));
}

SignedRequest Signed(const http::Request& request, const Authorization& authorization,
                     std::string_view payload_hash) {
  return {.method = request.method,
          .target = request.target,
          .fields = *request.fields,
          .signed_headers = authorization.signed_headers,
          .payload_hash = payload_hash};
}

Checked CheckToken(const Authorization& authorization, const http::Fields& fields,
                   const AccessKey& key) {
  const std::string_view token = authorization.token.empty()
                                     ? fields.Find("x-amz-security-token").value_or("")
                                     : authorization.token;
  if (key.token.empty() || crypto::EqualSecrets(token, key.token)) return {};
  return Fail("UnrecognizedClientException",
              "The security token included in the request is invalid",
              "This key is configured with a session token, and the request has another or none.");
}

}  // namespace

std::expected<CredentialScope, AuthError> CheckSignature(const http::Request& request,
                                                         std::string_view payload_hash,
                                                         const KeyRing& keys, std::int64_t now) {
  const auto read = ReadAuthorization(*request.fields, request.target);
  if (!read) return std::unexpected(read.error());
  const Authorization& authorization = *read;
  if (auto ok = CheckDateFormat(authorization); !ok) return std::unexpected(ok.error());
  if (auto ok = CheckSkew(authorization, now); !ok) return std::unexpected(ok.error());
  if (auto ok = CheckHostIsSigned(authorization); !ok) return std::unexpected(ok.error());
  if (authorization.algorithm != kAlgorithm) {
    return Fail("IncompleteSignatureException", "Unsupported AWS 'algorithm': '" +
                                                    std::string(authorization.algorithm) +
                                                    "' (only AWS4-HMAC-SHA256 for now). ");
  }
  const auto credential = ParseCredential(authorization.credential);
  if (!credential) return std::unexpected(credential.error());
  if (auto ok = CheckScope(*credential, authorization.date); !ok) {
    return std::unexpected(ok.error());
  }
  const AccessKey* key = keys.Find(credential->key_id);
  if (key == nullptr) {
    return Fail("UnrecognizedClientException",
                "The security token included in the request is invalid.",
                "This server was started with keys of its own, and the request's key id is not "
                "one of them.");
  }
  const std::string canonical = CanonicalRequest(Signed(request, authorization, payload_hash));
  const std::string expected =
      Signature(key->secret, credential->scope,
                StringToSign(authorization.date, credential->scope, canonical));
  if (!crypto::EqualSecrets(authorization.signature, expected)) {
    return Invalid(
        "The request signature we calculated does not match the signature you provided. Check your "
        "AWS Secret Access Key and signing method. Consult the service documentation for details.",
        "The secret is not the one configured for this key id, or something changed the request on "
        "its way; --log-level debug shows what the server signs.");
  }
  if (auto ok = CheckToken(authorization, *request.fields, *key); !ok) {
    return std::unexpected(ok.error());
  }
  return CredentialScope{.access_key = std::string(credential->key_id),
                         .date = std::string(credential->date),
                         .region = std::string(credential->region),
                         .service = std::string(credential->service)};
}

std::string Explain(const http::Request& request, std::string_view payload_hash) {
  const auto authorization = ReadAuthorization(*request.fields, request.target);
  if (!authorization) return {};
  const std::string canonical = CanonicalRequest(Signed(request, *authorization, payload_hash));
  const size_t slash = authorization->credential.find('/');
  const std::string_view scope = slash == std::string_view::npos
                                     ? std::string_view{}
                                     : authorization->credential.substr(slash + 1);
  return "canonical request:\n" + canonical + "\nstring to sign:\n" +
         StringToSign(authorization->date, scope, canonical);
}

}  // namespace dynarock::protocol
