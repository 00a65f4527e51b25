#include <gtest/gtest.h>

#include "server/operations/transactions/transaction.h"

namespace dynarock::operations {
namespace {

Error Empty() {
  return Caused(Cause::kEmptyKey, Validation("empty"));
}

std::vector<TransactionAction> Actions(std::vector<std::optional<Error>> failures) {
  std::vector<TransactionAction> actions(failures.size());
  for (size_t i = 0; i < failures.size(); ++i) actions[i].failure = std::move(failures[i]);
  return actions;
}

TEST(CheckBound, LetsGoodActionsRun) {
  EXPECT_TRUE(CheckBound(Actions({std::nullopt, std::nullopt})));
}

TEST(CheckBound, TellsTheFirstFaultAlone) {
  const auto bound = CheckBound(Actions({std::nullopt, Validation("one"), Empty()}));
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().kind, ErrorKind::kTransactionCanceled);
  ASSERT_EQ(bound.error().reasons.size(), 3u);
  EXPECT_EQ(bound.error().reasons[0].code, "None");
  EXPECT_EQ(bound.error().reasons[1].code, "ValidationError");
  EXPECT_EQ(bound.error().reasons[1].message, "one");
  EXPECT_EQ(bound.error().reasons[2].code, "None");
}

TEST(CheckBound, TellsAnEmptyKeyOfTheWholeRequest) {
  const auto bound = CheckBound(Actions({std::nullopt, Empty(), Validation("two")}));
  ASSERT_FALSE(bound);
  EXPECT_EQ(bound.error().kind, ErrorKind::kValidation);
  EXPECT_EQ(bound.error().message, "empty");
}

}  // namespace
}  // namespace dynarock::operations
