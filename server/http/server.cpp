#include "server/http/server.h"

#include <cassert>
#include <csignal>
#include <optional>
#include <thread>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/io_thread.h"
#include "server/http/listener.h"

namespace dynarock::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

ServerOptions WithDefaults(ServerOptions options) {
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  if (options.io_threads == 0) options.io_threads = threads;
  if (options.worker_threads == 0) options.worker_threads = std::max(2U, threads);
  options.idle_timeout = std::max(options.idle_timeout, std::chrono::milliseconds(1));
  return options;
}

}  // namespace

struct Server::Impl {
  Impl(ServerOptions given, Handler& handler)
      : options(WithDefaults(std::move(given))),
        workers(options.worker_threads),
        shared{options, handler, workers},
        threads(MakeThreads(shared)),
        signals(first()),
        pause(first()) {}

  static std::vector<std::unique_ptr<IoThread>> MakeThreads(Shared& shared) {
    std::vector<std::unique_ptr<IoThread>> made;
    for (unsigned i = 0; i < shared.options.io_threads; ++i) {
      made.push_back(std::make_unique<IoThread>(shared));
    }
    return made;
  }

  asio::io_context& first() { return threads.front()->context(); }

  // Deals the connections of one listening socket to the io threads in turn.
  asio::awaitable<void> Accept(tcp::acceptor& acceptor) {
    while (acceptor.is_open()) {
      IoThread& thread = *threads[next++ % threads.size()];
      tcp::socket socket(thread.context());
      error_code ec;
      co_await acceptor.async_accept(socket, asio::redirect_error(asio::use_awaitable, ec));
      if (!ec) {
        thread.Adopt(std::move(socket));
      } else if (acceptor.is_open() && ec != asio::error::connection_aborted) {
        // Out of file descriptors, most likely: trying again at once would only burn time.
        shared.Log("cannot accept a connection: " + ec.message());
        pause.expires_after(std::chrono::milliseconds(100));
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
      }
    }
  }

  void StopNow() {
    error_code ignored;
    for (tcp::acceptor& acceptor : acceptors) acceptor.close(ignored);
    pause.cancel();
    signals.cancel(ignored);
    for (auto& thread : threads) thread->BeginStop();
  }

  const ServerOptions options;
  asio::thread_pool workers;
  Shared shared;
  std::vector<std::unique_ptr<IoThread>> threads;
  // All of these live on the first io thread.
  std::vector<tcp::acceptor> acceptors;
  asio::signal_set signals;
  asio::steady_timer pause;
  std::size_t next = 0;
};

Server::Server(ServerOptions options, Handler& handler)
    : impl_(std::make_unique<Impl>(std::move(options), handler)) {}

Server::~Server() = default;

std::expected<void, std::string> Server::Listen() {
  auto opened = OpenListeners(impl_->first(), impl_->options.address, impl_->options.port);
  if (!opened) return std::unexpected(std::move(opened.error()));
  impl_->acceptors = std::move(*opened);
  // From now on, so that a signal right after the address was announced ends Run in good order.
  if (impl_->options.stop_on_signals) {
    error_code ignored;
    impl_->signals.add(SIGTERM, ignored);
    impl_->signals.add(SIGINT, ignored);
  }
  return {};
}

std::uint16_t Server::port() const {
  error_code ec;
  if (impl_->acceptors.empty()) return 0;
  return impl_->acceptors.front().local_endpoint(ec).port();
}

void Server::Run() {
  Impl& impl = *impl_;
  assert(!impl.acceptors.empty());
  if (impl.options.stop_on_signals) {
    impl.signals.async_wait([&impl](error_code ec, int) {
      if (!ec) impl.StopNow();
    });
  }
  for (tcp::acceptor& acceptor : impl.acceptors) {
    asio::co_spawn(impl.first(), impl.Accept(acceptor), asio::detached);
  }
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < impl.threads.size(); ++i) {
      others.emplace_back([&thread = *impl.threads[i]] { thread.Run(); });
    }
    impl.threads.front()->Run();
  }
  impl.workers.join();
}

void Server::Stop() {
  asio::post(impl_->first(), [impl = impl_.get()] { impl->StopNow(); });
}

}  // namespace dynarock::http
