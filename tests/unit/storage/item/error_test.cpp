#include "storage/item/error.h"

#include <gtest/gtest.h>

#include "storage/item/result.h"

namespace dynarock {
namespace {

TEST(Error, Factories) {
  EXPECT_EQ(Validation("m").kind, ErrorKind::kValidation);
  EXPECT_EQ(Validation("m").message, "m");
  EXPECT_EQ(Serialization("m").kind, ErrorKind::kSerialization);
  EXPECT_EQ(ResourceNotFound("m").kind, ErrorKind::kResourceNotFound);
  EXPECT_EQ(ResourceInUse("m").kind, ErrorKind::kResourceInUse);
  EXPECT_EQ(LimitExceeded("m").kind, ErrorKind::kLimitExceeded);
  EXPECT_EQ(Internal("m").kind, ErrorKind::kInternalFailure);
  EXPECT_EQ(InvalidParameter("rest").message, "One or more parameter values were invalid: rest");
  EXPECT_EQ(InvalidParameter("rest").kind, ErrorKind::kValidation);
  const Error failed = ConditionFailed("bytes");
  EXPECT_EQ(failed.kind, ErrorKind::kConditionalCheckFailed);
  EXPECT_EQ(failed.message, "The conditional request failed");
  EXPECT_EQ(failed.item, "bytes");
  EXPECT_EQ(ConditionFailed().item, "");
}

Result<int> Half(int n) {
  if (n % 2 != 0) return Fail(Validation("odd"));
  return n / 2;
}

Result<int> Quarter(int n) {
  DYNAROCK_TRY(const int half, Half(n));
  DYNAROCK_TRY(const int quarter, Half(half));
  return quarter;
}

Result<void> Even(int n) {
  DYNAROCK_CHECK(Half(n));
  return {};
}

TEST(Result, MacrosPassErrorsOn) {
  EXPECT_EQ(Quarter(12).value(), 3);
  EXPECT_EQ(Quarter(6).error().message, "odd");
  EXPECT_EQ(Quarter(3).error().message, "odd");
  EXPECT_TRUE(Even(2));
  EXPECT_EQ(Even(3).error().message, "odd");
}

}  // namespace
}  // namespace dynarock
