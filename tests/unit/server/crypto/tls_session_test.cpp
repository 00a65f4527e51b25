// Only what a server's side can be shown without a client; tests/api has the rest.
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

void Feed(TlsSession& session, std::string_view bytes) {
  const auto room = session.Room();
  ASSERT_GE(room.size(), bytes.size());
  std::copy(bytes.begin(), bytes.end(), room.begin());
  session.Received(bytes.size());
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
