#include "server/program/certificate_files.h"

#include <algorithm>
#include <ctime>
#include <string_view>

#include <unistd.h>

#include "server/crypto/certificate.h"
#include "server/document/file.h"

namespace dynarock::program {

namespace {

using Failure = std::unexpected<std::string>;
using Context = std::shared_ptr<const crypto::TlsContext>;

std::vector<std::string> Names(const TlsSettings& settings) {
  std::vector<std::string> names = {"localhost", "127.0.0.1", "::1"};
  for (const std::string& given : settings.names) {
    const std::string name = crypto::NormalName(given);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

std::expected<Context, std::string> Given(const TlsSettings& settings) {
  const auto certificate = document::ReadSmallFile(settings.certificate);
  if (!certificate) return Failure(certificate.error());
  const auto key = document::ReadSmallFile(settings.key);
  if (!key) return Failure(key.error());
  auto context = crypto::TlsContext::Make({*certificate, *key});
  if (!context) {
    return Failure("cannot use " + settings.certificate + " and " + settings.key +
                   " for TLS: " + context.error());
  }
  return *context;
}

bool StillGood(const crypto::CertificateFacts& facts, const std::vector<std::string>& names,
               std::int64_t now) {
  if (facts.not_after < crypto::Day(now + kRenewDays * std::int64_t{86400})) return false;
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(facts.names.begin(), facts.names.end(), name) != facts.names.end();
  });
}

// The pair kept in the data directory, or a new one that is kept from now on.
std::expected<crypto::PemPair, std::string> Kept(const std::vector<std::string>& names,
                                                 const std::string& data_dir, std::int64_t now) {
  const std::string certificate_path = data_dir + "/tls-certificate.pem";
  const std::string key_path = data_dir + "/tls-key.pem";
  if (access(certificate_path.c_str(), F_OK) == 0) {
    auto certificate = document::ReadSmallFile(certificate_path);
    if (!certificate) return Failure(certificate.error());
    const auto facts = crypto::ReadCertificate(*certificate);
    if (!facts) {
      return Failure("cannot use " + certificate_path + ": " + facts.error() +
                     "; remove it to get a new one");
    }
    if (StillGood(*facts, names, now)) {
      auto key = document::ReadSmallFile(key_path);
      if (!key) return Failure(key.error());
      return crypto::PemPair{std::move(*certificate), std::move(*key)};
    }
  }
  auto made = crypto::MakeSelfSigned(names, now);
  if (!made) return made;
  // The key first: a certificate without its key would end every later start.
  if (auto kept = document::ReplaceFile(key_path, made->key, document::FileMode::kPrivate); !kept)
    return Failure(kept.error());
  if (auto kept =
          document::ReplaceFile(certificate_path, made->certificate, document::FileMode::kPublic);
      !kept) {
    return Failure(kept.error());
  }
  return made;
}

bool IsName(std::string_view name) {
  return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == '*' || c == ':';
  });
}

}  // namespace

std::string Complete(TlsSettings& settings) {
  const bool given = !settings.certificate.empty();
  if (given != !settings.key.empty()) return "--tls-cert and --tls-key belong together";
  if (given && !settings.names.empty()) {
    return "--tls-name is for the server's own certificate; --tls-cert has its names already";
  }
  if (given && !settings.certificate_out.empty()) {
    return "--tls-cert-out is for the server's own certificate; --tls-cert is in a file already";
  }
  if (given) settings.enabled = true;
  if (!settings.enabled && !settings.names.empty()) return "--tls-name needs --tls";
  if (!settings.enabled && !settings.certificate_out.empty()) return "--tls-cert-out needs --tls";
  for (const std::string& name : settings.names) {
    if (!IsName(name)) return "--tls-name: \"" + name + "\" is neither a host name nor an address";
  }
  return {};
}

std::expected<Context, std::string> OpenTls(const TlsSettings& settings,
                                            const std::string& data_dir) {
  if (!settings.enabled) return Context{};
  if (!settings.certificate.empty()) return Given(settings);
  // The machine's time, whatever the server's clock says: clients judge a certificate by theirs.
  const std::int64_t now = std::time(nullptr);
  const std::vector<std::string> names = Names(settings);
  const auto pair =
      data_dir.empty() ? crypto::MakeSelfSigned(names, now) : Kept(names, data_dir, now);
  if (!pair) return Failure(pair.error());
  auto context = crypto::TlsContext::Make(*pair);
  if (!context) {
    return Failure("cannot use the TLS certificate in " + data_dir + ": " + context.error() +
                   "; remove tls-certificate.pem and tls-key.pem there to get new ones");
  }
  if (!settings.certificate_out.empty()) {
    if (auto out = document::ReplaceFile(settings.certificate_out, pair->certificate,
                                         document::FileMode::kPublic);
        !out) {
      return Failure(out.error());
    }
  }
  return *context;
}

}  // namespace dynarock::program
