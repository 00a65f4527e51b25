// Throughput of tables that are billed by request, and what scales the others.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

using Said = std::vector<std::string>;

std::string Table(const std::string& properties, const std::string& resources = {}) {
  return "Parameters:\n  Units: {Type: Number, Default: 0}\n  Open: {Type: Number}\n"
         "  Name: {Type: String}\nResources:\n  T:\n    Type: AWS::DynamoDB::Table\n"
         "    Properties:\n      TableName: orders\n"
         "      AttributeDefinitions: [{AttributeName: a, AttributeType: S}]\n"
         "      KeySchema: [{AttributeName: a, KeyType: HASH}]\n" +
         properties + "  Other: {Type: 'AWS::S3::Bucket'}\n" + resources;
}

std::string OnDemand(const std::string& units, const std::string& index_units = "0") {
  return Table(
      "      BillingMode: PAY_PER_REQUEST\n      ProvisionedThroughput: "
      "{ReadCapacityUnits: " +
      units + ", WriteCapacityUnits: " + units +
      "}\n      GlobalSecondaryIndexes: [{IndexName: idx, KeySchema: [{AttributeName: a, "
      "KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}, ProvisionedThroughput: "
      "{ReadCapacityUnits: " +
      index_units + ", WriteCapacityUnits: " + index_units + "}}]\n");
}

TEST(ThroughputTest, NoUnitsAreNoneOnDemand) {
  const auto complaints = [](const std::string& text) {
    Said said = Complaints("t.yaml", text);
    std::erase_if(said, [](const std::string& line) {
      return line.find("index-repeats-table") != line.npos;
    });
    return said;
  };
  for (const char* units : {"0", "'0'", "!Ref Units", "!Ref Open"}) {
    EXPECT_EQ(complaints(OnDemand(units)), Said{}) << units;
    EXPECT_EQ(complaints(OnDemand("0", units)), Said{}) << units;
  }
  EXPECT_EQ(complaints(OnDemand("1")).size(), 1u);
  EXPECT_EQ(complaints(OnDemand("0", "1")).size(), 1u);
}

// A note that nothing scales a table is given where that is certain.
TEST(ThroughputTest, WhatMayBeScaledIsNotCalledUnscaled) {
  const auto unscaled = [](const std::string& resources) {
    const Said said =
        Lines("t.yaml",
              Table("      ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}\n",
                    resources));
    for (const std::string& line : said) {
      if (line.find("provisioned-without-scaling") != std::string::npos) return true;
    }
    return false;
  };
  const auto target = [](const std::string& id) {
    return "  Scale:\n    Type: AWS::ApplicationAutoScaling::ScalableTarget\n    Properties: "
           "{ServiceNamespace: dynamodb, ResourceId: " +
           id + "}\n";
  };
  EXPECT_TRUE(unscaled({}));
  // Whether it is provisioned at all is not known.
  for (const std::string& line :
       Lines("t.yaml", Table("      BillingMode: !Ref Name\n      ProvisionedThroughput: "
                             "{ReadCapacityUnits: 1, WriteCapacityUnits: 1}\n"))) {
    EXPECT_EQ(line.find("provisioned-without-scaling"), std::string::npos) << line;
  }
  EXPECT_TRUE(unscaled(target("table/payments")));
  EXPECT_TRUE(
      unscaled("  Scale:\n    Type: AWS::ApplicationAutoScaling::ScalableTarget\n"
               "    Properties: {ServiceNamespace: ecs, ResourceId: !Ref Name}\n"));
  EXPECT_TRUE(
      unscaled(target("!Sub 'table/${B}'") +
               "  B: {Type: 'AWS::DynamoDB::Table', Properties: {KeySchema: !Ref Name}}\n"));
  EXPECT_FALSE(unscaled(target("!Sub 'table/${T}'")));
  EXPECT_FALSE(unscaled(target("table/orders")));
  EXPECT_FALSE(unscaled(target("table/orders/index/idx")));
  EXPECT_FALSE(unscaled(target("!Sub 'table/${Name}'")));
  EXPECT_FALSE(unscaled(target("!ImportValue x")));
  EXPECT_FALSE(
      unscaled("  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties: "
               "{TemplateURL: x, Parameters: {Table: !Ref T}}\n"));
}

}  // namespace
}  // namespace dynarock::schema
