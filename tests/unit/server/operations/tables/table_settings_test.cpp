// Tags, TTL, continuous backups and the account's operations.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/operations/request/operation_list.h"
#include "table_client.h"

namespace dynarock::operations {
namespace {

#define ARN "arn:aws:dynamodb:eu-west-1:000000000000:table/tab"

struct Step {
  std::string_view name;
  const Operation* operation;
  std::string_view request;
  std::string_view answer;  // with single quotes for double ones where it is JSON
};

// Each on a fresh table `tab`.
const std::vector<Step> kSteps = {
    {"NoArn", &kTagResource, "{}", "Invalid TableArn"},
    {"NoTags", &kTagResource, "{'ResourceArn':'" ARN "'}",
     "1 validation error detected: Value null at 'tags' failed to satisfy constraint: Member must "
     "not be null"},
    {"NoTagKeys", &kUntagResource, "{'ResourceArn':'" ARN "'}",
     "1 validation error detected: Value null at 'tagKeys' failed to satisfy constraint: Member "
     "must not be null"},
    {"NotAnArn", &kTagResource, "{'ResourceArn':'not-a-valid-arn','Tags':[]}",
     "One or more parameter values were invalid: ARNs must start with 'arn:': not-a-valid-arn"},
    {"EmptyTags", &kTagResource, "{'ResourceArn':'" ARN "','Tags':[]}",
     "Atleast one Tag needs to be provided as Input."},
    {"EmptyTagKeys", &kUntagResource, "{'ResourceArn':'" ARN "','TagKeys':[]}",
     "Atleast one Tag Key needs to be provided as Input."},
    {"OtherAccount", &kTagResource,
     "{'ResourceArn':'arn:aws:dynamodb:eu-west-1:123456789012:table/"
     "tab','Tags':[{'Key':'a','Value':'b'}]}",
     "Access is denied"},
    {"AbsentTable", &kListTagsOfResource,
     "{'ResourceArn':'arn:aws:dynamodb:eu-west-1:000000000000:table/nope'}", "Access is denied"},
    {"OtherRegion", &kListTagsOfResource,
     "{'ResourceArn':'arn:aws:dynamodb:us-east-1:000000000000:table/nope'}",
     "Invalid TableArn: Invalid ResourceArn provided as input "
     "arn:aws:dynamodb:us-east-1:000000000000:table/nope"},
    {"ReservedKey", &kTagResource, "{'ResourceArn':'" ARN "','Tags':[{'Key':'aws:a','Value':''}]}",
     "Tag Key cannot be prefixed with aws:, Key: aws:a"},
    {"NoTagsYet", &kListTagsOfResource, "{'ResourceArn':'" ARN "'}", "{'Tags':[]}"},
    {"TtlNeverSet", &kDescribeTimeToLive, "{'TableName':'tab'}",
     "{'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED'}}"},
    {"TtlEmptyName", &kUpdateTimeToLive,
     "{'TableName':'tab','TimeToLiveSpecification':{'Enabled':true,'AttributeName':''}}",
     "1 validation error detected: Value '' at 'timeToLiveSpecification.attributeName' failed to "
     "satisfy constraint: Member must have length greater than or equal to 1"},
    {"TtlAlreadyOff", &kUpdateTimeToLive,
     "{'TableName':'tab','TimeToLiveSpecification':{'Enabled':false,'AttributeName':'t'}}",
     "TimeToLive is already disabled"},
    {"TtlNoTable", &kUpdateTimeToLive,
     "{'TableName':'nope','TimeToLiveSpecification':{'Enabled':true,'AttributeName':'t'}}",
     "Requested resource not found: Table: nope not found"},
    {"BackupsOff", &kDescribeContinuousBackups, "{'TableName':'tab'}",
     "{'ContinuousBackupsDescription':{'ContinuousBackupsStatus':'ENABLED',"
     "'PointInTimeRecoveryDescription':{'PointInTimeRecoveryStatus':'DISABLED'}}}"},
    {"BackupsNoTable", &kDescribeContinuousBackups, "{'TableName':'nope'}",
     "Table not found: nope"},
    {"BackupsUpdateNoTable", &kUpdateContinuousBackups,
     "{'TableName':'nope','PointInTimeRecoverySpecification':{'PointInTimeRecoveryEnabled':true}}",
     "Table not found: nope"},
    {"Limits", &kDescribeLimits, "{}",
     "{'AccountMaxReadCapacityUnits':80000,'AccountMaxWriteCapacityUnits':80000,"
     "'TableMaxReadCapacityUnits':40000,'TableMaxWriteCapacityUnits':40000}"},
    {"Endpoints", &kDescribeEndpoints, "{}",
     "{'Endpoints':[{'Address':'localhost:8000','CachePeriodInMinutes':1440}]}"},
};

class TableSettings : public testing::TestWithParam<Step> {};

TEST_P(TableSettings, Answer) {
  TableClient client;
  client.MakeTable("tab");
  const Step& step = GetParam();
  const std::string answer = client(*step.operation, step.request);
  const bool json = step.answer.starts_with("{");
  EXPECT_EQ(answer, json ? Quoted(step.answer) : std::string(step.answer));
}

INSTANTIATE_TEST_SUITE_P(All, TableSettings, testing::ValuesIn(kSteps),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Tags, ComeAndGo) {
  TableClient client;
  client.MakeTable("tab");
  constexpr std::string_view kList = "{'ResourceArn':'" ARN "'}";
  EXPECT_EQ(client(kTagResource, "{'ResourceArn':'" ARN "','Tags':[{'Key':'a','Value':'1'},"
                                 "{'Key':'b','Value':'2'}]}"),
            "");
  client(kTagResource, "{'ResourceArn':'" ARN "','Tags':[{'Key':'a','Value':'3'}]}");
  EXPECT_EQ(client(kListTagsOfResource, kList),
            Quoted("{'Tags':[{'Key':'a','Value':'3'},{'Key':'b','Value':'2'}]}"));
  EXPECT_EQ(client(kUntagResource, "{'ResourceArn':'" ARN "','TagKeys':['a','x']}"), "");
  EXPECT_EQ(client(kListTagsOfResource, kList), Quoted("{'Tags':[{'Key':'b','Value':'2'}]}"));
}

TEST(Tags, AtMostFifty) {
  TableClient client;
  client.MakeTable("tab");
  for (int i = 0; i < 51; ++i) {
    const std::string key = "k" + std::to_string(i);
    EXPECT_EQ(
        client(kTagResource, "{'ResourceArn':'" ARN "','Tags':[{'Key':'" + key + "','Value':''}]}"),
        i < 50 ? "" : "Number of Tags exceed the current limit for the provided ResourceArn");
  }
}

TEST(TimeToLive, ComesAndGoes) {
  TableClient client;
  client.MakeTable("tab");
  const auto set = [&](std::string_view enabled, std::string_view attribute) {
    return client(kUpdateTimeToLive, "{'TableName':'tab','TimeToLiveSpecification':{'Enabled':" +
                                         std::string(enabled) + ",'AttributeName':'" +
                                         std::string(attribute) + "'}}");
  };
  EXPECT_EQ(set("true", "t"),
            Quoted("{'TimeToLiveSpecification':{'Enabled':true,'AttributeName':'t'}}"));
  EXPECT_EQ(client(kDescribeTimeToLive, "{'TableName':'tab'}"),
            Quoted("{'TimeToLiveDescription':{'TimeToLiveStatus':'ENABLED','AttributeName':'t'}}"));
  EXPECT_EQ(set("true", "t"), "TimeToLive is already enabled");
  EXPECT_EQ(set("true", "u"),
            "TimeToLive is active on a different AttributeName: current AttributeName is t");
  set("false", "t");
  EXPECT_EQ(client(kDescribeTimeToLive, "{'TableName':'tab'}"),
            Quoted("{'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED'}}"));
}

TEST(ContinuousBackups, KeepTheirWindow) {
  TableClient client;
  client.MakeTable("tab");
  const auto description = [](std::string_view days, std::string_view first,
                              std::string_view last) {
    return Quoted(
        "{'ContinuousBackupsDescription':{'ContinuousBackupsStatus':'ENABLED',"
        "'PointInTimeRecoveryDescription':{'PointInTimeRecoveryStatus':'ENABLED',"
        "'RecoveryPeriodInDays':" +
        std::string(days) + ",'EarliestRestorableDateTime':" + std::string(first) +
        ",'LatestRestorableDateTime':" + std::string(last) + "}}}");
  };
  EXPECT_EQ(client(kUpdateContinuousBackups,
                   "{'TableName':'tab','PointInTimeRecoverySpecification':{"
                   "'PointInTimeRecoveryEnabled':true}}"),
            description("35", "1800000000.000", "1800000000.000"));
  client.clock().Advance(3 * 86'400'000LL);
  EXPECT_EQ(client(kDescribeContinuousBackups, "{'TableName':'tab'}"),
            description("35", "1800000000.000", "1800258900.000"));
  EXPECT_EQ(client(kUpdateContinuousBackups,
                   "{'TableName':'tab','PointInTimeRecoverySpecification':{"
                   "'PointInTimeRecoveryEnabled':true,'RecoveryPeriodInDays':1}}"),
            description("1", "1800172800.000", "1800258900.000"));
}

}  // namespace
}  // namespace dynarock::operations
