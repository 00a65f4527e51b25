// Where the server's TLS certificate comes from and where it is kept.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "server/crypto/tls_context.h"

namespace dynarock::program {

struct TlsSettings {
  bool enabled = false;
  std::string certificate;         // a file in PEM form; empty: one of the server's own
  std::string key;                 // a file in PEM form, with `certificate`
  std::vector<std::string> names;  // for the own certificate, beside localhost, 127.0.0.1 and ::1
  std::string certificate_out;     // the own certificate is written to this file; empty: to none
};

// Turns `enabled` on where certificate and key are given. Returns what is wrong with the
// combination, one line; empty: nothing.
std::string Complete(TlsSettings& settings);

// Reads the given certificate, or makes one that signs itself. With a data directory, which has to
// be there, the own certificate is kept in it (tls-certificate.pem, tls-key.pem) and used again
// until it lacks a name or has less than kRenewDays to go. Null when TLS is off. The error is one
// line for the user.
std::expected<std::shared_ptr<const crypto::TlsContext>, std::string> OpenTls(
    const TlsSettings& settings, const std::string& data_dir);
inline constexpr int kRenewDays = 30;

}  // namespace dynarock::program
