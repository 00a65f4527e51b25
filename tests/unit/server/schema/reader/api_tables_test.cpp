// CreateTable requests and descriptions of tables.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/reader/reader.h"
#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

constexpr const char* kTable =
    R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST",)"
    R"("AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],)"
    R"("KeySchema":[{"AttributeName":"a","KeyType":"HASH"}]})";

size_t CountTables(const std::string& text) {
  return ReadFile({.path = "t.json", .text = text}, {}).tables.size();
}

TEST(ApiTablesTest, FindsTables) {
  const std::string table = kTable;
  EXPECT_EQ(CountTables(table), 1u);
  EXPECT_EQ(CountTables("[" + table + "," + table + "]"), 2u);
  EXPECT_EQ(CountTables("{\"Table\":" + table + "}"), 1u);
  EXPECT_EQ(CountTables("{\"Tables\":[" + table + ",{\"Table\":" + table + "}]}"), 2u);
  EXPECT_EQ(CountTables("{\"name\":\"package\"}"), 0u);
}

// What the AWS CLI takes beside CreateTable requests: --global-secondary-indexes file://..., --item
// file://... and so on.
TEST(ApiTablesTest, PartsOfATableAreNoTables) {
  struct Case {
    std::string text;
    std::string part;
  };
  const std::string index =
      R"({"IndexName":"i","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],)"
      R"("Projection":{"ProjectionType":"ALL"}})";
  const Case cases[] = {
      {"[" + index + "]", "indexes"},
      {index, "indexes"},
      {R"([{"Create":)" + index + "}]", "indexes"},
      {R"([{"Delete":{"IndexName":"i"}}])", "indexes"},
      {R"([{"AttributeName":"a","KeyType":"HASH"}])", "a key schema"},
      {R"([{"AttributeName":"a","AttributeType":"S"}])", "attribute definitions"},
      {R"({"pk":{"S":"a"},"KeySchema":{"S":"b"}})", "an item"},
      {R"([{"AttributeDefinitions":{"L":[]}}])", "an item"},
      {R"({"TableName":"t","AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],)"
       R"("GlobalSecondaryIndexUpdates":[{"Create":)" +
           index + "}]}",
       "an UpdateTable request"},
  };
  for (const Case& c : cases) {
    const Reading reading = ReadFile({.path = "t.json", .text = c.text}, {});
    EXPECT_EQ(reading.tables.size(), 0u) << c.text;
    ASSERT_EQ(reading.messages.size(), 1u) << c.text;
    EXPECT_EQ(reading.messages[0].text, "this file holds " + c.part + ", not a table");
    EXPECT_TRUE(DefinesNothing(reading));
  }
}

TEST(ApiTablesTest, SettingsBesideTheRequestAreTaken) {
  std::string text = kTable;
  text.insert(1, R"("TimeToLiveSpecification":{"Enabled":true,"AttributeName":"ttl"},)");
  const Reading reading = ReadFile({.path = "t.json", .text = text}, {});
  EXPECT_EQ(Shown(reading.tables.at(0).time_to_live), "{Enabled:true,AttributeName:'ttl'}");
  EXPECT_TRUE(Lines("t.json", text).empty());
}

TEST(ApiTablesTest, DescriptionsBecomeRequests) {
  const std::string text =
      R"({"Table":{"TableName":"tab","TableStatus":"ACTIVE","CreationDateTime":1.5,"ItemCount":3,)"
      R"("TableArn":"arn","TableId":"x","TableSizeBytes":1,)"
      R"("AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],)"
      R"("KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],)"
      R"("BillingModeSummary":{"BillingMode":"PAY_PER_REQUEST"},)"
      R"("ProvisionedThroughput":{"NumberOfDecreasesToday":0,"ReadCapacityUnits":0,)"
      R"("WriteCapacityUnits":0},"WarmThroughput":{"ReadUnitsPerSecond":12000,)"
      R"("WriteUnitsPerSecond":4000,"Status":"ACTIVE"},)"
      R"("TableClassSummary":{"TableClass":"STANDARD"},"DeletionProtectionEnabled":false,)"
      R"("GlobalSecondaryIndexes":[{"IndexName":"gsi","IndexStatus":"ACTIVE","ItemCount":1,)"
      R"("IndexArn":"arn","IndexSizeBytes":1,"KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],)"
      R"("Projection":{"ProjectionType":"KEYS_ONLY"},"ProvisionedThroughput":)"
      R"({"ReadCapacityUnits":0,"WriteCapacityUnits":0,"NumberOfDecreasesToday":0}}]}})";
  EXPECT_EQ(RequestOf("t.json", text),
            "{TableName:'tab',AttributeDefinitions:[{AttributeName:'a',AttributeType:'S'}],"
            "KeySchema:[{AttributeName:'a',KeyType:'HASH'}],WarmThroughput:{ReadUnitsPerSecond:"
            "12000,WriteUnitsPerSecond:4000},DeletionProtectionEnabled:false,"
            "GlobalSecondaryIndexes:[{IndexName:'gsi',KeySchema:[{AttributeName:'a',KeyType:"
            "'HASH'}],Projection:{ProjectionType:'KEYS_ONLY'}}],BillingMode:'PAY_PER_REQUEST',"
            "TableClass:'STANDARD'}");
}

TEST(ApiTablesTest, TypesAreTheServices) {
  std::string text = kTable;
  text.replace(text.find("\"tab\""), 5, "5");
  EXPECT_EQ(Complaints("t.json", text),
            (std::vector<std::string>{
                "1:14 error wrong-type: NUMBER_VALUE cannot be converted to String"}));
}

// The service takes it; the AWS CLI does not.
TEST(ApiTablesTest, FractionsAreToldOf) {
  std::string text = kTable;
  text.replace(text.find("\"BillingMode\""), 32,
               R"("ProvisionedThroughput":{"ReadCapacityUnits":1.5,"WriteCapacityUnits":2.0},)");
  EXPECT_EQ(
      Complaints("t.json", text),
      (std::vector<std::string>{"1:65 warning wrong-type: 1.5 is not a whole number: the service "
                                "leaves the fraction out"}));
}

TEST(ApiTablesTest, ResourcePoliciesAreLeftOut) {
  std::string text = kTable;
  text.insert(1, "\"ResourcePolicy\":\"{}\",");
  EXPECT_EQ(
      Lines("t.json", text),
      (std::vector<std::string>{"1:2 note left-out: ResourcePolicy of tab is not looked at"}));
}

TEST(ApiTablesTest, MembersTheApiDoesNotHaveAreTold) {
  std::string text = kTable;
  text.insert(1, "\"Tablename\":\"x\",");
  EXPECT_EQ(Complaints("t.json", text),
            (std::vector<std::string>{
                "1:2 warning unknown-property: the API has no member Tablename here"}));
}

}  // namespace
}  // namespace dynarock::schema
