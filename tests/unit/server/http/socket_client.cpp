#include "tests/unit/server/http/socket_client.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

namespace dynarock::http {

SocketClient::SocketClient(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval ten_seconds{10, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &ten_seconds, sizeof ten_seconds);
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &ten_seconds, sizeof ten_seconds);
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    close(socket_);
    throw std::runtime_error("connection refused");
  }
}

SocketClient::~SocketClient() {
  close(socket_);
}

bool SocketClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool SocketClient::More() {
  char buffer[65536];
  const ssize_t count = recv(socket_, buffer, sizeof buffer, 0);
  if (count <= 0) return false;
  received_.append(buffer, static_cast<std::size_t>(count));
  return true;
}

bool SocketClient::AtEnd() {
  char byte;
  return received_.empty() && recv(socket_, &byte, 1, 0) == 0;
}

std::string SocketClient::ReceiveBytes(std::size_t count) {
  while (received_.size() < count && More()) {
  }
  std::string bytes = received_.substr(0, count);
  received_.erase(0, count);
  return bytes;
}

std::optional<ReceivedReply> SocketClient::Receive(bool to_head) {
  std::size_t end;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!More()) return std::nullopt;
  }
  const std::string head = ReceiveBytes(end + 4);
  ReceivedReply reply;
  std::size_t at = head.find("\r\n");
  reply.status_line = head.substr(0, at);
  for (at += 2; at < end; at = head.find("\r\n", at) + 2) {
    const std::size_t colon = head.find(": ", at);
    std::string name = head.substr(at, colon - at);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    reply.fields[name] = head.substr(colon + 2, head.find("\r\n", at) - colon - 2);
  }
  if (to_head) return reply;
  const std::size_t length = std::stoul(reply.field("content-length"));
  reply.body = ReceiveBytes(length);
  if (reply.body.size() != length) return std::nullopt;
  return reply;
}

std::string Post(std::string_view body, std::string_view fields) {
  return "POST / HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string Gzip(std::string_view plain, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Gunzip(std::string_view packed) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(std::size_t{32} << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int code = inflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return code == Z_STREAM_END ? out : "(not gzip)";
}

std::uint32_t Crc32(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

bool EchoHandler::TakesLong(const Request& request) const {
  return request.target.starts_with("/slow") || request.target == "/worker";
}

Reply EchoHandler::Handle(Request& request) {
  Reply reply;
  reply.content_type = "text/plain";
  reply.request_id = "ID";
  if (request.target == "/throw") throw std::runtime_error("broken on purpose");
  if (request.target.starts_with("/slow")) {
    std::this_thread::sleep_for(
        std::chrono::milliseconds(std::stoi(std::string(request.target.substr(5)))));
  }
  if (request.target.starts_with("/delay")) {
    reply.delay = std::chrono::milliseconds(std::stoi(std::string(request.target.substr(6))));
  }
  if (request.target.starts_with("/status")) {
    reply.status = static_cast<unsigned>(std::stoul(std::string(request.target.substr(7))));
  }
  if (request.target == "/unchecked") reply.checksum = false;
  if (request.target == "/field") {
    reply.fields.emplace_back("X-Asked", request.fields->Find("x-ask").value_or("(none)"));
  }
  if (request.target == "/size") {
    reply.body = std::to_string(request.body.size());
    return reply;
  }
  if (request.target.starts_with("/large")) {
    reply.body.assign(std::stoul(std::string(request.target.substr(6))), 'x');
    return reply;
  }
  if (request.undecodable) {
    reply.status = 400;
    reply.body = "undecodable " + std::to_string(request.body.size());
    return reply;
  }
  reply.body = std::string(request.method) + " " + std::string(request.target) + " " + request.body;
  return reply;
}

RunningServer::RunningServer(ServerOptions options) : server_(std::move(options), handler_) {
  const auto listening = server_.Listen();
  if (!listening) throw std::runtime_error(listening.error());
  thread_ = std::thread([this] { server_.Run(); });
}

std::chrono::milliseconds RunningServer::Stop() {
  const auto start = std::chrono::steady_clock::now();
  server_.Stop();
  if (thread_.joinable()) thread_.join();
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

}  // namespace dynarock::http
