// One thread's share of the connections.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "server/http/http_date.h"
#include "server/http/server.h"

namespace dynarock::http {

class Connection;

// What all connections of a server share.
struct Shared {
  const ServerOptions& options;
  Handler& handler;
  boost::asio::thread_pool& workers;
  std::atomic<bool> cut = false;  // the time to finish after a stop is over

  void Log(std::string_view line) const {
    if (options.log) options.log(line);
  }
};

// An io_context of its own, which only one thread runs: measured, one context shared by two threads
// costs two to three times the CPU per request. Everything but Adopt, BeginStop and context happens
// on that thread.
class IoThread {
 public:
  explicit IoThread(Shared& shared);

  boost::asio::io_context& context() { return context_; }
  // Serves `socket`, which belongs to this thread's context, until it is closed.
  void Adopt(boost::asio::ip::tcp::socket socket);
  // Runs until BeginStop and the end of the last connection.
  void Run() { context_.run(); }
  void BeginStop();

  // For connections.
  void Enter(Connection& connection);
  void Leave(Connection& connection);
  bool stopping() const { return stopping_; }
  // The time of the server's clock, in seconds since the epoch.
  std::int64_t now_s() const { return shared_.options.clock->now_s(); }
  // Coarse time for idle timeouts; cheaper than a timer per connection.
  std::uint64_t tick() const { return tick_; }
  std::uint64_t idle_ticks() const { return idle_ticks_; }

  // Lent to one connection at a time, for as long as it does not wait.
  struct Scratch {
    std::unique_ptr<char[]> in;
    std::string out;
    std::string body;  // a request body's memory, to be used again
    HttpDate date;
  };
  static constexpr std::size_t kReadSize = 64 * 1024;
  Scratch& scratch() { return scratch_; }

 private:
  void StartTicking();
  void Stop();

  Shared& shared_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
  boost::asio::steady_timer ticker_;
  boost::asio::steady_timer cutter_;
  std::chrono::milliseconds tick_length_;
  std::uint64_t idle_ticks_;
  std::uint64_t tick_ = 0;
  bool ticking_ = false;
  bool stopping_ = false;
  std::vector<Connection*> connections_;
  Scratch scratch_;
};

}  // namespace dynarock::http
