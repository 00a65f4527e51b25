// What all TLS connections of a server share: certificate, key, settings.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "server/crypto/certificate.h"

struct mbedtls_ssl_config;

namespace dynarock::crypto {

// A server's, or a trusting client's: TLS 1.2 with forward secrecy and authenticated ciphers only;
// ALPN http/1.1. Never changes after Make: sessions on any number of threads may use it.
class TlsContext {
 public:
  // The error is half a sentence: "the key is not that of the certificate".
  static std::expected<std::shared_ptr<const TlsContext>, std::string> Make(const PemPair& pair);
  // For the client's side, with no look at the server's certificate: only for programs that talk to
  // their own server, such as health checks and tests.
  static std::shared_ptr<const TlsContext> MakeTrustingClient();
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  // For TlsSession.
  const mbedtls_ssl_config& config() const;

 private:
  struct Impl;
  explicit TlsContext(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dynarock::crypto
