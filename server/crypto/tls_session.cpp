#include "server/crypto/tls_session.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include <mbedtls/ssl.h>

#include "server/crypto/random.h"

namespace dynarock::crypto {

namespace {

// Memory for replies up to this size is kept for the next one.
constexpr std::size_t kKept = 64 * 1024;

}  // namespace

struct TlsSession::Impl {
  explicit Impl(const TlsContext& context) {
    mbedtls_ssl_init(&ssl);
    if (mbedtls_ssl_setup(&ssl, &context.config()) != 0) throw std::bad_alloc();
    mbedtls_ssl_set_bio(&ssl, this, &Impl::Send, &Impl::Receive, nullptr);
  }
  ~Impl() { mbedtls_ssl_free(&ssl); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  static int Send(void* self, const unsigned char* bytes, std::size_t size) {
    static_cast<Impl*>(self)->out.append(reinterpret_cast<const char*>(bytes), size);
    return static_cast<int>(size);
  }
  static int Receive(void* self, unsigned char* bytes, std::size_t size) {
    Impl& impl = *static_cast<Impl*>(self);
    const std::size_t count = std::min(size, impl.end - impl.begin);
    if (count == 0) return MBEDTLS_ERR_SSL_WANT_READ;
    std::memcpy(bytes, impl.in.data() + impl.begin, count);
    impl.begin += count;
    return static_cast<int>(count);
  }

  Step StepOf(int result) {
    if (result == MBEDTLS_ERR_SSL_WANT_READ) return Step::kNeedInput;
    if (result == MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY) {
      closed = true;
      return Step::kClosed;
    }
    status = result;
    return Step::kFailed;
  }

  mbedtls_ssl_context ssl;
  bool closed = false;    // by the other side
  int status = 0;         // the failure, once there was one
  std::size_t begin = 0;  // what mbedTLS has not taken yet stands in
  std::size_t end = 0;    // [begin, end) of in
  std::array<char, 16 * 1024> in;
  std::string out;
};

TlsSession::TlsSession(const TlsContext& context) : impl_(std::make_unique<Impl>(context)) {}

TlsSession::~TlsSession() = default;

std::span<char> TlsSession::Room() {
  Impl& impl = *impl_;
  if (impl.begin > 0) {
    std::memmove(impl.in.data(), impl.in.data() + impl.begin, impl.end - impl.begin);
    impl.end -= impl.begin;
    impl.begin = 0;
  }
  return std::span(impl.in).subspan(impl.end);
}

void TlsSession::Received(std::size_t count) {
  impl_->end += count;
}

TlsSession::Step TlsSession::Shake() {
  if (impl_->status != 0) return Step::kFailed;
  const int result = mbedtls_ssl_handshake(&impl_->ssl);
  return result == 0 ? Step::kDone : impl_->StepOf(result);
}

std::string TlsSession::error() const {
  std::string text = Describe(impl_->status);
  if (impl_->status == MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE) {
    text += " (a client that does not trust the certificate?)";
  }
  return text;
}

TlsSession::Plain TlsSession::Read(std::span<char> out) {
  if (impl_->status != 0) return {Step::kFailed};
  if (impl_->closed) return {Step::kClosed};
  const int result =
      mbedtls_ssl_read(&impl_->ssl, reinterpret_cast<unsigned char*>(out.data()), out.size());
  if (result > 0) return {Step::kDone, static_cast<std::size_t>(result)};
  return {impl_->StepOf(result == 0 ? MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY : result)};
}

bool TlsSession::Write(std::string_view plain) {
  while (!plain.empty()) {
    if (impl_->status != 0) return false;
    const int result = mbedtls_ssl_write(
        &impl_->ssl, reinterpret_cast<const unsigned char*>(plain.data()), plain.size());
    if (result < 0) {
      impl_->status = result;
      return false;
    }
    plain.remove_prefix(static_cast<std::size_t>(result));
  }
  return true;
}

void TlsSession::Close() {
  if (impl_->status == 0) mbedtls_ssl_close_notify(&impl_->ssl);
}

std::string_view TlsSession::pending() const {
  return impl_->out;
}

void TlsSession::Sent() {
  impl_->out.clear();
  if (impl_->out.capacity() > kKept) std::string().swap(impl_->out);
}

}  // namespace dynarock::crypto
