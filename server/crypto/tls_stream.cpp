#include "server/crypto/tls_stream.h"

namespace dynarock::crypto {

using Step = TlsSession::Step;

bool TlsStream::Shake() {
  for (;;) {
    const Step step = session_.Shake();
    if (!Flush()) return false;
    if (step == Step::kDone) return true;
    if (step != Step::kNeedInput || Fill() <= 0) return false;
  }
}

bool TlsStream::Send(std::string_view plain) {
  return session_.Write(plain) && Flush();
}

ssize_t TlsStream::Receive(std::span<char> into) {
  for (;;) {
    const TlsSession::Plain plain = session_.Read(into);
    if (plain.step == Step::kDone) return static_cast<ssize_t>(plain.count);
    if (!Flush()) return -1;
    if (plain.step == Step::kClosed) return 0;
    if (plain.step == Step::kFailed) return -1;
    if (const ssize_t count = Fill(); count <= 0) return count;
  }
}

bool TlsStream::Flush() {
  const bool sent = session_.pending().empty() || send_(session_.pending());
  session_.Sent();
  return sent;
}

ssize_t TlsStream::Fill() {
  const ssize_t count = receive_(session_.Room());
  if (count > 0) session_.Received(static_cast<std::size_t>(count));
  return count;
}

}  // namespace dynarock::crypto
