#include "server/http/io_thread.h"

#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "server/http/connection.h"

namespace dynarock::http {

namespace asio = boost::asio;
using std::chrono::milliseconds;

IoThread::IoThread(Shared& shared)
    : shared_(shared),
      guard_(context_.get_executor()),
      ticker_(context_),
      cutter_(context_),
      tick_length_(
          std::clamp(shared.options.idle_timeout / 8, milliseconds(5), milliseconds(1000))),
      idle_ticks_(static_cast<std::uint64_t>(shared.options.idle_timeout / tick_length_) + 1) {
  scratch_.in = std::make_unique_for_overwrite<char[]>(kReadSize);
}

void IoThread::Adopt(asio::ip::tcp::socket socket) {
  asio::post(context_, [this, moved = std::move(socket)]() mutable {
    auto connection = std::make_unique<Connection>(std::move(moved), *this, shared_);
    Connection& serving = *connection;
    asio::co_spawn(context_, serving.Serve(),
                   [this, owned = std::move(connection)](std::exception_ptr failure) {
                     if (!failure) return;
                     try {
                       std::rethrow_exception(failure);
                     } catch (const std::exception& e) {
                       shared_.Log(std::string("connection given up: ") + e.what());
                     }
                   });
  });
}

void IoThread::BeginStop() {
  asio::post(context_, [this] { Stop(); });
}

void IoThread::Stop() {
  if (stopping_) return;
  stopping_ = true;
  guard_.reset();
  if (connections_.empty()) {
    ticker_.cancel();
    return;
  }
  for (Connection* connection : connections_) connection->CloseIfIdle();
  cutter_.expires_after(shared_.options.stop_timeout);
  cutter_.async_wait([this](boost::system::error_code ec) {
    if (ec) return;
    shared_.cut = true;
    for (Connection* connection : connections_) connection->Cut();
  });
}

void IoThread::Enter(Connection& connection) {
  connection.set_place(connections_.size());
  connections_.push_back(&connection);
  if (!ticking_) StartTicking();
}

void IoThread::Leave(Connection& connection) {
  Connection* const last = connections_.back();
  connections_[connection.place()] = last;
  last->set_place(connection.place());
  connections_.pop_back();
  if (connections_.empty() && stopping_) {
    ticker_.cancel();
    cutter_.cancel();
  }
}

void IoThread::StartTicking() {
  ticking_ = true;
  ticker_.expires_after(tick_length_);
  ticker_.async_wait([this](boost::system::error_code ec) {
    ticking_ = false;
    if (ec) return;
    ++tick_;
    for (Connection* connection : connections_) connection->CutIfOverdue(tick_);
    // Without connections there is nothing to time: an idle server sleeps.
    if (!connections_.empty()) StartTicking();
  });
}

}  // namespace dynarock::http
