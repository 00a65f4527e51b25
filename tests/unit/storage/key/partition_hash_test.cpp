#include "storage/key/partition_hash.h"

#include <array>
#include <cstdio>
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/storage/key/owned_value.h"

namespace dynarock {
namespace {

using test::B;
using test::N;
using test::Owned;
using test::S;

std::string Hex(std::string_view bytes) {
  std::string out;
  char text[3];
  for (const char c : bytes) {
    std::snprintf(text, sizeof text, "%02x", static_cast<unsigned>(static_cast<uint8_t>(c)));
    out += text;
  }
  return out;
}

std::string HashHex(ValueView value) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx",
                static_cast<unsigned long long>(PartitionHash(value)));
  return std::string(text, 6);
}

struct Case {
  const char* name;
  Owned value;
  const char* bytes;
  const char* hash;
};

TEST(PartitionHash, CheckValues) {
  const Case cases[] = {
      {"a", S("a"), "61", "f6558e"},
      {"b", S("b"), "62", "6521ac"},
      {"abc", S("abc"), "616263", "12db4f"},
      {"hello", S("hello"), "68656c6c6f", "8f051e"},
      {"binary a", B("a"), "61", "f6558e"},
      {"0", N(0), "80", "ce212d"},
      {"1", N(1), "c102", "c3a031"},
      {"10", N(10), "c10b", "3c465f"},
      {"123", N(123), "c20218", "574207"},
      {"0.5", N("0.5"), "c033", "b4a0a7"},
      {"100", N(100), "c202", "6840bd"},
      {"-1", N(-1), "3e6466", "0267df"},
      {"-123.45", N("-123.45"), "3d644e3866", "ac6232"},
  };
  for (const Case& c : cases) {
    std::string bytes;
    AppendHashBytes(bytes, c.value);
    EXPECT_EQ(Hex(bytes), c.bytes) << c.name;
    EXPECT_EQ(HashHex(c.value), c.hash) << c.name;
  }
}

TEST(PartitionHash, LongNegativeNumberHasNoEndByte) {
  std::string bytes;
  AppendHashBytes(bytes, N("-12345678901234567890123456789012345678"));
  EXPECT_EQ(bytes.size(), 1u + 19 + 1);
  bytes.clear();
  AppendHashBytes(bytes, N("-1234567890123456789012345678901234567.8"));
  EXPECT_EQ(bytes.size(), 1u + 20);
}

TEST(PartitionHash, OneValueTupleIsTheValue) {
  const Owned value = S("abc");
  const std::array<ValueView, 1> tuple{value};
  EXPECT_EQ(PartitionHash(std::span<const ValueView>(tuple)), PartitionHash(value));
}

TEST(PartitionHash, TuplesDoNotRunTogether) {
  const Owned a = S("a"), ab = S("ab"), bc = S("bc"), c = S("c");
  const std::array<ValueView, 2> first{a, bc};
  const std::array<ValueView, 2> second{ab, c};
  EXPECT_NE(PartitionHash(std::span<const ValueView>(first)),
            PartitionHash(std::span<const ValueView>(second)));
}

TEST(PartitionHash, SegmentsCoverEveryBucketOnce) {
  for (const uint32_t total : {1u, 2u, 3u, 7u, 100u, 4095u, 4096u, 5000u, 1000000u}) {
    uint32_t next = 0;
    for (uint32_t s = 0; s < total; ++s) {
      const BucketRange range = BucketsOfSegment(s, total);
      ASSERT_EQ(range.begin, next) << s << " of " << total;
      ASSERT_LE(range.begin, range.end);
      next = range.end;
    }
    ASSERT_EQ(next, kBuckets) << total;
  }
  // ceil(4096 / 3) = 1366
  EXPECT_EQ(BucketsOfSegment(0, 3).end, 1366u);
  EXPECT_EQ(BucketOf(0xFFF0000000000000u), 4095u);
}

}  // namespace
}  // namespace dynarock
