// Findings name the index that they are about, whoever found them.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/reader/reader.h"
#include "server/schema/review/review.h"

namespace dynarock::schema {
namespace {

// "table/index" of each error.
std::vector<std::string> Owners(const std::string& file, const std::string& text) {
  std::vector<std::string> owners;
  for (const findings::Finding& finding : Review(ReadFile({.path = file, .text = text}, {}))) {
    if (finding.severity == Severity::kError) owners.push_back(finding.table + "/" + finding.index);
  }
  return owners;
}

std::string Request(const std::string& index) {
  return R"({"TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
 "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
 "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
 "GlobalSecondaryIndexes": [{"IndexName": "first", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
  "Projection": {"ProjectionType": "KEYS_ONLY"}},
  )" + index +
         "]}";
}

TEST(IndexPlacesTest, ErrorsNameTheirIndex) {
  const std::string projection = R"(, "Projection": {"ProjectionType": "ALL"}})";
  const std::string keys = R"("KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}])";
  const std::string name = R"({"IndexName": "second", )";
  const std::vector<std::string> second = {"orders/second"};
  for (const std::string& index : {
           name + R"("KeySchema": [{"AttributeName": "b", "KeyType": "HASH"}])" + projection,
           name + R"("KeySchema": [{"AttributeName": "pk", "KeyType": "RANGE"}])" + projection,
           name + keys + R"(, "Projection": {"ProjectionType": "SOME"}})",
           name + keys + "}",
           name + keys +
               R"(, "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1})" +
               projection,
       }) {
    EXPECT_EQ(Owners("t.json", Request(index)), second) << index;
  }
  EXPECT_EQ(Owners("t.json", Request(R"({"IndexName": "first", )" + keys + projection)),
            (std::vector<std::string>{"orders/first"}));
}

TEST(IndexPlacesTest, SoDoThoseOfATemplate) {
  const std::string text = R"(Resources:
  T:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: a, AttributeType: S}]
      KeySchema: [{AttributeName: a, KeyType: HASH}]
      GlobalSecondaryIndexes:
        - IndexName: byA
          KeySchema: [{AttributeName: a, KeyType: HASH}]
          Projection: {ProjectionType: KEYS_ONLY}
          ContributorInsightsSpecification: {Enabled: maybe}
)";
  std::string misspelt = text;
  misspelt.replace(misspelt.find("ProjectionType"), 14, "ProjectionTyp");
  EXPECT_EQ(Owners("t.yaml", misspelt).front(), "orders/byA");
}

}  // namespace
}  // namespace dynarock::schema
