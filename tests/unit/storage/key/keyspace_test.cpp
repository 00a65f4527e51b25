#include "storage/key/keyspace.h"

#include <gtest/gtest.h>

namespace dynarock {
namespace {

TEST(Keyspace, IntegersSortAsNumbersAndReadBack) {
  uint64_t previous = 0;
  for (const uint64_t value : {1ull, 255ull, 256ull, 65536ull, 0x0102030405060708ull, ~0ull}) {
    std::string a, b;
    AppendU64(a, previous);
    AppendU64(b, value);
    EXPECT_LT(a, b);
    EXPECT_EQ(ReadU64(b), value);
    previous = value;
  }
  std::string bytes = "x";
  AppendU32(bytes, 0xA1B2C3D4u);
  EXPECT_EQ(ReadU32(bytes, 1), 0xA1B2C3D4u);
}

TEST(Keyspace, Prefixes) {
  EXPECT_EQ(IndexPrefix(1, 2), std::string("\0\0\0\0\0\0\0\x01\0\0\0\x02", 12));
  EXPECT_EQ(IndexPrefix(1, 2).size(), kIndexPrefixSize);
  EXPECT_TRUE(IndexPrefix(7, 2).starts_with(StoragePrefix(7)));
  EXPECT_TRUE(RecordKey(Record::kTable, 9).starts_with(RecordKey(Record::kTable)));
  EXPECT_TRUE(RecordKey(Record::kTable).starts_with(StoragePrefix(kRecords)));
  EXPECT_EQ(ReadU32(RecordKey(Record::kBackfill, 9, 3), 17), 3u);
}

TEST(Keyspace, HashInKey) {
  std::string key = IndexPrefix(1, 0);
  AppendU64(key, 0xFEDCBA9876543210u);
  EXPECT_EQ(HashInKey(key + "rest"), 0xFEDCBA9876543210u);
}

}  // namespace
}  // namespace dynarock
