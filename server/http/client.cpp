#include "server/http/client.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <functional>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "server/crypto/tls_stream.h"

namespace dynarock::http {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

struct Url {
  bool tls = false;
  std::string host;       // without brackets
  std::string authority;  // as written, for the Host field and for errors
  std::uint16_t port = 80;
  std::string target = "/";
};

std::expected<Url, std::string> ReadUrl(std::string_view text) {
  const std::string quoted = "\"" + std::string(text) + "\"";
  Url url;
  url.tls = text.starts_with("https://");
  if (!url.tls && !text.starts_with("http://")) {
    return std::unexpected(quoted + " is not a URL: it has to begin with http:// or https://");
  }
  if (url.tls) url.port = 443;
  text.remove_prefix(text.find("//") + 2);
  const std::size_t end = text.find_first_of("/?#");
  url.authority = text.substr(0, end);
  if (end != std::string_view::npos) {
    url.target = text.substr(end, text.find('#') - end);
    if (!url.target.starts_with('/')) url.target.insert(0, "/");
  }
  std::string_view rest = url.authority;
  const bool bracketed = rest.starts_with('[');
  const std::size_t host_end = bracketed ? rest.find(']') : rest.find(':');
  if (bracketed && host_end == std::string_view::npos) {
    return std::unexpected(quoted + " is not a URL: ] is missing");
  }
  url.host = rest.substr(bracketed, host_end - bracketed);
  rest = host_end == std::string_view::npos ? "" : rest.substr(host_end + bracketed);
  if (!rest.empty()) {
    const char* const last = rest.data() + rest.size();
    const auto read = std::from_chars(rest.data() + 1, last, url.port);
    if (rest.front() != ':' || read.ec != std::errc() || read.ptr != last || url.port == 0) {
      return std::unexpected(quoted + " is not a URL: its port is not a number from 1 to 65535");
    }
  }
  for (const char c : url.authority + url.target) {
    if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f') {
      return std::unexpected(quoted + " is not a URL: it holds a space or a control character");
    }
  }
  return url;
}

std::expected<std::vector<tcp::endpoint>, std::string> Endpoints(const Url& url) {
  if (url.host == "localhost") {
    return std::vector<tcp::endpoint>{{asio::ip::address_v4::loopback(), url.port},
                                      {asio::ip::address_v6::loopback(), url.port}};
  }
  boost::system::error_code ec;
  const auto address = asio::ip::make_address(url.host, ec);
  if (ec) {
    return std::unexpected("cannot ask " + url.authority +
                           ": a host is numeric or \"localhost\", names are not looked up");
  }
  return std::vector<tcp::endpoint>{{address, url.port}};
}

// A connected socket with one deadline for everything. Failing calls leave errno.
class Socket {
 public:
  explicit Socket(Clock::time_point deadline) : deadline_(deadline) {}
  ~Socket() { Close(); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  bool Connect(const tcp::endpoint& endpoint) {
    Close();
    handle_ = ::socket(endpoint.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    return handle_ >= 0 && SetTimeout() &&
           ::connect(handle_, endpoint.data(), static_cast<socklen_t>(endpoint.size())) == 0;
  }

  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      if (!SetTimeout()) return false;
      const ssize_t sent = ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // Bytes received; 0 at the end of the stream, negative on failure.
  ssize_t Receive(std::span<char> into) {
    for (;;) {
      if (!SetTimeout()) return -1;
      const ssize_t count = ::recv(handle_, into.data(), into.size(), 0);
      if (count >= 0 || errno != EINTR) return count;
    }
  }

 private:
  void Close() {
    if (handle_ >= 0) ::close(handle_);
    handle_ = -1;
  }

  bool SetTimeout() {
    const auto left =
        std::chrono::duration_cast<std::chrono::microseconds>(deadline_ - Clock::now());
    if (left.count() <= 0) {
      errno = ETIMEDOUT;
      return false;
    }
    timeval time{};
    time.tv_sec = left.count() / 1'000'000;
    time.tv_usec = left.count() % 1'000'000;
    return ::setsockopt(handle_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) == 0 &&
           ::setsockopt(handle_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time) == 0;
  }

  const Clock::time_point deadline_;
  int handle_ = -1;
};

// What errno says, where a timeout has several names.
std::string Reason() {
  if (errno == EAGAIN || errno == EINPROGRESS || errno == ETIMEDOUT) return "no answer in time";
  if (errno == ECONNREFUSED) return "nothing listens there";
  return std::strerror(errno);
}

std::string FormatRequest(std::string_view method, const Url& url,
                          std::span<const HeaderField> fields, std::string_view body) {
  std::string text(method);
  text += " " + url.target + " HTTP/1.1\r\nHost: " + url.authority + "\r\nConnection: close\r\n";
  for (const auto& [name, value] : fields) text += name + ": " + value + "\r\n";
  if (!body.empty() || method == "POST" || method == "PUT") {
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return text.append("\r\n").append(body);
}

// Where an answer's bytes come from: as Socket::Receive.
using Receive = std::function<ssize_t(std::span<char>)>;

std::expected<HttpAnswer, std::string> ReadAnswer(const Receive& receive, bool head) {
  beast_http::response_parser<beast_http::string_body> parser;
  parser.body_limit(kAnswerLimit);
  parser.eager(true);
  parser.skip(head);
  std::string unread;
  std::vector<char> buffer(64 * 1024);
  while (!parser.is_done()) {
    const ssize_t count = receive(buffer);
    if (count < 0) return std::unexpected(Reason());
    boost::system::error_code ec;
    if (count == 0) {
      const bool nothing = !parser.got_some();
      parser.put_eof(ec);
      if (ec || nothing || !parser.is_done())
        return std::unexpected("the connection ended too early");
      break;
    }
    unread.append(buffer.data(), static_cast<std::size_t>(count));
    while (!unread.empty() && !parser.is_done()) {
      const std::size_t used = parser.put(asio::buffer(unread), ec);
      unread.erase(0, used);
      if (ec == beast_http::error::need_more) break;
      if (ec) return std::unexpected("the answer is not HTTP: " + ec.message());
    }
  }
  HttpAnswer answer;
  answer.status = parser.get().result_int();
  answer.body = std::move(parser.get().body());
  return answer;
}

std::expected<HttpAnswer, std::string> Exchange(Socket& socket, const Url& url,
                                                std::string_view request, bool head) {
  const auto receive = [&](std::span<char> into) { return socket.Receive(into); };
  if (!url.tls) {
    if (!socket.Send(request)) return std::unexpected(Reason());
    return ReadAnswer(receive, head);
  }
  const auto context = crypto::TlsContext::MakeTrustingClient();
  crypto::TlsStream stream(
      *context, [&](std::string_view bytes) { return socket.Send(bytes); }, receive);
  errno = 0;
  if (!stream.Shake()) {
    return std::unexpected(errno == 0 ? "it does not speak TLS" : Reason());
  }
  if (!stream.Send(request)) return std::unexpected(Reason());
  return ReadAnswer([&](std::span<char> into) { return stream.Receive(into); }, head);
}

}  // namespace

std::expected<HttpAnswer, std::string> Fetch(std::string_view method, std::string_view url_text,
                                             std::span<const HeaderField> fields,
                                             std::string_view body,
                                             std::chrono::milliseconds timeout) {
  const auto url = ReadUrl(url_text);
  if (!url) return std::unexpected(url.error());
  const auto endpoints = Endpoints(*url);
  if (!endpoints) return std::unexpected(endpoints.error());
  Socket socket(Clock::now() + timeout);
  bool connected = false;
  for (const tcp::endpoint& endpoint : *endpoints) {
    connected = socket.Connect(endpoint);
    if (connected) break;
  }
  if (!connected) {
    return std::unexpected("cannot connect to " + url->authority + ": " + Reason());
  }
  auto answer = Exchange(socket, *url, FormatRequest(method, *url, fields, body), method == "HEAD");
  if (!answer) return std::unexpected("no answer from " + url->authority + ": " + answer.error());
  return answer;
}

}  // namespace dynarock::http
