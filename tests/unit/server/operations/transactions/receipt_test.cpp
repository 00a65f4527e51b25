#include <gtest/gtest.h>

#include "server/operations/transactions/transaction.h"

namespace dynarock::operations {
namespace {

void ExpectSame(const std::vector<ReplayUnits>& given) {
  const auto read = DecodeReceipt(EncodeReceipt(given));
  ASSERT_EQ(read.size(), given.size());
  for (size_t i = 0; i < given.size(); ++i) {
    EXPECT_EQ(read[i].table_name, given[i].table_name);
    EXPECT_EQ(read[i].units, given[i].units);
  }
}

TEST(ReceiptTest, ReadsWhatItWrote) {
  ExpectSame({});
  ExpectSame({{"Table", 2}});
  ExpectSame({{"a", 1}, {"arn:aws:dynamodb:us-east-1:000000000000:table/b", int64_t{1} << 40}});
}

TEST(ReceiptTest, StopsAtADamagedEnd) {
  const std::string receipt = EncodeReceipt(std::vector<ReplayUnits>{{"Table", 2}, {"Other", 4}});
  for (size_t length = 0; length < receipt.size(); ++length) {
    EXPECT_LT(DecodeReceipt(std::string_view(receipt).substr(0, length)).size(), 2u) << length;
  }
}

TEST(ItemsDifferTest, ComparesKeysOfActionsThatHaveOne) {
  std::vector<TransactionAction> actions(3);
  actions[0].key.bytes = "a";
  actions[1].key.bytes = "b";
  actions[2].failure = Validation("no key");
  EXPECT_TRUE(CheckItemsDiffer(actions));
  actions[1].key.bytes = "a";
  const auto refused = CheckItemsDiffer(actions);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "Transaction request cannot include multiple operations on one item");
}

}  // namespace
}  // namespace dynarock::operations
