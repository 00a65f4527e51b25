// Listening and stopping.
#include <csignal>

#include <gtest/gtest.h>

#include "server/http/server.h"
#include "tests/unit/server/http/socket_client.h"

namespace dynarock::http {
namespace {

using namespace std::chrono_literals;

// Long enough that a busy machine does not come near it: who waits for it shows.
ServerOptions Patient() {
  ServerOptions options;
  options.stop_timeout = 20s;
  return options;
}
constexpr auto kSoon = 10s;

TEST(ServerStopTest, FinishesRequestsUnderWay) {
  RunningServer server(Patient());
  SocketClient slow(server.port());
  SocketClient delayed(server.port());
  SocketClient halfway(server.port());
  SocketClient idle(server.port());
  ASSERT_TRUE(idle.Ask(Post("x")));
  slow.Send("GET /slow300 HTTP/1.1\r\n\r\n");
  delayed.Send("GET /delay300 HTTP/1.1\r\n\r\n");
  halfway.Send("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbo");
  std::this_thread::sleep_for(100ms);
  std::thread stopper([&] { EXPECT_LT(server.Stop(), kSoon); });
  EXPECT_TRUE(idle.AtEnd());
  halfway.Send("dy");
  for (SocketClient* client : {&slow, &delayed, &halfway}) {
    const auto reply = client->Receive();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status(), 200U);
    EXPECT_EQ(reply->field("connection"), "close");
    EXPECT_TRUE(client->AtEnd());
  }
  stopper.join();
  EXPECT_THROW(SocketClient{server.port()}, std::exception);
}

TEST(ServerStopTest, CutsWhatDoesNotFinish) {
  RunningServer server;
  SocketClient delayed(server.port());
  SocketClient halfway(server.port());
  SocketClient deaf(server.port());
  delayed.Send("GET /delay60000 HTTP/1.1\r\n\r\n");
  halfway.Send("POST / HTTP/1.1\r\n");
  deaf.Send("GET /large20000000 HTTP/1.1\r\n\r\n");
  std::this_thread::sleep_for(200ms);
  const auto took = server.Stop();
  EXPECT_GE(took, 700ms);
  EXPECT_LT(took, kSoon);
  EXPECT_FALSE(delayed.Receive());
  EXPECT_FALSE(halfway.Receive());
}

TEST(ServerStopTest, StopsAtOnceWhenIdle) {
  RunningServer server(Patient());
  SocketClient client(server.port());
  ASSERT_TRUE(client.Ask(Post("x")));
  EXPECT_LT(server.Stop(), kSoon);
}

TEST(ServerStopTest, StopsOnASignal) {
  EchoHandler handler;
  ServerOptions options;
  options.stop_on_signals = true;
  Server server(options, handler);
  ASSERT_TRUE(server.Listen());
  std::thread thread([&] { server.Run(); });
  {
    SocketClient client(server.port());
    ASSERT_TRUE(client.Ask(Post("x")));
  }
  std::raise(SIGTERM);
  thread.join();
}

TEST(ServerStopTest, MayBeStoppedBeforeItRuns) {
  EchoHandler handler;
  Server server({}, handler);
  ASSERT_TRUE(server.Listen());
  server.Stop();
  server.Stop();
  server.Run();
}

std::string ListenError(std::string address, std::uint16_t port) {
  EchoHandler handler;
  ServerOptions options;
  options.address = std::move(address);
  options.port = port;
  Server server(options, handler);
  const auto listening = server.Listen();
  return listening ? "(listens)" : listening.error();
}

TEST(ServerStopTest, SaysWhyItCannotListen) {
  EchoHandler handler;
  Server first({}, handler);
  ASSERT_TRUE(first.Listen());
  const std::string port = std::to_string(first.port());
  EXPECT_EQ(ListenError("127.0.0.1", first.port()),
            "cannot listen on 127.0.0.1:" + port + ": another program uses this port");
  EXPECT_EQ(ListenError("localhost", first.port()),
            "cannot listen on localhost:" + port + ": another program uses this port");
  EXPECT_EQ(ListenError("example.org", 0),
            "cannot listen on \"example.org\": an address is numeric or \"localhost\"");
  EXPECT_EQ(ListenError("192.0.2.1", 23456),
            "cannot listen on 192.0.2.1:23456: this machine does not have that address");
  EXPECT_EQ(ListenError("127.0.0.1", 0), "(listens)");
  EXPECT_EQ(ListenError("localhost", 0), "(listens)");
}

}  // namespace
}  // namespace dynarock::http
