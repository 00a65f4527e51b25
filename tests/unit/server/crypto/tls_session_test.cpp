#include "server/crypto/tls_session.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace dynarock::crypto {
namespace {

using Step = TlsSession::Step;

std::shared_ptr<const TlsContext> Context() {
  static const auto context = *TlsContext::Make(*MakeSelfSigned({"localhost"}, 1764072000));
  return context;
}

// Two sessions with nothing but memory between them.
struct Pair {
  // Carries what is pending over.
  static void Carry(TlsSession& from, TlsSession& to) {
    const std::string_view bytes = from.pending();
    const auto room = to.Room();
    ASSERT_GE(room.size(), bytes.size());
    std::copy(bytes.begin(), bytes.end(), room.begin());
    to.Received(bytes.size());
    from.Sent();
  }
  void Shake() {
    for (int i = 0; i < 10; ++i) {
      const Step step = client.Shake();
      ASSERT_NE(step, Step::kFailed) << client.error();
      Carry(client, server);
      const Step other = server.Shake();
      ASSERT_NE(other, Step::kFailed) << server.error();
      Carry(server, client);
      if (step == Step::kDone && other == Step::kDone) return;
    }
    FAIL() << "no end of the handshake";
  }
  // All that comes out of `to` when `from` has written, in pieces of `size`.
  static std::string Received(TlsSession& from, TlsSession& to, std::size_t size) {
    std::string all;
    std::string out(size, '\0');
    std::string_view bytes = from.pending();
    do {
      const auto room = to.Room();
      const std::size_t count = std::min(room.size(), bytes.size());
      std::copy_n(bytes.begin(), count, room.begin());
      to.Received(count);
      bytes.remove_prefix(count);
      for (;;) {
        const auto plain = to.Read(out);
        if (plain.step != Step::kDone) break;
        all.append(out, 0, plain.count);
      }
    } while (!bytes.empty());
    from.Sent();
    return all;
  }

  std::shared_ptr<const TlsContext> trusting = TlsContext::MakeTrustingClient();
  TlsSession client{*trusting};
  TlsSession server{*Context()};
};

void Feed(TlsSession& session, std::string_view bytes) {
  const auto room = session.Room();
  ASSERT_GE(room.size(), bytes.size());
  std::copy(bytes.begin(), bytes.end(), room.begin());
  session.Received(bytes.size());
}

TEST(TlsSessionTest, CarriesBytesBothWays) {
  Pair pair;
  pair.Shake();
  for (const std::size_t size : {1U, 100U, 16384U, 16385U, 1000000U}) {
    std::string text(size, 'x');
    for (std::size_t i = 0; i < size; i += 7) text[i] = static_cast<char>('a' + i % 26);
    ASSERT_TRUE(pair.server.Write(text));
    EXPECT_EQ(pair.server.pending().find("xxxxx"), std::string_view::npos);
    EXPECT_TRUE(Pair::Received(pair.server, pair.client, 1000) == text);
    ASSERT_TRUE(pair.client.Write(text));
    EXPECT_TRUE(Pair::Received(pair.client, pair.server, 65536) == text);
  }
}

TEST(TlsSessionTest, SaysGoodbye) {
  Pair pair;
  pair.Shake();
  ASSERT_TRUE(pair.client.Write("last words"));
  pair.client.Close();
  EXPECT_EQ(Pair::Received(pair.client, pair.server, 100), "last words");
  char out[10];
  EXPECT_EQ(pair.server.Read(out).step, Step::kClosed);
}

TEST(TlsSessionTest, NoticesChangedBytes) {
  Pair pair;
  pair.Shake();
  ASSERT_TRUE(pair.client.Write("hello"));
  std::string bytes(pair.client.pending());
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  const auto room = pair.server.Room();
  std::copy(bytes.begin(), bytes.end(), room.begin());
  pair.server.Received(bytes.size());
  char out[10];
  EXPECT_EQ(pair.server.Read(out).step, Step::kFailed);
  EXPECT_FALSE(pair.server.Write("answer"));
}

TEST(TlsSessionTest, WaitsForTheClient) {
  TlsSession session(*Context());
  EXPECT_EQ(session.Shake(), Step::kNeedInput);
  Feed(session, std::string_view("\x16\x03\x01\x02\x00\x01", 6));
  EXPECT_EQ(session.Shake(), Step::kNeedInput);
  EXPECT_TRUE(session.pending().empty());
}

TEST(TlsSessionTest, FailsForGood) {
  const std::pair<const char*, std::string> cases[] = {
      {"words", "GET / HTTP/1.1\r\n\r\n"},
      {"zeros", std::string(500, '\0')},
      {"a record that is no ClientHello", std::string("\x16\x03\x01\x00\x04\x02\x00\x00\x00", 9)},
      {"a ClientHello of nothing", std::string("\x16\x03\x01\x00\x04\x01\x00\x00\x00", 9)},
      {"a record that is too long",
       std::string("\x16\x03\x01\xff\xff", 5) + std::string(9000, 'x')},
  };
  for (const auto& [name, bytes] : cases) {
    SCOPED_TRACE(name);
    TlsSession session(*Context());
    Feed(session, bytes);
    EXPECT_EQ(session.Shake(), Step::kFailed);
    EXPECT_FALSE(session.error().empty());
    EXPECT_EQ(session.Shake(), Step::kFailed);
    char out[10];
    EXPECT_EQ(session.Read(out).step, Step::kFailed);
    EXPECT_FALSE(session.Write("x"));
  }
}

}  // namespace
}  // namespace dynarock::crypto
