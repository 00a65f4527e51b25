#include "server/schema/review/culprit.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "server/document/document.h"

namespace dynarock::schema {
namespace {

// Each value on a line of its own, so that the line says which one was found.
constexpr const char* kRequest = R"({
"AttributeDefinitions": [
{"AttributeName":
"a", "AttributeType": "S"}, {"AttributeName":
"spare", "AttributeType": "S"}, {"AttributeName":
"a", "AttributeType": "S"}],
"KeySchema": [
{"AttributeName":
"a", "KeyType":
"HASH"}, {"AttributeName":
"b", "KeyType":
"RANGE"}],
"BillingMode":
"PROVISIONED",
"GlobalSecondaryIndexes": [
{"IndexName":
"gsi", "KeySchema":
[{"AttributeName":
"c", "KeyType": "HASH"}], "Projection": {"ProjectionType":
"ALL"}, "ProvisionedThroughput":
{"ReadCapacityUnits": 1}, "OnDemandThroughput":
{}}]})";

TEST(CulpritTest, IsFoundByCause) {
  const auto document = document::ReadJson({.path = "t.json", .text = kRequest});
  ASSERT_TRUE(document);
  const std::string index = "GlobalSecondaryIndexes.1";
  struct Case {
    const char* name;
    Cause cause;
    std::string member;
    int line;
  };
  const Case cases[] = {
      {"an undefined key", Cause::kUndefinedKeyAttributes, "KeySchema", 11},
      {"more keys than definitions", Cause::kTooFewDefinitions, "KeySchema", 11},
      {"an undefined key of an index", Cause::kUndefinedKeyAttributes, index, 19},
      {"a definition too many", Cause::kDefinitionCountMismatch, "KeySchema", 5},
      {"an unused definition", Cause::kUnusedDefinitions, "AttributeDefinitions", 5},
      {"a definition twice", Cause::kDuplicateDefinition, "AttributeDefinitions", 6},
      {"no throughput", Cause::kThroughputMissing, "ProvisionedThroughput", 14},
      {"the first key", Cause::kFirstKeyNotHash, "KeySchema", 10},
      {"the second key", Cause::kSecondKeyNotRange, "KeySchema", 12},
      {"a name twice", Cause::kKeysHaveSameName, "KeySchema", 11},
      {"an index's name", Cause::kDuplicateIndexName, index, 17},
      {"an index's keys", Cause::kIndexWithoutRangeKey, index, 18},
      {"an index's hash key", Cause::kIndexHashKeyDiffers, index, 19},
      {"an index's projection", Cause::kProjectionType, index, 20},
      {"an index's throughput", Cause::kThroughputOutOfBounds, index, 21},
      {"an index's limits", Cause::kOnDemandThroughput, index, 22},
      {"the member for any other cause", Cause::kNone, index, 16},
  };
  for (const Case& c : cases) {
    const operations::Fault fault{.error = Caused(c.cause, Validation("m")), .member = c.member};
    EXPECT_EQ(Culprit(document->root, fault).place.line, c.line) << c.name;
  }
}

}  // namespace
}  // namespace dynarock::schema
