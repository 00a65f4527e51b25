// What the HTTP room asks of the room behind it: requests in, replies out, and nothing of Beast.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dynarock::http {

// The header fields of one request. Names compare without regard to case.
class Fields {
 public:
  virtual ~Fields() = default;
  // The field's value with surrounding white space removed; nullopt when the request lacks it.
  virtual std::optional<std::string_view> Find(std::string_view name) const = 0;
  // The values of all fields with the name, in the order sent.
  virtual std::vector<std::string_view> FindAll(std::string_view name) const {
    const auto only = Find(name);
    return only ? std::vector{*only} : std::vector<std::string_view>{};
  }
};

// One request, complete and with its body's Content-Encoding undone.
struct Request {
  std::string_view method;  // "GET", "POST", ... as sent
  std::string_view target;  // path and query as sent
  const Fields* fields = nullptr;
  // Decoded body, at most Server::kBodyLimit bytes. Belongs to the handler, which may parse it in
  // place.
  std::string body;
  // The Content-Encoding is unknown, or the body does not follow it. `body` is then empty.
  bool undecodable = false;
  // With ServerOptions::keep_received, where a Content-Encoding was undone: the body before that.
  std::optional<std::string> received;
  // Tells the connections that are open apart; 0: not known.
  std::uint64_t connection = 0;
  std::uint64_t number = 0;  // among the requests of its connection
};

// One reply. The HTTP room adds Content-Length, Date, Connection, Server, x-amz-crc32 (of the bytes
// sent) and Content-Encoding where the client accepts compression.
struct Reply {
  unsigned status = 200;
  std::string body;
  std::string_view content_type;  // static text; empty: no Content-Type field
  std::string request_id;         // x-amzn-RequestId; empty: no such field
  std::vector<std::pair<std::string_view, std::string>> fields;  // names are static text
  bool checksum = true;                                          // false: no x-amz-crc32
  std::chrono::milliseconds delay{0};  // held back on a timer before it is sent
};

// Makes replies. Called from several threads at once.
class Handler {
 public:
  virtual ~Handler() = default;
  // True when `request` may take long enough to hold up other connections: Handle then runs on a
  // worker thread rather than on the connection's io thread. Must be cheap; must not change the
  // request.
  virtual bool TakesLong(const Request& request) const = 0;
  // Never throws for what a request can cause. An exception that escapes is logged and answered
  // with status 500.
  virtual Reply Handle(Request& request) = 0;
};

}  // namespace dynarock::http
