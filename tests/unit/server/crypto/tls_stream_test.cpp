#include "server/crypto/tls_stream.h"

#include <ctime>
#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dynarock::crypto {
namespace {

// Both ends of a connection within the process.
struct Wire {
  Wire() { EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0); }
  ~Wire() {
    for (const int end : ends) close(end);
  }
  static TlsStream Over(const TlsContext& context, int socket) {
    return TlsStream(
        context,
        [socket](std::string_view bytes) {
          while (!bytes.empty()) {
            const ssize_t count = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count < 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
          }
          return true;
        },
        [socket](std::span<char> into) { return recv(socket, into.data(), into.size(), 0); });
  }
  int ends[2] = {-1, -1};
};

TEST(TlsStreamTest, CarriesARequestAndItsAnswer) {
  const auto context = *TlsContext::Make(*MakeSelfSigned({"localhost"}, std::time(nullptr)));
  const auto trusting = TlsContext::MakeTrustingClient();
  const std::string answer(300'000, 'a');
  Wire wire;
  std::jthread server([&] {
    TlsStream stream = Wire::Over(*context, wire.ends[0]);
    ASSERT_TRUE(stream.Shake());
    char buffer[100];
    ASSERT_EQ(stream.Receive(buffer), 7);
    EXPECT_EQ(std::string_view(buffer, 7), "request");
    ASSERT_TRUE(stream.Send(answer));
    shutdown(wire.ends[0], SHUT_WR);
  });
  TlsStream stream = Wire::Over(*trusting, wire.ends[1]);
  ASSERT_TRUE(stream.Shake());
  ASSERT_TRUE(stream.Send("request"));
  std::string received;
  char buffer[10'000];
  for (ssize_t count; (count = stream.Receive(buffer)) > 0;) {
    received.append(buffer, static_cast<std::size_t>(count));
  }
  EXPECT_TRUE(received == answer);
}

TEST(TlsStreamTest, FailsWhereNobodySpeaksTls) {
  const auto trusting = TlsContext::MakeTrustingClient();
  for (const std::string_view text : {"HTTP/1.1 400 Bad Request\r\n\r\n", ""}) {
    Wire wire;
    (void)!write(wire.ends[0], text.data(), text.size());
    shutdown(wire.ends[0], SHUT_WR);
    TlsStream stream = Wire::Over(*trusting, wire.ends[1]);
    EXPECT_FALSE(stream.Shake()) << text;
  }
}

}  // namespace
}  // namespace dynarock::crypto
