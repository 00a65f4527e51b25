// Certificates and their keys as PEM text: making a self-signed one, looking at one.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace dynarock::crypto {

// A certificate, maybe with its chain behind it, and the private key of the first.
struct PemPair {
  std::string certificate;
  std::string key;
};

// A new key on the curve P-256 and a certificate for `names` that it signs itself, valid from a day
// before `now` (seconds since the epoch) for kSelfSignedDays. Names are DNS names or numeric IP
// addresses, at least one. It is an end entity's certificate, not an authority's: whoever trusts it
// trusts this server and nothing else. The error is one line; only the machine can cause it.
std::expected<PemPair, std::string> MakeSelfSigned(const std::vector<std::string>& names,
                                                   std::int64_t now);
// Apple's clients accept no more than 825 days (support.apple.com/103769).
inline constexpr int kSelfSignedDays = 800;

// What stands in the first certificate of a PEM text.
struct CertificateFacts {
  std::vector<std::string> names;  // DNS names and IP addresses of subjectAltName
  std::string not_after;           // last day of validity, YYYYMMDD
};

// The error is half a sentence, such as "it holds no certificate in PEM form".
std::expected<CertificateFacts, std::string> ReadCertificate(std::string_view pem);

// A numeric address as CertificateFacts has it; other names as they are.
std::string NormalName(const std::string& name);

// YYYYMMDD of a time in seconds since the epoch, UTC.
std::string Day(std::int64_t seconds);

}  // namespace dynarock::crypto
