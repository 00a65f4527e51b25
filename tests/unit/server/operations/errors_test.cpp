#include "server/operations/request/errors.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/operations/tables/errors.h"

namespace dynarock::operations {
namespace {

struct Case {
  const char* name;
  Error error;
  std::string message;
  Cause cause;
  ErrorFacts facts = {};
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_EQ(c.error.message, c.message) << c.name;
    EXPECT_EQ(c.error.cause, c.cause) << c.name;
    EXPECT_EQ(c.error.facts->attribute, c.facts.attribute) << c.name;
    EXPECT_EQ(c.error.facts->index, c.facts.index) << c.name;
    EXPECT_EQ(c.error.facts->parameter, c.facts.parameter) << c.name;
    EXPECT_EQ(c.error.facts->names, c.facts.names) << c.name;
  }
}

TEST(OperationErrors, NameCauseAndFacts) {
  Check({
      {"names without an expression", NamesWithoutExpression(),
       "ExpressionAttributeNames can only be specified when using expressions",
       Cause::kPlaceholdersWithoutExpression, ErrorFacts{.parameter = "ExpressionAttributeNames"}},
      {"values without an expression", ValuesWithoutExpression("ConditionExpression is null"),
       "ExpressionAttributeValues can only be specified when using expressions: "
       "ConditionExpression is null",
       Cause::kPlaceholdersWithoutExpression, ErrorFacts{.parameter = "ExpressionAttributeValues"}},
      {"key updated", KeyUpdated("pk"),
       "One or more parameter values were invalid: Cannot update attribute pk. This attribute is "
       "part of the key",
       Cause::kKeyUpdated, ErrorFacts{.attribute = "pk"}},
      {"no index", NoSuchIndex("gsi"), "The table does not have the specified index: gsi",
       Cause::kNoSuchIndex, ErrorFacts{.index = "gsi"}},
      {"filter", FilterOnKey("QueryFilter", "pk"),
       "QueryFilter can only contain non-primary key attributes: Primary key attribute: pk",
       Cause::kFilterOnKey, ErrorFacts{.attribute = "pk"}},
      {"batch", TooManyItems("BatchGetItem"), "Too many items requested for the BatchGetItem call",
       Cause::kTooManyItems},
      {"transaction", TransactionPayloadTooLarge(4306456),
       "Transaction payload size cannot exceed 4MB. Payload Size: : Transaction payload size cannot "
       "exceed 4MB. Payload Size: 4306456",
       Cause::kTransactionTooLarge},
  });
}

TEST(OperationErrors, ValuesOfExpressionsAreWrapped) {
  const Error wrapped = InvalidExpressionValue(EmptyStringSet(), ":v");
  EXPECT_EQ(wrapped.message,
            "ExpressionAttributeValues contains invalid value: One or more parameter values were "
            "invalid: An string set  may not be empty for key :v");
  EXPECT_EQ(wrapped.cause, Cause::kEmptyStringSet);
  const Error alone = AttributeNameTooLarge();
  EXPECT_EQ(InvalidExpressionValue(alone, ":v").message, alone.message);
}

TEST(OperationErrors, StartKeysKeepTheCauseOfTheirValues) {
  const std::string invalid = "The provided starting key is invalid";
  EXPECT_EQ(InvalidStartKey().message, invalid);
  EXPECT_EQ(InvalidStartKey("why").message, invalid + ": why");
  EXPECT_EQ(InvalidStartKey("why").cause, Cause::kInvalidStartKey);
  EXPECT_EQ(InvalidStartKey(KeySchemaMismatch()).message,
            invalid + ": The provided key element does not match the schema");
  EXPECT_EQ(InvalidStartKey(KeySchemaMismatch()).cause, Cause::kKeySchemaMismatch);
  EXPECT_EQ(InvalidStartKey(AttributeNameTooLarge()).cause, Cause::kInvalidStartKey);
}

TEST(TableErrors, NameCauseAndFacts) {
  const std::string invalid = "One or more parameter values were invalid: ";
  const std::vector<std::string> a = {"a"};
  const std::vector<std::string> b = {"b", "c"};
  Check({
      {"undefined", UndefinedKeyAttributes(a, b),
       invalid + "Some index key attributes are not defined in AttributeDefinitions. Keys: [a], "
                 "AttributeDefinitions: [b, c]",
       Cause::kUndefinedKeyAttributes, ErrorFacts{.names = {"a", "b", "c"}}},
      {"unused", UnusedDefinitions(b, a),
       invalid +
           "Some AttributeDefinitions are not used. AttributeDefinitions: [b, c], keys used: [a]",
       Cause::kUnusedDefinitions, ErrorFacts{.names = {"b", "c", "a"}}},
      {"other hash key", IndexHashKeyDiffers("lsi", "a", "b"),
       invalid +
           "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
           "lsi. index hash key: a, table hash key: b",
       Cause::kIndexHashKeyDiffers, ErrorFacts{.index = "lsi", .names = {"a", "b"}}},
      {"projection", ProjectionAttributesMismatch("INCLUDE", false),
       invalid + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
       Cause::kProjectionType},
      {"throughput of an index", ThroughputOutOfBounds(7, "ReadCapacityUnits", "gsi"),
       "Given value 7 for ReadCapacityUnits is out of bounds for index gsi",
       Cause::kThroughputOutOfBounds, ErrorFacts{.index = "gsi"}},
      {"warm throughput", WarmThroughputTooLow("Read", "current WarmThroughput", ""),
       invalid + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current "
                 "WarmThroughput",
       Cause::kWarmThroughput},
  });
}

}  // namespace
}  // namespace dynarock::operations
