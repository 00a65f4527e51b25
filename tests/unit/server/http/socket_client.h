// A plain TCP client, a server with a small handler behind it, and gzip in both directions.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "server/http/server.h"

namespace dynarock::http {

struct ReceivedReply {
  std::string status_line;
  std::map<std::string, std::string> fields;  // names in lower case
  std::string body;

  unsigned status() const { return static_cast<unsigned>(std::stoul(status_line.substr(9, 3))); }
  std::string field(const std::string& name) const {
    const auto it = fields.find(name);
    return it == fields.end() ? "(none)" : it->second;
  }
};

// Every wait ends after ten seconds, so that a failing test ends too.
class SocketClient {
 public:
  explicit SocketClient(std::uint16_t port);
  ~SocketClient();
  SocketClient(const SocketClient&) = delete;
  SocketClient& operator=(const SocketClient&) = delete;

  // False when the server no longer takes bytes.
  bool Send(std::string_view bytes);
  // Up to and including the body; nothing when the connection ends first. A reply to HEAD has no
  // body.
  std::optional<ReceivedReply> Receive(bool to_head = false);
  // What comes next, at least `count` bytes unless the connection ends.
  std::string ReceiveBytes(std::size_t count);
  // The server has closed the connection and sent nothing before.
  bool AtEnd();
  std::optional<ReceivedReply> Ask(std::string_view bytes) {
    Send(bytes);
    return Receive();
  }

 private:
  bool More();

  int socket_;
  std::string received_;
};

// POST / with `body` and `fields`, each line ended by CR LF.
std::string Post(std::string_view body, std::string_view fields = "");
std::string Gzip(std::string_view plain, int window_bits = 15 + 16);
std::string Gunzip(std::string_view packed);
std::uint32_t Crc32(std::string_view bytes);

// "echo" answers with method, target, and body; what the target asks for otherwise stands in the
// source.
class EchoHandler : public Handler {
 public:
  bool TakesLong(const Request& request) const override;
  Reply Handle(Request& request) override;
};

// A server that runs until the end of the test.
class RunningServer {
 public:
  explicit RunningServer(ServerOptions options = {});
  ~RunningServer() { Stop(); }

  std::uint16_t port() const { return server_.port(); }
  // Returns how long the server took to stop.
  std::chrono::milliseconds Stop();

 private:
  EchoHandler handler_;
  Server server_;
  std::thread thread_;
};

}  // namespace dynarock::http
