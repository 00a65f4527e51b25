// The TLS of one connection, between bytes in memory: it knows no socket and never waits.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/crypto/tls_context.h"

namespace dynarock::crypto {

// A server's session, or a client's where the context is one: "the client" below is then the
// server. What the client sent goes in through Room and Received; what the client is to get comes
// out of pending. One thread at a time may use a session, not always the same. Holds about 50 KiB.
class TlsSession {
 public:
  enum class Step {
    kDone,       // the handshake is over; Read: bytes were read
    kNeedInput,  // nothing more until the client has sent more
    kClosed,     // the client has said that it will send no more
    kFailed,     // this connection is of no use any more; pending may hold an alert
  };
  struct Plain {
    Step step;
    std::size_t count = 0;  // bytes read, above zero with kDone
  };

  // `context` must outlive the session.
  explicit TlsSession(const TlsContext& context);
  ~TlsSession();
  TlsSession(const TlsSession&) = delete;
  TlsSession& operator=(const TlsSession&) = delete;

  // Memory for what comes from the client, never empty; Received tells how much of it was filled.
  std::span<char> Room();
  void Received(std::size_t count);

  // Goes on with the handshake. Computes for some milliseconds.
  Step Shake();
  // Why Shake or Read failed.
  std::string error() const;

  // Decrypts into `out`. Call again until it says kNeedInput.
  Plain Read(std::span<char> out);
  // Encrypts all of `plain`; false when the session has failed before.
  bool Write(std::string_view plain);
  // Says that no more will come.
  void Close();

  // To be sent to the client; stays as it is until the next call of Sent, Shake, Read, Write or
  // Close.
  std::string_view pending() const;
  // All of pending was sent, or nobody is there any more.
  void Sent();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dynarock::crypto
