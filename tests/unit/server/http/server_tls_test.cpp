// TLS as far as it shows without a TLS client: who never gets through a handshake. tests/api has
// the others.
#include <gtest/gtest.h>

#include "server/crypto/tls_context.h"
#include "tests/unit/server/http/socket_client.h"

namespace dynarock::http {
namespace {

using namespace std::chrono_literals;

ServerOptions WithTls() {
  static const auto context =
      *crypto::TlsContext::Make(*crypto::MakeSelfSigned({"localhost"}, std::time(nullptr)));
  ServerOptions options;
  options.tls = context;
  return options;
}

// The beginning of a ClientHello.
std::string HalfHello() {
  return std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + std::string(20, 'r');
}

TEST(ServerTlsTest, TellsPlainHttpToUseTls) {
  RunningServer server(WithTls());
  const std::string cases[] = {Post("hello"), "GET / HTTP/1.1\r\n\r\n", "G", "hello there\r\n",
                               std::string(1, '\0')};
  for (const std::string& request : cases) {
    SCOPED_TRACE(request);
    SocketClient client(server.port());
    const auto reply = client.Ask(request);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status_line, "HTTP/1.1 400 Bad Request");
    EXPECT_EQ(reply->field("connection"), "close");
    EXPECT_EQ(reply->body, "This port speaks TLS: use https:// instead of http://\n");
    EXPECT_TRUE(client.AtEnd());
  }
}

TEST(ServerTlsTest, ClosesAfterABrokenHandshake) {
  RunningServer server(WithTls());
  SocketClient client(server.port());
  ASSERT_TRUE(client.Send(std::string("\x16\x03\x01\x00\x04\x01\x00\x00\x00", 9)));
  EXPECT_TRUE(client.AtEnd());
  SocketClient other(server.port());
  ASSERT_TRUE(other.Send(HalfHello()));
  other.Send(std::string(600, 'x'));
  const std::string alert = other.ReceiveBytes(100);  // and the end
  ASSERT_EQ(alert.size(), 7U);
  EXPECT_EQ(alert[0], '\x15');
  EXPECT_EQ(alert[5], '\x02');  // fatal
}

TEST(ServerTlsTest, AHandshakeHasOneDeadline) {
  ServerOptions options = WithTls();
  options.idle_timeout = 300ms;
  RunningServer server(options);
  SocketClient silent(server.port());
  SocketClient slow(server.port());
  const auto start = std::chrono::steady_clock::now();
  // A byte now and then does not help.
  const std::string hello = HalfHello() + std::string(70, 'r');
  std::size_t sent = 0;
  while (sent < hello.size() && slow.Send({&hello[sent], 1})) {
    ++sent;
    std::this_thread::sleep_for(30ms);
  }
  EXPECT_LT(sent, hello.size());
  EXPECT_TRUE(silent.AtEnd());
  EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
}

TEST(ServerTlsTest, HandshakesDoNotKeepTheServer) {
  ServerOptions options = WithTls();
  options.stop_timeout = 20s;
  RunningServer server(options);
  SocketClient silent(server.port());
  SocketClient half(server.port());
  ASSERT_TRUE(half.Send(HalfHello()));
  std::this_thread::sleep_for(50ms);
  EXPECT_LT(server.Stop(), 10s);
}

}  // namespace
}  // namespace dynarock::http
