#include "server/crypto/tls_context.h"

#include <array>
#include <new>

#include <mbedtls/pk.h>
#include <mbedtls/ssl.h>
#include <mbedtls/ssl_ciphersuites.h>
#include <mbedtls/x509_crt.h>

#include "server/crypto/random.h"
#include "server/crypto/sha256.h"

namespace dynarock::crypto {

namespace {

constexpr int kSuites[] = {MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                           MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                           MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                           MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                           MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                           MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
                           0};
// mbedTLS keeps the pointer.
const char* g_protocols[] = {"http/1.1", nullptr};

}  // namespace

struct TlsContext::Impl {
  Impl() {
    mbedtls_x509_crt_init(&chain);
    mbedtls_pk_init(&key);
    mbedtls_ssl_config_init(&config);
  }
  ~Impl() {
    mbedtls_ssl_config_free(&config);
    mbedtls_pk_free(&key);
    mbedtls_x509_crt_free(&chain);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // One signature: shows that the key works, and makes mbedTLS compute the table of its curve,
  // which it would otherwise do in the first handshakes, on several threads at once and without a
  // lock.
  int TryKey() {
    const Digest digest = Sha256("dynarock");
    std::array<unsigned char, MBEDTLS_PK_SIGNATURE_MAX_SIZE> signature;
    std::size_t size = 0;
    return mbedtls_pk_sign(&key, MBEDTLS_MD_SHA256, digest.data(), digest.size(), signature.data(),
                           &size, RandomBytes, nullptr);
  }

  int Configure(int endpoint) {
    const int status = mbedtls_ssl_config_defaults(&config, endpoint, MBEDTLS_SSL_TRANSPORT_STREAM,
                                                   MBEDTLS_SSL_PRESET_DEFAULT);
    if (status != 0) return status;
    mbedtls_ssl_conf_rng(&config, RandomBytes, nullptr);
    mbedtls_ssl_conf_min_version(&config, MBEDTLS_SSL_MAJOR_VERSION_3, MBEDTLS_SSL_MINOR_VERSION_3);
    mbedtls_ssl_conf_ciphersuites(&config, kSuites);
    mbedtls_ssl_conf_authmode(&config, MBEDTLS_SSL_VERIFY_NONE);  // of the other side
    return mbedtls_ssl_conf_alpn_protocols(&config, g_protocols);
  }

  mbedtls_x509_crt chain;
  mbedtls_pk_context key;
  mbedtls_ssl_config config;
};

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

TlsContext::~TlsContext() = default;

const mbedtls_ssl_config& TlsContext::config() const {
  return impl_->config;
}

std::expected<std::shared_ptr<const TlsContext>, std::string> TlsContext::Make(
    const PemPair& pair) {
  if (const auto facts = ReadCertificate(pair.certificate); !facts) {
    return std::unexpected("the certificate: " + facts.error());
  }
  auto impl = std::make_unique<Impl>();
  int status = mbedtls_x509_crt_parse(
      &impl->chain, reinterpret_cast<const unsigned char*>(pair.certificate.c_str()),
      pair.certificate.size() + 1);
  if (status != 0) return std::unexpected("the certificate: " + Describe(status));
  if (pair.key.find("-----BEGIN ") == std::string::npos) {
    return std::unexpected("the key: it holds no private key in PEM form");
  }
  status =
      mbedtls_pk_parse_key(&impl->key, reinterpret_cast<const unsigned char*>(pair.key.c_str()),
                           pair.key.size() + 1, nullptr, 0);
  if (status == MBEDTLS_ERR_PK_PASSWORD_REQUIRED) {
    return std::unexpected("the key: it is encrypted; dynarock takes keys without a password");
  }
  if (status != 0) return std::unexpected("the key: " + Describe(status));
  if (mbedtls_pk_check_pair(&impl->chain.pk, &impl->key) != 0) {
    return std::unexpected("the key is not that of the certificate");
  }
  status = impl->TryKey();
  if (status != 0) return std::unexpected("the key: " + Describe(status));

  status = impl->Configure(MBEDTLS_SSL_IS_SERVER);
  if (status != 0) return std::unexpected(Describe(status));
  status = mbedtls_ssl_conf_own_cert(&impl->config, &impl->chain, &impl->key);
  if (status != 0) return std::unexpected(Describe(status));
  return std::shared_ptr<const TlsContext>(new TlsContext(std::move(impl)));
}

std::shared_ptr<const TlsContext> TlsContext::MakeTrustingClient() {
  auto impl = std::make_unique<Impl>();
  if (impl->Configure(MBEDTLS_SSL_IS_CLIENT) != 0) throw std::bad_alloc();
  return std::shared_ptr<const TlsContext>(new TlsContext(std::move(impl)));
}

}  // namespace dynarock::crypto
