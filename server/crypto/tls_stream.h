// TLS for callers that may wait: a session between two functions that move bytes.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <sys/types.h>

#include "server/crypto/tls_session.h"

namespace dynarock::crypto {

// Blocks as long as the two functions do. Calls that fail leave whatever errno they set.
class TlsStream {
 public:
  using SendBytes = std::function<bool(std::string_view)>;
  // Bytes received; 0 at the end of the stream, negative on failure.
  using ReceiveBytes = std::function<ssize_t(std::span<char>)>;

  // `context` must outlive the stream.
  TlsStream(const TlsContext& context, SendBytes send, ReceiveBytes receive)
      : session_(context), send_(std::move(send)), receive_(std::move(receive)) {}

  // The handshake; call first. False when it fails, on the other side's part or on the way.
  bool Shake();
  bool Send(std::string_view plain);
  // Bytes decrypted; 0 at the end of the stream, negative on failure.
  ssize_t Receive(std::span<char> into);

 private:
  bool Flush();
  // Waits for more from the other side; what receive_ returned.
  ssize_t Fill();

  TlsSession session_;
  SendBytes send_;
  ReceiveBytes receive_;
};

}  // namespace dynarock::crypto
