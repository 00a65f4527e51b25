// Shard iterators there and back, and what is none.
#include "server/operations/streams/shard_iterator.h"

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/item/base64.h"

namespace dynarock::operations {
namespace {

constexpr const char* kArn =
    "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026-01-02T03:04:05.678";

TEST(ShardIterator, GoesThereAndBack) {
  const auto most = std::numeric_limits<uint64_t>::max();
  const std::vector<ShardIterator> cases = {
      {.stream_arn = kArn, .shard = 1, .position = std::nullopt, .issued_ms = 0},
      {.stream_arn = kArn, .shard = 7, .position = 0, .issued_ms = 1'800'000'000'123},
      {.stream_arn = kArn, .shard = 0xFFFFFFFF, .position = most, .issued_ms = 1},
      {.stream_arn = std::string(1000, 'a') + "|1|", .shard = 2, .position = 3, .issued_ms = 4},
  };
  for (const ShardIterator& iterator : cases) {
    const std::string text = FormatShardIterator(iterator);
    EXPECT_TRUE(text.starts_with(iterator.stream_arn + "|1|"));
    EXPECT_EQ(ParseShardIterator(text), iterator);
  }
}

TEST(ShardIterator, EveryChangedBitIsNoticed) {
  const std::string text =
      FormatShardIterator({.stream_arn = kArn, .shard = 3, .position = 42, .issued_ms = 99});
  const size_t at = text.rfind('|') + 1;
  const std::string state = DecodeBase64(std::string_view(text).substr(at));
  for (size_t bit = 0; bit < state.size() * 8; ++bit) {
    std::string changed = state;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    std::string forged = text.substr(0, at);
    AppendBase64(changed, forged);
    EXPECT_FALSE(ParseShardIterator(forged)) << "bit " << bit;
  }
  for (size_t i = 0; i < text.size(); ++i) {
    EXPECT_FALSE(ParseShardIterator(text.substr(0, i))) << i << " characters";
    EXPECT_FALSE(ParseShardIterator(text.substr(i + 1))) << "without " << i + 1 << " characters";
  }
}

TEST(ShardIterator, GarbageIsNone) {
  for (const std::string text :
       {"", "|", "|1|", "a|1|", "|1|=", "|1|==", "|1|===", "|1|====", "a|1|AAAA", "a|1|!!!!",
        "a|2|AAAA", "a|1|AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "\xFF|1|\xFF\xFF\xFF\xFF"}) {
    EXPECT_FALSE(ParseShardIterator(text)) << text;
  }
}

TEST(ShardIterator, LivesFifteenMinutes) {
  const ShardIterator iterator{
      .stream_arn = kArn, .shard = 1, .position = std::nullopt, .issued_ms = 1000};
  EXPECT_FALSE(iterator.ExpiredAt(1000));
  EXPECT_FALSE(iterator.ExpiredAt(1000 + 900'000));
  EXPECT_TRUE(iterator.ExpiredAt(1000 + 900'001));
}

TEST(ShardIterator, AnyTimeCanBeWrittenIntoOne) {
  ShardIterator iterator{.stream_arn = kArn, .shard = 1, .position = std::nullopt};
  iterator.issued_ms = std::numeric_limits<int64_t>::min();
  EXPECT_TRUE(iterator.ExpiredAt(1000));
  iterator.issued_ms = std::numeric_limits<int64_t>::max();
  EXPECT_FALSE(iterator.ExpiredAt(1000));
}

}  // namespace
}  // namespace dynarock::operations
