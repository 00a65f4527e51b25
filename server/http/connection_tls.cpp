// The part of a connection that speaks TLS: between the socket and the requests there is a session
// (server/crypto/tls_session.h) that turns bytes into bytes.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/connection.h"

namespace dynarock::http {

namespace asio = boost::asio;
using boost::system::error_code;
using TlsStep = crypto::TlsSession::Step;

namespace {

// Above this size, encrypting takes longer than a change of threads.
constexpr std::size_t kSealInline = 64 * 1024;
// The first byte of a client that speaks TLS: a record of the type handshake (RFC 5246 A.1).
constexpr char kHandshakeRecord = 0x16;

}  // namespace

// Signing and key agreement take milliseconds, so that each step runs on a worker; the io thread
// only moves the bytes. False when the connection is done with.
asio::awaitable<bool> Connection::ShakeHands() {
  RenewDeadline();
  const std::uint64_t deadline = deadline_;
  bool first = true;
  for (;;) {
    error_code ec;
    const auto room = tls_->Room();
    const std::size_t count = co_await socket_.async_read_some(
        asio::buffer(room.data(), room.size()), asio::redirect_error(asio::use_awaitable, ec));
    if (ec) co_return false;
    if (first && room.front() != kHandshakeRecord) {
      co_await RefusePlainText();
      co_return false;
    }
    first = false;
    tls_->Received(count);
    TlsStep step = TlsStep::kFailed;
    co_await OnWorker([&] { step = tls_->Shake(); });
    const bool flushed = co_await FlushSealed();
    // One deadline for the handshake as a whole.
    deadline_ = deadline;
    if (step == TlsStep::kDone && flushed) break;
    if (step == TlsStep::kNeedInput && flushed) continue;
    if (step == TlsStep::kFailed) shared_.Log("TLS handshake failed: " + tls_->error());
    if (!thread_.stopping()) co_await Drain();
    co_return false;
  }
  deadline_ = 0;
  co_return true;
}

// What came is no TLS, HTTP most likely: says so in plain text, since TLS would not be understood.
asio::awaitable<void> Connection::RefusePlainText() {
  tls_.reset();
  idle_ = false;
  keep_alive_ = false;
  Answer answer;
  answer.reply.status = 400;
  answer.reply.content_type = "text/plain";
  answer.reply.body = "This port speaks TLS: use https:// instead of http://\n";
  answer.reply.checksum = false;
  if (co_await Send(answer) && !thread_.stopping()) co_await Drain();
}

// Puts decrypted bytes into the inbox, after waiting for them if need be; false at the end.
asio::awaitable<bool> Connection::ReceiveSealed() {
  char* const buffer = thread_.scratch().in.get();
  for (;;) {
    const auto plain = tls_->Read({buffer, IoThread::kReadSize});
    if (plain.step == TlsStep::kDone) {
      inbox_.Receive({buffer, plain.count});
      co_return true;
    }
    // A client that begins the handshake anew, or an alert, may want an answer.
    if (!tls_->pending().empty()) {
      const std::uint64_t deadline = deadline_;
      if (!co_await FlushSealed()) co_return false;
      deadline_ = deadline;
    }
    if (plain.step != TlsStep::kNeedInput) co_return false;
    error_code ec;
    const auto room = tls_->Room();
    const std::size_t count = co_await socket_.async_read_some(
        asio::buffer(room.data(), room.size()), asio::redirect_error(asio::use_awaitable, ec));
    if (ec) co_return false;
    tls_->Received(count);
  }
}

asio::awaitable<bool> Connection::SendSealed(const Answer& answer) {
  const std::string_view body = BodyToSend(answer);
  std::string& out = thread_.scratch().out;
  FormatHead(answer, out);
  bool sealed = false;
  if (body.size() <= kSealInline) {
    out.append(body);  // one record, where it fits
    sealed = tls_->Write(out);
  } else {
    const std::string head = out;
    co_await OnWorker([&] { sealed = tls_->Write(head) && tls_->Write(body); });
  }
  if (!sealed) co_return false;
  co_return co_await FlushSealed();
}

asio::awaitable<bool> Connection::WriteSealed(std::string_view bytes) {
  if (!tls_->Write(bytes)) co_return false;
  co_return co_await FlushSealed();
}

asio::awaitable<bool> Connection::FlushSealed() {
  if (tls_->pending().empty()) co_return true;
  const bool written = co_await Write(tls_->pending());
  tls_->Sent();
  co_return written;
}

}  // namespace dynarock::http
