// AWS::Serverless::SimpleTable, as SAM translates it.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

using Said = std::vector<std::string>;

std::string Simple(const std::string& properties) {
  return "Resources:\n  T:\n    Type: AWS::Serverless::SimpleTable\n    Properties: " + properties +
         "\nTransform: AWS::Serverless-2016-10-31\n";
}

TEST(SimpleTableTest, WhatSamTakesIsSilent) {
  for (const char* properties :
       {"{}", "{ProvisionedThroughput: {}}", "{PrimaryKey: {}}", "{Tags: {}}",
        "{SSESpecification: {}}", "{PrimaryKey: {Name: n, Type: Number}, Tags: {team: a, empty: }}",
        "{ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}}",
        "{SSESpecification: {SSEEnabled: true}}",
        "{PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}"}) {
    EXPECT_EQ(Complaints("t.yaml", Simple(properties)), Said{}) << properties;
  }
  EXPECT_NE(RequestOf("t.yaml", Simple("{ProvisionedThroughput: {}}")).find("PAY_PER_REQUEST"),
            std::string::npos);
}

// SAM's translator says nothing of it, but what was meant is lost.
TEST(SimpleTableTest, WhatSamIgnoresIsAWarning) {
  EXPECT_EQ(
      Complaints("t.yaml", Simple("{}\n    DeletionPolicies: Retain")),
      Said{"5:5 warning template: SAM ignores the resource attribute 'DeletionPolicies' of T"});
}

TEST(SimpleTableTest, WhatSamRefuses) {
  struct Case {
    const char* properties;
    const char* expected;
  };
  const std::string head = "Resource with id [T] is invalid. ";
  const Case cases[] = {
      {"{PrimaryKey: {Type: String}}",
       "4:18 error template: @Property 'PrimaryKey.Name' is required."},
      {"{PrimaryKey: {Name: n}}", "4:18 error template: @Property 'PrimaryKey.Type' is required."},
      {"{PrimaryKey: {Name: n, Typ: String}}",
       "4:18 error template: @Property 'PrimaryKey.Type' is required."},
      {"{PrimaryKey: n}", "4:30 error template: @Type of property 'PrimaryKey' is invalid."},
      {"{Tags: [{Key: a, Value: b}]}", "4:24 error template: @Type of property 'Tags' is invalid."},
      {"{SSESpecification: true}",
       "4:36 error template: @Type of property 'SSESpecification' is invalid."},
      {"{ProvisionedThroughput: 5}",
       "4:41 error template: @Type of property 'ProvisionedThroughput' is invalid."},
      {"{SSESpecification: {SSEType: KMS}}",
       "4:18 error template: Properties validation failed for resource T with message: "
       "#/SSESpecification: required key [SSEEnabled] not found"},
      {"{BillingMode: PAY_PER_REQUEST}",
       "4:18 error unknown-property: Properties validation failed for resource T with message: #: "
       "extraneous key [BillingMode] is not permitted"},
  };
  for (const Case& c : cases) {
    std::string expected = c.expected;
    if (const size_t at = expected.find('@'); at != std::string::npos)
      expected.replace(at, 1, head);
    EXPECT_EQ(Complaints("t.yaml", Simple(c.properties)), Said{expected}) << c.properties;
  }
}

}  // namespace
}  // namespace dynarock::schema
