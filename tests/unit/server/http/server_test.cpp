#include "server/http/server.h"

#include <mutex>

#include <gtest/gtest.h>

#include "server/http/http_date.h"
#include "storage/clock/settable_clock.h"
#include "tests/unit/server/http/socket_client.h"

namespace dynarock::http {
namespace {

using namespace std::chrono_literals;

TEST(ServerTest, AnswersWithAllFields) {
  RunningServer server;
  SocketClient client(server.port());
  const auto reply = client.Ask(Post("hello"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status_line, "HTTP/1.1 200 OK");
  EXPECT_EQ(reply->body, "POST / hello");
  EXPECT_EQ(reply->field("server"), "Server");
  EXPECT_EQ(reply->field("content-type"), "text/plain");
  EXPECT_EQ(reply->field("content-length"), "12");
  EXPECT_EQ(reply->field("connection"), "keep-alive");
  EXPECT_EQ(reply->field("x-amzn-requestid"), "ID");
  EXPECT_EQ(reply->field("x-amz-crc32"), std::to_string(Crc32("POST / hello")));
  EXPECT_EQ(reply->field("date").size(), 29U);
  EXPECT_EQ(reply->field("content-encoding"), "(none)");
}

TEST(ServerTest, TheDateIsTheClocks) {
  SettableClock clock(1'900'000'000'000);
  ServerOptions options;
  options.clock = &clock;
  RunningServer server(std::move(options));
  SocketClient client(server.port());
  EXPECT_EQ(client.Ask(Post("x"))->field("date"), "Sun, 17 Mar 2030 17:46:40 GMT");
  clock.Advance(1000);
  EXPECT_EQ(client.Ask(Post("x"))->field("date"), "Sun, 17 Mar 2030 17:46:41 GMT");
}

TEST(ServerTest, KeepsTheConnection) {
  RunningServer server;
  SocketClient client(server.port());
  for (int i = 0; i < 100; ++i) {
    const auto reply = client.Ask(Post(std::to_string(i)));
    ASSERT_TRUE(reply) << i;
    EXPECT_EQ(reply->body, "POST / " + std::to_string(i));
  }
}

TEST(ServerTest, AnswersPipelinedRequestsInOrder) {
  RunningServer server;
  SocketClient client(server.port());
  std::string requests;
  for (int i = 0; i < 50; ++i) {
    // Some go to a worker, some wait on a timer, some replies are large.
    const std::string target = i % 10 == 3 ? "/slow20" : i % 10 == 6 ? "/delay10" : "/";
    const std::string body(static_cast<std::size_t>(i * 40), static_cast<char>('a' + i % 26));
    requests += "POST " + target + " HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body;
  }
  ASSERT_TRUE(client.Send(requests));
  for (int i = 0; i < 50; ++i) {
    const auto reply = client.Receive();
    ASSERT_TRUE(reply) << i;
    const std::string target = i % 10 == 3 ? "/slow20" : i % 10 == 6 ? "/delay10" : "/";
    EXPECT_EQ(reply->body,
              "POST " + target + " " +
                  std::string(static_cast<std::size_t>(i * 40), static_cast<char>('a' + i % 26)));
  }
}

TEST(ServerTest, TakesARequestByteByByte) {
  RunningServer server;
  SocketClient client(server.port());
  for (const std::string& request :
       {Post("slowly"),
        std::string("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "6\r\nslowly\r\n0\r\n\r\n"),
        std::string("POST /none HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")}) {
    for (const char c : request) {
      ASSERT_TRUE(client.Send({&c, 1}));
      std::this_thread::sleep_for(200us);
    }
    const auto reply = client.Receive();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->body, request.starts_with("POST /none") ? "POST /none " : "POST / slowly");
  }
}

struct ConnectionCase {
  const char* name;
  const char* request;
  const char* connection;  // in the reply
};

TEST(ServerTest, FollowsTheConnectionField) {
  const ConnectionCase cases[] = {
      {"1.1", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "keep-alive"},
      {"1.1 without Host", "GET / HTTP/1.1\r\n\r\n", "keep-alive"},
      {"1.1 close", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "close"},
      {"1.0", "GET / HTTP/1.0\r\n\r\n", "close"},
      {"1.0 keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "keep-alive"},
      {"an upgrade we do not do",
       "GET / HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
       "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n\r\n",
       "keep-alive"},
      {"empty lines before", "\r\n\r\nGET / HTTP/1.1\r\n\r\n", "keep-alive"},
  };
  RunningServer server;
  for (const ConnectionCase& c : cases) {
    SCOPED_TRACE(c.name);
    SocketClient client(server.port());
    const auto reply = client.Ask(c.request);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status(), 200U);
    EXPECT_EQ(reply->body, "GET / ");
    EXPECT_EQ(reply->field("connection"), c.connection);
    if (std::string(c.connection) == "close") {
      EXPECT_TRUE(client.AtEnd());
    } else {
      EXPECT_TRUE(client.Ask("GET / HTTP/1.1\r\n\r\n"));
    }
  }
}

TEST(ServerTest, RefusesWhatIsNotHttp) {
  const std::pair<const char*, std::string> cases[] = {
      {"words", "hello there\r\n\r\n"},
      {"TLS", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) +
                  std::string(200, '\x07') + "\r\n\r\n"},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {"field without colon", "GET / HTTP/1.1\r\nHost localhost\r\n\r\n"},
      {"two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"},
      {"length and chunks",
       "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"length not a number", "POST / HTTP/1.1\r\nContent-Length: ten\r\n\r\n"},
      {"bad chunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"},
      {"fields too large", "GET / HTTP/1.1\r\nX: " + std::string(16380, 'x') + "\r\n\r\n"},
      {"fields too large together", "GET / HTTP/1.1\r\nX: " + std::string(8188, 'x') +
                                        "\r\nY: " + std::string(8187, 'x') + "\r\n\r\n"},
      {"line too large", "GET /" + std::string(16370, 'x') + " HTTP/1.1\r\n\r\n"},
      {"head far too large", "GET / HTTP/1.1\r\nX: " + std::string(70000, 'x') + "\r\n\r\n"},
      {"endless head", "GET / HTTP/1.1\r\nX: " + std::string(300000, 'x')},
      {"endless chunk line",
       "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(300000, 'x')},
  };
  RunningServer server;
  for (const auto& [name, request] : cases) {
    SCOPED_TRACE(name);
    SocketClient client(server.port());
    const auto reply = client.Ask(request);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status_line, "HTTP/1.1 400 Bad Request");
    EXPECT_EQ(reply->field("connection"), "close");
    EXPECT_EQ(reply->body, "");
    EXPECT_TRUE(client.AtEnd());
  }
}

TEST(ServerTest, TakesALargeHead) {
  RunningServer server;
  SocketClient client(server.port());
  const std::string fields = "X-Ask: ";
  const std::string end = "\r\nContent-Length: 0\r\n";
  const std::string large(Server::kHeadLimit - fields.size() - end.size(), 'x');
  auto reply = client.Ask("POST /field HTTP/1.1\r\n" + fields + large + end + "\r\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->field("x-asked"), large);

  const std::string target(Server::kHeadLimit - std::string("GET  HTTP/1.1\r\n").size(), '/');
  reply = client.Ask("GET " + target + " HTTP/1.1\r\n" + fields + large + end + "\r\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "GET " + target + " ");
}

TEST(ServerTest, FindsFieldsWithoutRegardToCaseAndTrims) {
  RunningServer server;
  SocketClient client(server.port());
  const auto reply = client.Ask("GET /field HTTP/1.1\r\nx-ASK:  \t two words \r\nX-Ask: b\r\n\r\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->field("x-asked"), "two words");
  EXPECT_EQ(client.Ask("GET /field HTTP/1.1\r\n\r\n")->field("x-asked"), "(none)");
}

TEST(ServerTest, SendsNoBodyToHead) {
  RunningServer server;
  SocketClient client(server.port());
  client.Send("HEAD /large20000 HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
  const auto reply = client.Receive(true);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->field("content-length"), "20000");
  EXPECT_EQ(client.Receive()->body, "GET / ");
}

TEST(ServerTest, WritesEveryStatus) {
  const std::pair<int, const char*> cases[] = {
      {200, "HTTP/1.1 200 OK"},
      {400, "HTTP/1.1 400 Bad Request"},
      {404, "HTTP/1.1 404 Not Found"},
      {413, "HTTP/1.1 413 Payload Too Large"},
      {421, "HTTP/1.1 421 Misdirected Request"},
      {500, "HTTP/1.1 500 Internal Server Error"},
      {503, "HTTP/1.1 503 Service Unavailable"},
      {418, "HTTP/1.1 418 "},
  };
  RunningServer server;
  SocketClient client(server.port());
  for (const auto& [status, line] : cases) {
    const auto reply = client.Ask("GET /status" + std::to_string(status) + " HTTP/1.1\r\n\r\n");
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status_line, line);
  }
}

TEST(ServerTest, LeavesTheChecksumOutOnRequest) {
  RunningServer server;
  SocketClient client(server.port());
  EXPECT_EQ(client.Ask("GET /unchecked HTTP/1.1\r\n\r\n")->field("x-amz-crc32"), "(none)");
}

TEST(ServerTest, AnswersAnExceptionWith500AndLogsIt) {
  std::mutex mutex;
  std::string logged;
  ServerOptions options;
  options.log = [&](std::string_view line) {
    const std::lock_guard lock(mutex);
    logged = line;
  };
  RunningServer server(options);
  SocketClient client(server.port());
  const auto reply = client.Ask("POST /throw HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status(), 500U);
  EXPECT_EQ(reply->body, R"({"__type":"com.amazon.coral.service#InternalFailure"})");
  EXPECT_TRUE(client.Ask(Post("next")));
  const std::lock_guard lock(mutex);
  EXPECT_EQ(logged, "request failed: broken on purpose");
}

TEST(ServerTest, SendsLargeRepliesToASlowReader) {
  RunningServer server;
  SocketClient client(server.port());
  client.Send("GET /large30000000 HTTP/1.1\r\n\r\nGET /after HTTP/1.1\r\n\r\n");
  std::this_thread::sleep_for(100ms);
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, std::string(30000000, 'x'));
  EXPECT_EQ(client.Receive()->body, "GET /after ");
}

TEST(ServerTest, HoldsADelayedReplyBackWithoutHoldingUpOthers) {
  ServerOptions options;
  options.io_threads = 1;
  RunningServer server(options);
  SocketClient delayed(server.port());
  SocketClient other(server.port());
  const auto start = std::chrono::steady_clock::now();
  delayed.Send("GET /delay1000 HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(other.Ask(Post("quick")));
  EXPECT_LT(std::chrono::steady_clock::now() - start, 900ms);
  ASSERT_TRUE(delayed.Receive());
  EXPECT_GE(std::chrono::steady_clock::now() - start, 1000ms);
}

TEST(ServerTest, RunsWhatTakesLongBesideOtherConnections) {
  ServerOptions options;
  options.io_threads = 1;
  RunningServer server(options);
  SocketClient slow(server.port());
  SocketClient other(server.port());
  const auto start = std::chrono::steady_clock::now();
  slow.Send("GET /slow1000 HTTP/1.1\r\n\r\nGET /second HTTP/1.1\r\n\r\n");
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(other.Ask(Post("quick")));
  EXPECT_LT(std::chrono::steady_clock::now() - start, 900ms);
  EXPECT_EQ(slow.Receive()->body, "GET /slow1000 ");
  EXPECT_EQ(slow.Receive()->body, "GET /second ");
}

TEST(ServerTest, ClosesIdleAndStuckConnections) {
  ServerOptions options;
  options.idle_timeout = 150ms;
  RunningServer server(options);
  SocketClient silent(server.port());
  SocketClient stuck_in_body(server.port());
  stuck_in_body.Send("POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_TRUE(silent.AtEnd());
  EXPECT_TRUE(stuck_in_body.AtEnd());

  // A head that never ends is no sign of life.
  SocketClient dripping(server.port());
  const auto start = std::chrono::steady_clock::now();
  dripping.Send("GET / HTTP/1.1\r\n");
  while (dripping.Send("A: b\r\n") && std::chrono::steady_clock::now() - start < 3s) {
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);

  // A body that keeps coming is, and so is a handler at work.
  SocketClient steady(server.port());
  steady.Send("POST /slow400 HTTP/1.1\r\nContent-Length: 10\r\n\r\n");
  for (int i = 0; i < 10; ++i) {
    std::this_thread::sleep_for(50ms);
    ASSERT_TRUE(steady.Send("x"));
  }
  EXPECT_EQ(steady.Receive()->body, "POST /slow400 xxxxxxxxxx");
}

TEST(HttpDateTest, FormatsTheDateInEnglish) {
  HttpDate date;
  EXPECT_EQ(date.At(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(date.At(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(date.At(1709251199), "Thu, 29 Feb 2024 23:59:59 GMT");
}

}  // namespace
}  // namespace dynarock::http
