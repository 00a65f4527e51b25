// Bodies: chunks, limits, Content-Encoding, compressed replies.
#include <gtest/gtest.h>

#include "server/http/server.h"
#include "tests/unit/server/http/socket_client.h"

namespace dynarock::http {
namespace {

constexpr char kGzip[] = "Content-Encoding: gzip\r\n";
constexpr char kDeflate[] = "Content-Encoding: deflate\r\n";

TEST(ServerBodyTest, TakesChunks) {
  RunningServer server;
  SocketClient client(server.port());
  const auto reply = client.Ask(
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5\r\nhello\r\n1;name=\"value\"\r\n \r\nA\r\nwide world\r\n0\r\nX-Late: 1\r\n\r\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "POST / hello wide world");
  EXPECT_EQ(client.Ask(Post("next"))->body, "POST / next");
}

TEST(ServerBodyTest, TrailingFieldsAreNotHeaderFields) {
  RunningServer server;
  SocketClient client(server.port());
  const auto reply = client.Ask(
      "POST /field HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-Ask: 1\r\n\r\n");
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->field("x-asked"), "(none)");
}

struct EncodingCase {
  std::string name;
  std::string fields;
  std::string body;
  unsigned status;
  std::string reply;
};

TEST(ServerBodyTest, UndoesContentEncoding) {
  const std::string large(100000, 'l');
  const std::string zipped = Gzip("hello");
  std::string corrupt = Gzip(large + "tail");
  corrupt[corrupt.size() / 2] ^= 0x55;
  std::string wrong_sum = zipped;
  wrong_sum[wrong_sum.size() - 6] ^= 1;
  const EncodingCase cases[] = {
      {"gzip", kGzip, zipped, 200, "POST / hello"},
      {"gzip in capitals", "Content-Encoding: GZIP\r\n", zipped, 200, "POST / hello"},
      {"two members", kGzip, Gzip("hel") + Gzip("lo"), 200, "POST / hello"},
      {"fifty members", kGzip,
       [] {
         std::string all;
         for (int i = 0; i < 50; ++i) all += Gzip("x");
         return all;
       }(),
       200, "POST / " + std::string(50, 'x')},
      {"a member of nothing", kGzip, Gzip(""), 200, "POST / "},
      {"large", kGzip, Gzip(large), 200, "POST / " + large},
      {"deflate in zlib's format", kDeflate, Gzip("hello", 15), 200, "POST / hello"},
      {"raw deflate", kDeflate, Gzip("hello", -15), 200, "POST / hello"},
      {"identity", "Content-Encoding: identity\r\n", "hello", 200, "POST / hello"},
      {"empty field", "Content-Encoding: \r\n", "hello", 200, "POST / hello"},
      {"two codings", "Content-Encoding: deflate, gzip\r\n", Gzip(Gzip("hello", 15)), 200,
       "POST / hello"},
      {"identity without a body", "Content-Encoding: identity\r\n", "", 200, "POST / "},
      {"no body", kGzip, "", 400, "undecodable 0"},
      {"no deflated body", kDeflate, "", 400, "undecodable 0"},
      {"x-gzip", "Content-Encoding: x-gzip\r\n", zipped, 400, "undecodable 0"},
      {"unknown", "Content-Encoding: br\r\n", "hello", 400, "undecodable 0"},
      {"not gzip", kGzip, "hello", 400, "undecodable 0"},
      {"cut off", kGzip, zipped.substr(0, zipped.size() - 3), 400, "undecodable 0"},
      {"corrupt", kGzip, corrupt, 400, "undecodable 0"},
      {"wrong checksum", kGzip, wrong_sum, 400, "undecodable 0"},
      {"something behind", kGzip, zipped + "x", 400, "undecodable 0"},
      {"second member cut off", kGzip, zipped + zipped.substr(0, 12), 400, "undecodable 0"},
      {"not deflate", kDeflate, "hello", 400, "undecodable 0"},
      {"too many codings", "Content-Encoding: gzip, gzip, gzip, gzip, gzip\r\n", zipped, 400,
       "undecodable 0"},
  };
  RunningServer server;
  SocketClient client(server.port());
  for (const EncodingCase& c : cases) {
    SCOPED_TRACE(c.name);
    const auto reply = client.Ask(Post(c.body, c.fields));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status(), c.status);
    EXPECT_EQ(reply->body, c.reply);
  }
}

void Expect413(const std::optional<ReceivedReply>& reply) {
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status_line, "HTTP/1.1 413 Payload Too Large");
  EXPECT_EQ(reply->body, "");
  EXPECT_EQ(reply->field("content-length"), "0");
  EXPECT_EQ(reply->field("connection"), "close");
  EXPECT_EQ(reply->field("x-amzn-requestid"), "(none)");
}

std::string SizePost(std::size_t length) {
  return "POST /size HTTP/1.1\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
}

TEST(ServerBodyTest, TakesTheLargestBody) {
  RunningServer server;
  SocketClient client(server.port());
  client.Send(SizePost(Server::kBodyLimit));
  client.Send(std::string(Server::kBodyLimit, 'b'));
  EXPECT_EQ(client.Receive()->body, "16777216");
}

TEST(ServerBodyTest, RefusesAByteMore) {
  RunningServer server;
  SocketClient client(server.port());
  // All of it is sent before the reply is looked at, as most clients do.
  ASSERT_TRUE(client.Send(SizePost(Server::kBodyLimit + 1)));
  ASSERT_TRUE(client.Send(std::string(Server::kBodyLimit + 1, 'b')));
  Expect413(client.Receive());
  EXPECT_TRUE(client.AtEnd());
}

TEST(ServerBodyTest, RefusesMoreInChunks) {
  RunningServer server;
  SocketClient client(server.port());
  client.Send("POST /size HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "100000\r\n" + std::string(1 << 20, 'c') + "\r\n";
  for (int i = 0; i < 17; ++i) ASSERT_TRUE(client.Send(chunk));
  ASSERT_TRUE(client.Send("0\r\n\r\n"));
  Expect413(client.Receive());
}

TEST(ServerBodyTest, ChecksTheInflatedBodyToo) {
  RunningServer server;
  {
    SocketClient client(server.port());
    const auto reply =
        client.Ask("POST /size HTTP/1.1\r\n" +
                   Post(Gzip(std::string(Server::kBodyLimit, '\0')), kGzip).substr(17));
    EXPECT_EQ(reply->body, "16777216");
  }
  for (const std::string& bomb :
       {Gzip(std::string(Server::kBodyLimit + 1, '\0')), Gzip(std::string(100 << 20, '\0')),
        Gzip(std::string(10 << 20, 'a')) + Gzip(std::string(10 << 20, 'b'))}) {
    SocketClient client(server.port());
    Expect413(client.Ask(Post(bomb, kGzip)));
    EXPECT_TRUE(client.AtEnd());
  }
}

TEST(ServerBodyTest, AsksForTheBodyOfAnExpectingClient) {
  RunningServer server;
  SocketClient client(server.port());
  const std::string continue_line = "HTTP/1.1 100 Continue\r\n\r\n";
  for (int i = 0; i < 3; ++i) {
    client.Send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    EXPECT_EQ(client.ReceiveBytes(continue_line.size()), continue_line);
    client.Send("bo");
    client.Send("dy");
    EXPECT_EQ(client.Receive()->body, "POST / body");
  }
  // Nothing to ask for: the body is there, is empty, or is too large.
  EXPECT_EQ(client.Ask(Post("here", "Expect: 100-continue\r\n"))->body, "POST / here");
  EXPECT_EQ(client.Ask(Post("", "Expect: 100-continue\r\n"))->body, "POST / ");
  Expect413(
      client.Ask("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 20000000\r\n\r\n"));
  EXPECT_TRUE(client.AtEnd());
}

TEST(ServerBodyTest, CompressesRepliesOnRequest) {
  RunningServer server;
  SocketClient client(server.port());
  const std::string ask = "HTTP/1.1\r\nAccept-Encoding: gzip, deflate\r\n\r\n";
  for (const std::size_t size : {std::size_t{4096}, std::size_t{300000}, std::size_t{4096}}) {
    const auto reply = client.Ask("GET /large" + std::to_string(size) + " " + ask);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->field("content-encoding"), "gzip");
    EXPECT_LT(reply->body.size(), size / 2);
    EXPECT_EQ(Gunzip(reply->body), std::string(size, 'x'));
    EXPECT_EQ(reply->field("x-amz-crc32"), std::to_string(Crc32(reply->body)));
  }
  const auto worker = client.Ask("POST /worker HTTP/1.1\r\nAccept-Encoding: gzip\r\n" +
                                 Post(std::string(5000, 'w')).substr(17));
  EXPECT_EQ(Gunzip(worker->body), "POST /worker " + std::string(5000, 'w'));

  EXPECT_EQ(client.Ask("GET /large4095 " + ask)->field("content-encoding"), "(none)");
  EXPECT_EQ(client.Ask("GET /large9000 HTTP/1.1\r\n\r\n")->field("content-encoding"), "(none)");
  EXPECT_EQ(client.Ask("GET /large9000 HTTP/1.1\r\nAccept-Encoding: gzip;q=0\r\n\r\n")
                ->field("content-encoding"),
            "(none)");
}

TEST(ServerBodyTest, CompressesNothingWhenToldSo) {
  ServerOptions options;
  options.compress = false;
  RunningServer server(options);
  SocketClient client(server.port());
  EXPECT_EQ(client.Ask("GET /large9000 HTTP/1.1\r\nAccept-Encoding: gzip\r\n\r\n")->body,
            std::string(9000, 'x'));
}

}  // namespace
}  // namespace dynarock::http
