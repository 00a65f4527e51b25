// One client's connection: requests in, replies out, in order.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/crypto/tls_session.h"
#include "server/http/content_coding.h"
#include "server/http/inbox.h"
#include "server/http/io_thread.h"
#include "server/http/request_head.h"
#include "server/http/request_parser.h"

namespace dynarock::http {

// The usual request costs one epoll_wait, one read and one write: it is read by one asynchronous
// operation (a wait for readiness would cost an epoll_ctl), and the reply is written at once,
// without Asio; only where the socket takes no more does the coroutine wait. An idle connection
// holds little more than the small buffer it reads into. With TLS the bytes take a way through
// memory in between (connection_tls.cpp).
class Connection {
 public:
  Connection(boost::asio::ip::tcp::socket socket, IoThread& thread, Shared& shared);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Ends when the connection is done with. The object must live until then.
  boost::asio::awaitable<void> Serve();

  // For the io thread, which calls them between the steps of Serve.
  void CloseIfIdle();
  void Cut();
  void CutIfOverdue(std::uint64_t tick);
  std::size_t place() const { return place_; }
  void set_place(std::size_t place) { place_ = place; }

 private:
  enum class Step { kNeedMore, kComplete, kMalformed, kTooLarge, kNoMemory };
  struct Answer {
    Reply reply;
    std::optional<std::uint32_t> crc32;
    Coding coding = Coding::kIdentity;
  };

  // Reading.
  void BeginRequest();
  Step Parse();
  Step ParseSome();
  static Reply RefusalOf(Step step);
  bool Receive(std::size_t count);
  bool WantsContinue() const;
  // Undoes the body's Content-Encoding; false when it grows too large.
  bool Decode(std::string_view coding);

  // Notes that the request and its answer hold so many bytes; false when there is no room.
  bool Hold(std::uint64_t bytes);
  void LetGo();
  bool HasRoomForBody();

  // Answering; these three may run on a worker.
  void MakeAnswer(Answer& answer);
  Reply Handle();
  Coding WantedCoding(const Answer& answer) const;
  static void Finish(Answer& answer, Coding coding);

  // Writing.
  std::string_view BodyToSend(const Answer& answer) const;
  // Replaces `out` by the reply's head.
  void FormatHead(const Answer& answer, std::string& out);
  // Writes what the socket takes at once. Returns what is left, in memory of `answer` or of this
  // object; nothing when the connection is broken.
  std::optional<std::string_view> SendNow(const Answer& answer);
  boost::asio::awaitable<bool> Write(std::string_view bytes);
  boost::asio::awaitable<bool> Send(const Answer& answer);
  void ReuseMemory();

  // TLS; only where tls_ is set.
  boost::asio::awaitable<bool> ShakeHands();
  boost::asio::awaitable<void> RefusePlainText();
  boost::asio::awaitable<bool> ReceiveSealed();
  boost::asio::awaitable<bool> SendSealed(const Answer& answer);
  boost::asio::awaitable<bool> WriteSealed(std::string_view bytes);
  boost::asio::awaitable<bool> FlushSealed();

  boost::asio::awaitable<void> Refuse(Step step);
  boost::asio::awaitable<void> Refuse(Reply reply);
  boost::asio::awaitable<void> Drain();
  boost::asio::awaitable<void> OnWorker(std::function<void()> work);
  boost::asio::awaitable<void> Delay(std::chrono::milliseconds time);
  void RenewDeadline() { deadline_ = thread_.tick() + thread_.idle_ticks(); }

  boost::asio::ip::tcp::socket socket_;
  IoThread& thread_;
  Shared& shared_;
  std::size_t place_ = 0;
  std::uint64_t deadline_ = 0;  // a tick; 0: none, the server is at work
  bool idle_ = true;            // closing now would break nothing off
  boost::asio::steady_timer* delay_ = nullptr;

  // Holds the usual request whole; the rest of a larger one is read into the thread's memory.
  std::array<char, 4096> first_;
  Inbox inbox_;
  RequestHead head_;
  Request request_;
  std::optional<RequestParser> parser_;
  bool keep_alive_ = true;
  std::uint64_t held_ = 0;  // bytes noted by Hold
  std::string unsent_;
  std::unique_ptr<crypto::TlsSession> tls_;  // null: plain HTTP
};

}  // namespace dynarock::http
