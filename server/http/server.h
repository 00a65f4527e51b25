// The HTTP server: sockets, requests and replies. What a reply says is the Handler's business.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/crypto/tls_context.h"
#include "server/http/handler.h"
#include "storage/clock/clock.h"

namespace dynarock::http {

struct ServerOptions {
  // Numeric IPv4 or IPv6 address, or "localhost": both 127.0.0.1 and, where the machine has it,
  // ::1. "::" takes IPv4 as well.
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;       // 0: any free one
  unsigned io_threads = 0;      // 0: one per hardware thread. Run's own thread is one of them.
  unsigned worker_threads = 0;  // for what TakesLong; 0: one per hardware thread, at least 2

  // Set: connections speak TLS. What is not TLS is answered with 400 in plain text and closed.
  std::shared_ptr<const crypto::TlsContext> tls;

  // A connection is closed when it says nothing for so long: between requests, in the middle of a
  // body, or while a reply waits to be fetched. A request's head as a whole gets this long,
  // and so does a TLS handshake.
  std::chrono::milliseconds idle_timeout = std::chrono::seconds(66);
  // After a stop, requests under way get this long before their connections are cut.
  std::chrono::milliseconds stop_timeout = std::chrono::milliseconds(800);

  // Replies of at least `compress_from` bytes are sent with gzip or deflate to clients whose
  // Accept-Encoding asks for it. AWS's SDKs do not ask, so this costs nothing where it is not
  // wanted. Below some KB a local client would pay more than it saves.
  bool compress = true;
  std::size_t compress_from = 4096;

  // Requests keep their body as it was received, for those who check signatures
  // (Request::received).
  bool keep_received = false;

  // Where memory is limited. `hold` is told how many bytes more, or negative, fewer, the bodies and
  // answers hold that are larger than 64 KB; where it returns false there is no room, and the
  // answer is `no_room`'s. From any thread. Both or neither.
  std::function<bool(std::int64_t bytes)> hold;
  std::function<Reply()> no_room;

  // What the Date field of replies says, by which SDKs put their own clocks right when a signature
  // is refused for its time. Outlives the server.
  const Clock* clock = &Clock::System();

  // SIGTERM and SIGINT stop the server.
  bool stop_on_signals = false;

  // Takes one line without a line end, from any thread. Empty: nobody wants to know.
  std::function<void(std::string_view)> log;
};

class Server {
 public:
  // Largest body in bytes, before and after its Content-Encoding is undone (DynamoDB Developer
  // Guide, Quotas: 16 MB). Above it the reply is 413 with an empty body and the connection is
  // closed.
  static constexpr std::size_t kBodyLimit = 16 * 1024 * 1024;
  // Largest request line, and largest header fields together, line ends included. Above either the
  // reply is a plain 400, as ScyllaDB's authors observed on the service (Alternator's tests of
  // manual requests).
  static constexpr std::uint32_t kHeadLimit = 16 * 1024;

  // `handler` must outlive the server.
  Server(ServerOptions options, Handler& handler);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Takes the port; from now on clients can connect, though nobody answers before Run. The error is
  // one line for the user, such as "cannot listen on 127.0.0.1:8000: another program uses this
  // port".
  std::expected<void, std::string> Listen();
  // The port taken, after Listen.
  std::uint16_t port() const;

  // Serves until Stop and everything under way has ended: idle connections are closed at once,
  // requests under way are answered, and what is not done after stop_timeout is cut. Returns when
  // no call of the handler is running any more. Call once, after Listen.
  void Run();
  // May be called from any thread, several times, also before Run.
  void Stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace dynarock::http
