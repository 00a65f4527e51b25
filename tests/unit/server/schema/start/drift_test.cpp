// Tables of tests beside the same-named tables of the files.
#include "server/schema/start/drift.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/operations/registry.h"
#include "server/operations/request/operation_list.h"
#include "server/protocol/dispatcher.h"
#include "tests/unit/server/protocol/field_list.h"
#include "tests/unit/server/schema/start/store_with_files.h"

namespace dynarock::schema {
namespace {

constexpr const char* kTable =
    R"({"TableName":"orders","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":)"
    R"([{"AttributeName":"pk","AttributeType":"S"}],"KeySchema":)"
    R"([{"AttributeName":"pk","KeyType":"HASH"}]})";
constexpr const char* kOther =
    R"({"TableName":"orders","ProvisionedThroughput":{"ReadCapacityUnits":1,)"
    R"("WriteCapacityUnits":1},"AttributeDefinitions":[{"AttributeName":"id",)"
    R"("AttributeType":"S"}],"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]})";

// Refused for the definition that no key uses.
constexpr const char* kAtFault =
    R"({"TableName":"orders","BillingMode":"PAY_PER_REQUEST","AttributeDefinitions":)"
    R"([{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"no","AttributeType":"S"}],)"
    R"("KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]})";

std::vector<std::string> Titles(const std::vector<findings::Finding>& findings) {
  std::vector<std::string> titles;
  for (const findings::Finding& finding : findings) {
    EXPECT_EQ(finding.id, "drift");
    titles.push_back(finding.title);
  }
  return titles;
}

class DriftTest : public testing::Test {
 protected:
  DriftTest() {
    world_.Run({.schemas = {world_.Write("orders.json", kTable)},
                .seeds = {},
                .values = {},
                .variable_files = {}});
  }

  // A test sends CreateTable.
  void Send(DriftObserver& observer, const std::string& json) {
    protocol::Dispatcher::Options options;
    options.operations = operations::Operations();
    options.observers = {&observer};
    const protocol::FieldList fields({
        {"X-Amz-Target", "DynamoDB_20120810.CreateTable"},
        {"Content-Type", "application/x-amz-json-1.0"},
        {"User-Agent", "aws-sdk-js/3"},
        {"x-amz-date", "20260101T000000Z"},
        {"authorization",
         "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, "
         "SignedHeaders=host, Signature=x"},
    });
    http::Request request;
    request.method = "POST";
    request.fields = &fields;
    request.body = json;
    protocol::Dispatcher(std::move(options), world_.store()).Handle(request);
  }

  StoreWithFiles world_;
  const std::vector<std::string> kExpected = {
      "orders: KeySchema is pk HASH S in the file, id HASH S in the test's table",
      "orders: BillingMode is PAY_PER_REQUEST in the file, PROVISIONED in the test's table"};
};

TEST_F(DriftTest, EqualTablesAreNone) {
  DriftObserver observer(world_.wanted());
  Send(observer, kTable);
  EXPECT_EQ(Titles(observer.Findings(world_.store())), std::vector<std::string>{});
}

TEST_F(DriftTest, ARequestThatMetTheTableIsCompared) {
  DriftObserver observer(world_.wanted());
  Send(observer, kOther);
  const auto findings = observer.Findings(world_.store());
  EXPECT_EQ(Titles(findings), kExpected);
  EXPECT_EQ(findings.at(0).severity, findings::Severity::kWarning);
  EXPECT_EQ(findings.at(1).severity, findings::Severity::kNote);
  EXPECT_EQ(findings.at(0).user_agent, "aws-sdk-js/3");
  EXPECT_EQ(findings.at(0).line, 1);
}

TEST_F(DriftTest, ATableThatTookThePlaceIsComparedOnce) {
  DriftObserver observer(world_.wanted());
  world_.Call(operations::kDeleteTable, "{'TableName':'orders'}");
  Send(observer, kOther);
  EXPECT_EQ(Titles(observer.Findings(world_.store())), kExpected);
}

TEST_F(DriftTest, ATableOfAnotherNameIsNone) {
  DriftObserver observer(world_.wanted());
  std::string another = kOther;
  another.replace(another.find("orders"), 6, "others");
  Send(observer, another);
  EXPECT_EQ(Titles(observer.Findings(world_.store())), std::vector<std::string>{});
}

TEST_F(DriftTest, RequestsThatAreRefusedAreNone) {
  DriftObserver observer(world_.wanted());
  Send(observer, kAtFault);
  Send(observer, R"({"TableName":5})");
  Send(observer, R"({"TableName":"orders"})");
  EXPECT_EQ(Titles(observer.Findings(world_.store())), std::vector<std::string>{});
}

}  // namespace
}  // namespace dynarock::schema
