// Sends requests and takes the time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/reply_reader.h"

namespace dynarock::bench {

// Where a server listens, on 127.0.0.1 unless the URL says otherwise.
struct Endpoint {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
};

// One request as it travels, signed in form only: local servers check no more than the shape of the
// signature. `operation` without the API's name, such as "PutItem"; `streams`: of the
// streams API.
std::string FormatRequest(std::string_view operation, std::string_view body,
                          std::string_view path = "/", bool streams = false);

// One connection that waits for each reply; for setting up and for single questions.
class BlockingClient {
 public:
  // Throws std::runtime_error when nobody listens.
  explicit BlockingClient(const Endpoint& endpoint);
  ~BlockingClient();
  BlockingClient(const BlockingClient&) = delete;
  BlockingClient& operator=(const BlockingClient&) = delete;

  // The reply's status and body; throws std::runtime_error when the connection fails.
  unsigned Ask(std::string_view request, std::string& body);
  // Sends the operation and throws std::runtime_error unless it succeeds. Returns the body.
  std::string Call(std::string_view operation, std::string_view body);
  // The same for the streams API.
  std::string CallStreams(std::string_view operation, std::string_view body);

 private:
  int socket_;
  ReplyReader reader_;
  std::string received_;
};

// What a good reply looks like.
struct Expectation {
  std::size_t least_size = 0;  // of the body
  std::size_t most_size = SIZE_MAX;
  std::string_view contains;  // looked for in every 64th reply of a slice, the first one included
};

struct SliceResult {
  std::uint64_t operations = 0;
  double seconds = 0;
  double p50 = 0;  // microseconds
  double p99 = 0;
  std::size_t reply_size = 0;  // body bytes of the last reply

  double rate() const { return static_cast<double>(operations) / seconds; }
};

// Keeps `connections` connections busy for `time`, each with one request under way, going through
// `requests` in turn. Throws std::runtime_error at the first reply that is not as expected: errors
// are never measured.
SliceResult RunSlice(const Endpoint& endpoint, const std::vector<std::string>& requests,
                     const Expectation& expected, unsigned connections,
                     std::chrono::milliseconds time);

}  // namespace dynarock::bench
