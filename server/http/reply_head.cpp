#include "server/http/reply_head.h"

#include <charconv>

namespace dynarock::http {
namespace {

std::string_view StatusLine(unsigned status) {
  switch (status) {
    case 200:
      return "HTTP/1.1 200 OK\r\n";
    case 400:
      return "HTTP/1.1 400 Bad Request\r\n";
    case 401:
      return "HTTP/1.1 401 Unauthorized\r\n";
    case 403:
      return "HTTP/1.1 403 Forbidden\r\n";
    case 404:
      return "HTTP/1.1 404 Not Found\r\n";
    case 405:
      return "HTTP/1.1 405 Method Not Allowed\r\n";
    case 413:
      return "HTTP/1.1 413 Payload Too Large\r\n";
    case 421:
      return "HTTP/1.1 421 Misdirected Request\r\n";
    case 500:
      return "HTTP/1.1 500 Internal Server Error\r\n";
    case 503:
      return "HTTP/1.1 503 Service Unavailable\r\n";
    default:
      return {};
  }
}

void AppendNumber(std::uint64_t number, std::string& out) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

void AppendField(std::string_view name, std::string_view value, std::string& out) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

void AppendHead(const Reply& reply, const HeadFacts& facts, std::string& out) {
  if (const std::string_view line = StatusLine(reply.status); !line.empty()) {
    out.append(line);
  } else {
    // The reason may be empty, its space may not (RFC 9112 4).
    out.append("HTTP/1.1 ");
    AppendNumber(reply.status, out);
    out.append(" \r\n");
  }
  AppendField("Server", "Server", out);
  AppendField("Date", facts.date, out);
  if (!reply.content_type.empty()) AppendField("Content-Type", reply.content_type, out);
  out.append("Content-Length: ");
  AppendNumber(facts.content_length, out);
  out.append(facts.keep_alive ? "\r\nConnection: keep-alive\r\n" : "\r\nConnection: close\r\n");
  if (facts.coding != Coding::kIdentity) {
    AppendField("Content-Encoding", NameOf(facts.coding), out);
  }
  if (!reply.request_id.empty()) AppendField("x-amzn-RequestId", reply.request_id, out);
  if (facts.crc32) {
    out.append("x-amz-crc32: ");
    AppendNumber(*facts.crc32, out);
    out.append("\r\n");
  }
  for (const auto& [name, value] : reply.fields) AppendField(name, value, out);
  out.append("\r\n");
}

}  // namespace dynarock::http
