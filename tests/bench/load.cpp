#include "tests/bench/load.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

#include <arpa/inet.h>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dynarock::bench {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

std::string FormatRequest(std::string_view operation, std::string_view body, std::string_view path,
                          bool streams) {
  std::string request;
  request.reserve(body.size() + 512);
  request.append("POST ").append(path).append(
      " HTTP/1.1\r\n"
      "Host: 127.0.0.1\r\n"
      "X-Amz-Target: ");
  request.append(streams ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.");
  request.append(operation).append(
      "\r\n"
      "Content-Type: application/x-amz-json-1.0\r\n"
      "X-Amz-Date: 20260101T000000Z\r\n"
      "Authorization: AWS4-HMAC-SHA256 Credential=BENCH/20260101/us-east-1/dynamodb/aws4_request, "
      "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
      "Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n"
      "Content-Length: ");
  request.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  return request;
}

BlockingClient::BlockingClient(const Endpoint& endpoint)
    : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(endpoint.port);
  const int on = 1;
  const timeval patience{30, 0};
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (inet_pton(AF_INET, endpoint.address.c_str(), &to.sin_addr) != 1 ||
      connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    close(socket_);
    throw std::runtime_error("nobody listens on port " + std::to_string(endpoint.port));
  }
}

BlockingClient::~BlockingClient() {
  close(socket_);
}

unsigned BlockingClient::Ask(std::string_view request, std::string& body) {
  while (!request.empty()) {
    const ssize_t sent = send(socket_, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the server closed the connection");
    request.remove_prefix(static_cast<std::size_t>(sent));
  }
  reader_.Reset();
  received_.clear();
  char buffer[65536];
  do {
    const ssize_t count = recv(socket_, buffer, sizeof buffer, 0);
    if (count <= 0) throw std::runtime_error("the server closed the connection");
    received_.append(buffer, static_cast<std::size_t>(count));
  } while (!reader_.Complete(received_));
  body = reader_.body();
  return reader_.status();
}

namespace {

std::string Succeeded(std::string_view operation, unsigned status, std::string answer) {
  if (status == 200) return answer;
  throw std::runtime_error(std::string(operation) + " failed with status " +
                           std::to_string(status) + ": " + answer);
}

}  // namespace

std::string BlockingClient::Call(std::string_view operation, std::string_view body) {
  std::string answer;
  const unsigned status = Ask(FormatRequest(operation, body), answer);
  return Succeeded(operation, status, std::move(answer));
}

std::string BlockingClient::CallStreams(std::string_view operation, std::string_view body) {
  std::string answer;
  const unsigned status = Ask(FormatRequest(operation, body, "/", true), answer);
  return Succeeded(operation, status, std::move(answer));
}

namespace {

// One slice: all connections on this thread.
class Slice {
 public:
  Slice(const std::vector<std::string>& requests, const Expectation& expected,
        Clock::time_point end)
      : requests_(requests), expected_(expected), end_(end) {
    latencies_.reserve(1 << 16);
  }

  void Open(const Endpoint& endpoint) {
    Connection& connection = *connections_.emplace_back(std::make_unique<Connection>(context_));
    connection.socket.connect({asio::ip::make_address(endpoint.address), endpoint.port});
    connection.socket.set_option(tcp::no_delay(true));
    connection.socket.non_blocking(true);
  }

  SliceResult Run(Clock::time_point begin) {
    for (auto& connection : connections_) Send(*connection);
    context_.run();
    SliceResult result;
    result.operations = latencies_.size();
    result.seconds = std::chrono::duration<double>(last_ - begin).count();
    result.p50 = Percentile(0.50);
    result.p99 = Percentile(0.99);
    result.reply_size = reply_size_;
    return result;
  }

 private:
  struct Connection {
    explicit Connection(asio::io_context& context) : socket(context) {}
    tcp::socket socket;
    ReplyReader reader;
    Clock::time_point sent;
    std::size_t filled = 0;
    std::string buffer = std::string(64 * 1024, '\0');
  };

  void Send(Connection& connection) {
    const std::string& request = requests_[next_++ % requests_.size()];
    connection.sent = Clock::now();
    connection.filled = 0;
    connection.reader.Reset();
    error_code ec;
    std::size_t sent = connection.socket.write_some(asio::buffer(request), ec);
    if (ec == asio::error::would_block) sent = 0;
    if (sent == request.size()) {
      Receive(connection);
    } else {
      SendRest(connection, request, sent);
    }
  }

  void SendRest(Connection& connection, const std::string& request, std::size_t sent) {
    connection.socket.async_write_some(
        asio::buffer(request) + sent,
        [this, &connection, &request, sent](error_code ec, std::size_t count) {
          if (ec) throw std::runtime_error("cannot send: " + ec.message());
          if (sent + count == request.size()) {
            Receive(connection);
          } else {
            SendRest(connection, request, sent + count);
          }
        });
  }

  void Receive(Connection& connection) {
    std::string& buffer = connection.buffer;
    if (connection.filled == buffer.size()) buffer.resize(buffer.size() * 2);
    connection.socket.async_read_some(
        asio::buffer(buffer) + connection.filled,
        [this, &connection](error_code ec, std::size_t count) {
          if (ec) throw std::runtime_error("cannot receive: " + ec.message());
          connection.filled += count;
          if (!connection.reader.Complete({connection.buffer.data(), connection.filled})) {
            Receive(connection);
            return;
          }
          last_ = Clock::now();
          Check(connection.reader);
          latencies_.push_back(static_cast<float>(
              std::chrono::duration<double, std::micro>(last_ - connection.sent).count()));
          if (last_ < end_) Send(connection);
        });
  }

  void Check(const ReplyReader& reply) {
    reply_size_ = reply.body().size();
    const bool good = reply.status() == 200 && reply_size_ >= expected_.least_size &&
                      reply_size_ <= expected_.most_size &&
                      (latencies_.size() % 64 != 0 ||
                       reply.body().find(expected_.contains) != std::string_view::npos);
    if (!good) {
      throw std::runtime_error("unexpected reply with status " + std::to_string(reply.status()) +
                               " and " + std::to_string(reply_size_) +
                               " bytes: " + std::string(reply.body().substr(0, 300)));
    }
  }

  double Percentile(double share) {
    if (latencies_.empty()) return 0;
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(latencies_.size() - 1));
    std::nth_element(latencies_.begin(), latencies_.begin() + at, latencies_.end());
    return latencies_[static_cast<std::size_t>(at)];
  }

  const std::vector<std::string>& requests_;
  const Expectation& expected_;
  Clock::time_point end_;
  Clock::time_point last_ = end_;
  asio::io_context context_{1};
  std::vector<std::unique_ptr<Connection>> connections_;
  std::size_t next_ = 0;
  std::vector<float> latencies_;  // microseconds
  std::size_t reply_size_ = 0;
};

}  // namespace

SliceResult RunSlice(const Endpoint& endpoint, const std::vector<std::string>& requests,
                     const Expectation& expected, unsigned connections,
                     std::chrono::milliseconds time) {
  const Clock::time_point begin = Clock::now();
  Slice slice(requests, expected, begin + time);
  for (unsigned i = 0; i < connections; ++i) slice.Open(endpoint);
  return slice.Run(Clock::now());
}

}  // namespace dynarock::bench
