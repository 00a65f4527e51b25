// A client for one request at a time: what the program's own subcommands ask a running server.
#pragma once

#include <chrono>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dynarock::http {

struct HttpAnswer {
  unsigned status = 0;
  std::string body;
};

using HeaderField = std::pair<std::string, std::string>;

// The largest body that Fetch takes, in bytes.
inline constexpr std::size_t kAnswerLimit = 256 * 1024 * 1024;

// Sends one request and waits for its answer, on the calling thread, for at most `timeout` as a
// whole. `url`: http://HOST[:PORT][/PATH] or https://..., with a numeric HOST or "localhost"; port
// 80 or 443 without one. Certificates are not verified: the server is one's own.
// Host, Content-Length and Connection are sent beside `fields`. Redirects are not followed. The
// error is one line for the user and names the URL's host and port.
std::expected<HttpAnswer, std::string> Fetch(
    std::string_view method, std::string_view url, std::span<const HeaderField> fields = {},
    std::string_view body = {}, std::chrono::milliseconds timeout = std::chrono::seconds(30));

}  // namespace dynarock::http
