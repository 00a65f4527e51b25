#include "server/schema/review/production.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

struct Case {
  const char* name;  // of the table
  const char* tag;   // "Key: .., Value: .."
  const char* stage;
  Purpose expected;
};

TEST(ProductionTest, NamesTagsAndStagesTell) {
  const Case cases[] = {
      {"orders-prod", "", "", Purpose::kProduction},
      {"prd.orders", "", "", Purpose::kProduction},
      {"products", "", "", Purpose::kUnknown},
      {"live-scores", "", "", Purpose::kUnknown},
      {"orders-dev", "", "", Purpose::kOther},
      {"preprod-orders", "", "", Purpose::kOther},
      {"pre-prod-orders", "", "", Purpose::kOther},
      {"non-prod-orders", "", "", Purpose::kOther},
      {"orders", "Key: env, Value: production", "", Purpose::kProduction},
      {"orders", "Key: Environment, Value: live", "", Purpose::kProduction},
      {"orders", "Key: feed, Value: live", "", Purpose::kUnknown},
      {"orders", "Key: stage, Value: qa", "", Purpose::kOther},
      {"orders", "Key: owner, Value: qa", "", Purpose::kUnknown},
      {"orders", "", "dev", Purpose::kOther},
      {"orders", "", "prod", Purpose::kProduction},
      {"orders-prod", "", "dev", Purpose::kProduction},
  };
  for (const Case& c : cases) {
    TableSource table;
    table.stage = c.stage;
    Node request = MakeNode(Node::Kind::kMap, {});
    request.map.emplace_back("TableName", MakeString({}, c.name));
    const std::string tag = c.tag;
    if (!tag.empty()) {
      const size_t comma = tag.find(',');
      Node one = MakeNode(Node::Kind::kMap, {});
      one.map.emplace_back("Key", MakeString({}, tag.substr(5, comma - 5)));
      one.map.emplace_back("Value", MakeString({}, tag.substr(tag.rfind(' ') + 1)));
      Node tags = MakeNode(Node::Kind::kList, {});
      tags.list.push_back(std::move(one));
      request.map.emplace_back("Tags", std::move(tags));
    }
    EXPECT_EQ(PurposeOf(table, request), c.expected) << c.name << " " << c.tag << " " << c.stage;
  }
}

// A table that is kept is not production for that; one for development is left alone.
TEST(ProductionTest, TablesThatAreKept) {
  const auto lines = [](const std::string& parameter) {
    return Lines("t.yaml",
                 "Parameters:\n  " + parameter +
                     "\nResources:\n  T:\n    Type: AWS::DynamoDB::Table\n    DeletionPolicy: "
                     "Retain\n    Properties:\n      BillingMode: PAY_PER_REQUEST\n"
                     "      AttributeDefinitions: [{AttributeName: a, AttributeType: S}]\n"
                     "      KeySchema: [{AttributeName: a, KeyType: HASH}]\n");
  };
  const std::vector<std::string> silent;
  EXPECT_EQ(lines("Other: {Type: String, Default: dev}"),
            (std::vector<std::string>{"4:3 note no-point-in-time-recovery: T is kept when its "
                                      "definition goes and has no point-in-time recovery"}));
  EXPECT_EQ(lines("Stage: {Type: String, Default: dev}"), silent);
  EXPECT_EQ(lines("EnvironmentName: {Type: String, Default: staging}"), silent);
  EXPECT_EQ(lines("Env: {Type: String, Default: prod}").size(), 2u);
}

}  // namespace
}  // namespace dynarock::schema
