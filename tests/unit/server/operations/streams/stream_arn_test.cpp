// Stream ARNs and what is none.
#include "server/operations/streams/stream_arn.h"

#include <string>

#include <gtest/gtest.h>

namespace dynarock::operations {
namespace {

TEST(StreamArn, HasATableAndALabel) {
  const auto arn = ParseStreamArn(
      "arn:aws:dynamodb:eu-west-1:123456789012:table/my.table-1_/stream/2015-05-11T21:21:33.291");
  ASSERT_TRUE(arn);
  EXPECT_EQ(arn->table.region, "eu-west-1");
  EXPECT_EQ(arn->table.account, "123456789012");
  EXPECT_EQ(arn->table.table, "my.table-1_");
  EXPECT_EQ(arn->label, "2015-05-11T21:21:33.291");
}

TEST(StreamArn, OthersAreNone) {
  const std::string table = "arn:aws:dynamodb:eu-west-1:123456789012:table/t";
  for (const std::string& text :
       {std::string(), std::string("/stream/"), table, table + "/stream", table + "/stream/",
        table + "/index/i", table + "/index/i/stream/x", table + "/stream/x/y",
        std::string("arn:aws:kinesis:eu-west-1:123456789012:stream/x"),
        std::string("arn:aws:dynamodb:eu-west-1:abc:table/t/stream/x"),
        std::string("arn:aws:dynamodb:eu-west-1:123456789012:table//stream/x")}) {
    EXPECT_FALSE(ParseStreamArn(text)) << text;
  }
}

}  // namespace
}  // namespace dynarock::operations
