// HTTP as a connection takes it: heads, framing, pipelining, odd splits. Input: what a client
// sends; a byte FF is not sent, the server is left to work off what it has there.
//
// The same bytes are sent a second time in one piece, and must come to the same requests.
#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "server/http/connection.h"
#include "server/http/handler.h"
#include "server/http/io_thread.h"
#include "tests/fuzzers/require.h"

namespace dynarock::fuzzers {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr char kPause = '\xFF';

// Writes requests down. Those to /long run on a worker; to /large the answer is, and worth
// compressing.
class Recorder final : public http::Handler {
 public:
  bool TakesLong(const http::Request& request) const override {
    return request.target.starts_with("/long");
  }
  http::Reply Handle(http::Request& request) override {
    const std::lock_guard lock(mutex_);
    std::string text = std::string(request.method) + " " + std::string(request.target) + "\n";
    for (const char* name : {"Host", "Content-Encoding", "X-Amz-Target"}) {
      for (const auto value : request.fields->FindAll(name))
        text.append(name).append(value) += '\n';
    }
    text += request.undecodable ? "undecodable" : request.body;
    requests_.push_back(std::move(text));
    http::Reply reply;
    constexpr size_t kLarge = 20'000;
    reply.body = request.target.starts_with("/large") ? std::string(kLarge, 'x') : "{}";
    reply.content_type = "application/x-amz-json-1.0";
    return reply;
  }
  std::vector<std::string> Take() { return std::exchange(requests_, {}); }

 private:
  std::mutex mutex_;
  std::vector<std::string> requests_;
};

// The other end of a connection.
class Client {
 public:
  explicit Client(int socket) : socket_(socket) {}
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // False: the server has closed, or takes no more for now.
  bool Send(std::string_view bytes) {
    return send(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
  }
  void EndSending() { shutdown(socket_, SHUT_WR); }
  // Takes what has come; false at the end of it.
  bool Receive() {
    std::array<char, 65536> buffer;
    for (;;) {
      const ssize_t count = recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (count < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
      if (count == 0) return false;
      if (received_ == 0) {
        Require(
            std::string_view(buffer.data(), static_cast<size_t>(count)).starts_with("HTTP/1.1 "),
            "an answer begins as one");
      }
      received_ += static_cast<size_t>(count);
    }
  }

 private:
  int socket_;
  size_t received_ = 0;
};

class Host {
 public:
  Host() { options_.keep_received = true; }

  // What the handler got of these pieces, sent one after the other over a connection.
  std::vector<std::string> Serve(const std::vector<std::string_view>& pieces) {
    int sockets[2];
    Require(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == 0, "there is a pair of sockets");
    Client client(sockets[1]);
    http::Shared shared{.options = options_, .handler = recorder_, .workers = workers_};
    http::IoThread thread(shared);
    thread.Adopt(tcp::socket(thread.context(), tcp::v4(), sockets[0]));
    thread.context().poll();
    for (const std::string_view piece : pieces) {
      if (!client.Send(piece)) break;
      thread.context().poll();
      client.Receive();
    }
    client.EndSending();
    constexpr int kMostTurns = 5000;
    int turns = 0;
    while (client.Receive() && ++turns < kMostTurns) {
      thread.context().run_one_for(std::chrono::milliseconds(1));
    }
    Require(turns < kMostTurns, "a connection ends when its client has said all");
    thread.BeginStop();
    thread.Run();
    return recorder_.Take();
  }

 private:
  http::ServerOptions options_;
  Recorder recorder_;
  asio::thread_pool workers_{1};
};

std::vector<std::string_view> Pieces(std::string_view input) {
  std::vector<std::string_view> pieces;
  while (!input.empty()) {
    const std::string_view piece = input.substr(0, input.find(kPause));
    input.remove_prefix(std::min(piece.size() + 1, input.size()));
    if (!piece.empty()) pieces.push_back(piece);
  }
  return pieces;
}

}  // namespace
}  // namespace dynarock::fuzzers

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dynarock::fuzzers;
  static Host& host = *new Host;
  const std::vector<std::string_view> pieces = Pieces(Bytes(data, size));
  const auto requests = host.Serve(pieces);
  std::string whole;
  for (const std::string_view piece : pieces) whole += piece;
  if (pieces.size() < 2) return 0;
  Require(host.Serve({whole}) == requests, "requests do not depend on how they were split");
  return 0;
}
