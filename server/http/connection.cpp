#include "server/http/connection.h"

#include <algorithm>
#include <array>
#include <exception>
#include <new>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <libdeflate.h>

#include "server/http/deflater.h"
#include "server/http/field_value.h"
#include "server/http/reply_head.h"

namespace dynarock::http {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

// Above these sizes, inflating or deflating takes longer than a change of threads.
constexpr std::size_t kInflateInline = 4 * 1024;
constexpr std::size_t kDeflateInline = 64 * 1024;
// Memory up to this size is kept for the next request.
constexpr std::size_t kBodyKept = 64 * 1024;
constexpr std::size_t kOutKept = 256 * 1024;
// Bodies up to this size are copied behind their head, so that one piece of memory is written.
constexpr std::size_t kCopied = 16 * 1024;
// The longest piece of a request that has to be looked at as a whole, such as its head or a chunk's
// first line.
constexpr std::size_t kPieceLimit = 2 * Server::kHeadLimit;
// A refused client may have this much under way, and time to send it, before the connection is cut
// under it.
constexpr std::size_t kDrained = std::size_t{1} << 30;

// When something went wrong that nobody foresaw.
Reply InternalFailure() {
  Reply reply;
  reply.status = 500;
  reply.content_type = "application/x-amz-json-1.0";
  reply.body = R"({"__type":"com.amazon.coral.service#InternalFailure"})";
  return reply;
}

bool Blocked(error_code ec) {
  return ec == asio::error::would_block || ec == asio::error::try_again;
}

}  // namespace

Connection::Connection(tcp::socket socket, IoThread& thread, Shared& shared)
    : socket_(std::move(socket)), thread_(thread), shared_(shared) {
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
  if (shared_.options.tls) tls_ = std::make_unique<crypto::TlsSession>(*shared_.options.tls);
  thread_.Enter(*this);
}

Connection::~Connection() {
  LetGo();
  thread_.Leave(*this);
}

void Connection::CloseIfIdle() {
  error_code ec;
  if (idle_ && (socket_.available(ec) == 0 || ec)) Cut();
}

void Connection::Cut() {
  error_code ignored;
  socket_.close(ignored);
  if (delay_ != nullptr) delay_->cancel();
}

void Connection::CutIfOverdue(std::uint64_t tick) {
  if (deadline_ != 0 && tick >= deadline_) Cut();
}

asio::awaitable<void> Connection::Serve() {
  error_code ec;
  if (tls_ && !co_await ShakeHands()) co_return;
  do {
    BeginRequest();
    Step step;
    bool continued = false;
    while ((step = Parse()) == Step::kNeedMore) {
      if (!HasRoomForBody()) {
        co_await Refuse(shared_.options.no_room());
        co_return;
      }
      inbox_.Keep();
      const bool between_requests = !parser_->got_some() && inbox_.unread().empty();
      if (between_requests && thread_.stopping()) co_return;
      if (!continued && WantsContinue()) {
        continued = true;
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        const bool sent = tls_ ? co_await WriteSealed(kContinue) : co_await Write(kContinue);
        if (!sent) co_return;
      }
      // The head as a whole has one deadline, or a byte now and then would hold a connection for
      // ever.
      if (idle_ != between_requests || parser_->is_header_done() || deadline_ == 0) RenewDeadline();
      idle_ = between_requests;
      if (tls_) {
        if (!co_await ReceiveSealed()) co_return;
        continue;
      }
      const std::size_t count = co_await socket_.async_read_some(
          asio::buffer(first_), asio::redirect_error(asio::use_awaitable, ec));
      if (ec || !Receive(count)) co_return;
    }
    idle_ = false;
    deadline_ = 0;
    if (step != Step::kComplete) {
      co_await Refuse(step);
      co_return;
    }
    keep_alive_ = parser_->keep_alive();
    request_.method = head_.method();
    request_.target = head_.target();
    request_.undecodable = false;
    request_.received.reset();

    if (const auto coding = head_.Find("content-encoding"); coding && !coding->empty()) {
      bool fits = true;
      if (request_.body.size() <= kInflateInline) {
        fits = Decode(*coding);
      } else {
        co_await OnWorker([&] { fits = Decode(*coding); });
      }
      if (!fits) {
        co_await Refuse(Step::kTooLarge);
        co_return;
      }
    }

    Answer answer;
    if (shared_.handler.TakesLong(request_)) {
      co_await OnWorker([&] {
        MakeAnswer(answer);
        Finish(answer, WantedCoding(answer));
      });
    } else {
      MakeAnswer(answer);
      const Coding coding = WantedCoding(answer);
      if (coding != Coding::kIdentity && answer.reply.body.size() > kDeflateInline) {
        co_await OnWorker([&] { Finish(answer, coding); });
      } else {
        Finish(answer, coding);
      }
    }
    if (answer.reply.delay.count() > 0) co_await Delay(answer.reply.delay);

    if (thread_.stopping()) keep_alive_ = false;
    if (tls_) {
      if (!co_await SendSealed(answer)) co_return;
    } else {
      const auto left = SendNow(answer);
      if (!left || (!left->empty() && !co_await Write(*left))) co_return;
    }
    ReuseMemory();
  } while (keep_alive_);
  if (!thread_.stopping()) co_await Drain();
}

void Connection::BeginRequest() {
  head_.Clear();
  request_.body.swap(thread_.scratch().body);
  request_.body.clear();
  request_.fields = &head_;
  request_.connection = reinterpret_cast<std::uintptr_t>(this);
  ++request_.number;
  parser_.emplace(head_, request_.body, Server::kHeadLimit, Server::kBodyLimit);
}

Connection::Step Connection::Parse() {
  try {
    return ParseSome();
  } catch (const std::bad_alloc&) {
    // There may be enough for the next request.
    shared_.Log("request failed: there is no memory left for its body");
    return Step::kNoMemory;
  }
}

Connection::Step Connection::ParseSome() {
  while (!inbox_.unread().empty()) {
    const std::string_view unread = inbox_.unread();
    if (!parser_->got_some() && (unread.front() == '\r' || unread.front() == '\n')) {
      inbox_.Consume(1);  // empty lines before a request are harmless (RFC 9112 2.2)
      continue;
    }
    error_code ec;
    const std::size_t used = parser_->put(asio::buffer(unread.data(), unread.size()), ec);
    inbox_.Consume(used);
    if (ec == beast_http::error::need_more) {
      if (inbox_.unread().size() > kPieceLimit) return Step::kMalformed;
      return Step::kNeedMore;
    }
    if (ec == beast_http::error::body_limit) return Step::kTooLarge;
    if (ec) return Step::kMalformed;
    if (parser_->is_done()) return Step::kComplete;
  }
  return Step::kNeedMore;
}

// Takes `count` bytes out of first_ and what more there is; false when the client has gone.
bool Connection::Receive(std::size_t count) {
  inbox_.Receive({first_.data(), count});
  if (count < first_.size()) return true;
  error_code ec;
  char* const buffer = thread_.scratch().in.get();
  const std::size_t more = socket_.read_some(asio::buffer(buffer, IoThread::kReadSize), ec);
  if (!ec) inbox_.Receive({buffer, more});
  // What came before the end of the stream still counts; the next read meets the end again.
  return !ec || Blocked(ec) || ec == asio::error::eof;
}

bool Connection::WantsContinue() const {
  if (!parser_->is_header_done() || parser_->is_http_1_0()) return false;
  const auto expect = head_.Find("expect");
  return expect && EqualsIgnoringCase(*expect, "100-continue") && request_.body.empty();
}

bool Connection::Decode(std::string_view coding) {
  if (shared_.options.keep_received) request_.received = request_.body;
  const DecodeResult result = DecodeBody(coding, Server::kBodyLimit, request_.body);
  request_.undecodable = result == DecodeResult::kUndecodable;
  return result != DecodeResult::kTooLarge;
}

bool Connection::Hold(std::uint64_t bytes) {
  if (!shared_.options.hold || bytes <= kBodyKept || bytes <= held_) return true;
  if (!shared_.options.hold(static_cast<std::int64_t>(bytes - held_))) return false;
  held_ = bytes;
  return true;
}

void Connection::LetGo() {
  if (held_ > 0) shared_.options.hold(-static_cast<std::int64_t>(held_));
  held_ = 0;
}

// A length is a promise that the body will be so large; without one it grows as it comes.
bool Connection::HasRoomForBody() {
  if (!shared_.options.hold || !parser_->is_header_done()) return true;
  const auto length = parser_->content_length();
  return Hold(std::max<std::uint64_t>(length ? *length : 0, request_.body.size()));
}

void Connection::MakeAnswer(Answer& answer) {
  if (shared_.cut) return;  // nobody is there to read it
  answer.reply = Handle();
  const std::size_t size = answer.reply.body.size();
  if (size > kBodyKept && !Hold(held_ + size)) answer.reply = shared_.options.no_room();
}

Reply Connection::Handle() {
  try {
    return shared_.handler.Handle(request_);
  } catch (const std::exception& e) {
    shared_.Log(std::string("request failed: ") + e.what());
  } catch (...) {
    shared_.Log("request failed for an unknown reason");
  }
  return InternalFailure();
}

Coding Connection::WantedCoding(const Answer& answer) const {
  const ServerOptions& options = shared_.options;
  if (!options.compress || answer.reply.body.size() < options.compress_from) {
    return Coding::kIdentity;
  }
  return ChosenCoding(head_.FindAll("accept-encoding"));
}

void Connection::Finish(Answer& answer, Coding coding) {
  if (coding != Coding::kIdentity) {
    std::string compressed;
    if (AppendCompressed(coding, answer.reply.body, compressed)) {
      answer.reply.body.swap(compressed);
      answer.coding = coding;
    }
  }
  if (answer.reply.checksum) {
    const std::string& body = answer.reply.body;
    answer.crc32 = libdeflate_crc32(0, body.data(), body.size());
  }
}

std::string_view Connection::BodyToSend(const Answer& answer) const {
  return head_.method() == "HEAD" ? std::string_view{} : std::string_view(answer.reply.body);
}

void Connection::FormatHead(const Answer& answer, std::string& out) {
  out.clear();
  AppendHead(answer.reply,
             {.date = thread_.scratch().date.At(thread_.now_s()),
              .content_length = answer.reply.body.size(),
              .crc32 = answer.crc32,
              .coding = answer.coding,
              .keep_alive = keep_alive_},
             out);
}

std::optional<std::string_view> Connection::SendNow(const Answer& answer) {
  const std::string_view body = BodyToSend(answer);
  std::string& out = thread_.scratch().out;
  FormatHead(answer, out);
  const std::size_t head_size = out.size();
  error_code ec;
  std::size_t sent = 0;
  if (body.size() <= kCopied) {
    out.append(body);
    sent = socket_.write_some(asio::buffer(out), ec);
  } else {
    const std::array<asio::const_buffer, 2> pieces{asio::buffer(out),
                                                   asio::buffer(body.data(), body.size())};
    sent = socket_.write_some(pieces, ec);
  }
  if (ec && !Blocked(ec)) return std::nullopt;
  if (sent == head_size + body.size()) return std::string_view{};
  // The scratch memory is another connection's as soon as this one waits.
  if (sent >= head_size) return body.substr(sent - head_size);
  unsent_.assign(out, sent);
  if (body.size() > kCopied) unsent_.append(body);
  return unsent_;
}

asio::awaitable<bool> Connection::Send(const Answer& answer) {
  if (tls_) co_return co_await SendSealed(answer);
  const auto left = SendNow(answer);
  co_return left && (left->empty() || co_await Write(*left));
}

asio::awaitable<bool> Connection::Write(std::string_view bytes) {
  inbox_.Keep();
  error_code ec;
  for (;;) {
    bytes.remove_prefix(socket_.write_some(asio::buffer(bytes.data(), bytes.size()), ec));
    if (bytes.empty()) break;
    if (ec && !Blocked(ec)) co_return false;
    RenewDeadline();
    co_await socket_.async_wait(tcp::socket::wait_write,
                                asio::redirect_error(asio::use_awaitable, ec));
    if (ec) co_return false;
  }
  deadline_ = 0;
  co_return true;
}

void Connection::ReuseMemory() {
  IoThread::Scratch& scratch = thread_.scratch();
  if (scratch.out.capacity() > kOutKept) std::string().swap(scratch.out);
  if (!unsent_.empty()) std::string().swap(unsent_);
  if (request_.body.capacity() <= kBodyKept) {
    scratch.body.swap(request_.body);
  }
  std::string().swap(request_.body);
  LetGo();
}

// What the request gets that Parse has given up with.
Reply Connection::RefusalOf(Step step) {
  if (step == Step::kNoMemory) return InternalFailure();
  Reply reply;
  reply.status = step == Step::kTooLarge ? 413 : 400;
  return reply;
}

asio::awaitable<void> Connection::Refuse(Step step) {
  co_await Refuse(RefusalOf(step));
}

// Gives the connection up with an answer that belongs to no request.
asio::awaitable<void> Connection::Refuse(Reply reply) {
  std::string().swap(request_.body);
  LetGo();
  keep_alive_ = false;
  Answer answer;
  answer.reply = std::move(reply);
  if (co_await Send(answer) && !thread_.stopping()) co_await Drain();
}

// Reads and forgets what the client still sends. Closing while bytes are unread would make the
// kernel reset the connection, and a client that is busy sending would never see its reply.
asio::awaitable<void> Connection::Drain() {
  error_code ec;
  if (tls_) {
    tls_->Close();
    if (!co_await FlushSealed()) co_return;
  }
  socket_.shutdown(tcp::socket::shutdown_send, ec);
  idle_ = true;
  RenewDeadline();
  for (std::size_t drained = 0; drained < kDrained;) {
    co_await socket_.async_wait(tcp::socket::wait_read,
                                asio::redirect_error(asio::use_awaitable, ec));
    if (ec) co_return;
    drained += socket_.read_some(asio::buffer(thread_.scratch().in.get(), IoThread::kReadSize), ec);
    if (ec && !Blocked(ec)) co_return;
  }
}

asio::awaitable<void> Connection::OnWorker(std::function<void()> work) {
  inbox_.Keep();
  auto initiate = [this, &work](auto done) {
    // Keeps the io thread running while its only work is elsewhere.
    auto guard = asio::make_work_guard(thread_.context());
    asio::post(shared_.workers,
               [&work, guard = std::move(guard), done = std::move(done)]() mutable {
                 work();
                 const auto executor = guard.get_executor();
                 asio::post(executor, std::move(done));
               });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(std::move(initiate),
                                                                       asio::use_awaitable);
}

asio::awaitable<void> Connection::Delay(std::chrono::milliseconds time) {
  inbox_.Keep();
  asio::steady_timer timer(socket_.get_executor(), time);
  delay_ = &timer;
  error_code ignored;
  if (!shared_.cut) {
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  delay_ = nullptr;
}

}  // namespace dynarock::http
