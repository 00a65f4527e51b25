// Tables of tests beside the same-named tables of the files.
#include "server/schema/start/drift.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/operations/request/operation_list.h"
#include "server/protocol/check.h"
#include "storage/item/json.h"
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

  // A test sends CreateTable; `error` is what it is answered with.
  static void Send(DriftObserver& observer, std::string json, const Error* error) {
    JsonDocument document;
    ASSERT_TRUE(document.Parse(std::move(json)));
    static const JsonValue kUnchecked{};
    const auto& operation = operations::kCreateTable;
    const bool checked = protocol::CheckTypes(*operation.input, document.root()).has_value();
    const protocol::Caller caller;
    const trace::Trace nothing{};
    observer.Observe({.operation = operation,
                      .caller = caller,
                      .input = checked ? document.root() : kUnchecked,
                      .sent = document.root(),
                      .request_id = {},
                      .user_agent = "aws-sdk-js/3",
                      .error = error,
                      .reply_body = {},
                      .spent = {},
                      .finished = {},
                      .trace = nothing});
  }

  StoreWithFiles world_;
  const std::vector<std::string> kExpected = {
      "orders: KeySchema is pk HASH S in the file, id HASH S in the test's table",
      "orders: BillingMode is PAY_PER_REQUEST in the file, PROVISIONED in the test's table"};
};

TEST_F(DriftTest, EqualTablesAreNone) {
  DriftObserver observer(world_.wanted());
  const Error exists = ResourceInUse("Table already exists: orders");
  Send(observer, kTable, &exists);
  EXPECT_EQ(Titles(observer.Findings(world_.store())), std::vector<std::string>{});
}

TEST_F(DriftTest, ARequestThatMetTheTableIsCompared) {
  DriftObserver observer(world_.wanted());
  const Error exists = ResourceInUse("Table already exists: orders");
  Send(observer, kOther, &exists);
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
  world_.Call(operations::kCreateTable, kOther);
  Send(observer, kOther, nullptr);
  EXPECT_EQ(Titles(observer.Findings(world_.store())), kExpected);
}

TEST_F(DriftTest, RequestsThatAreRefusedAreNone) {
  DriftObserver observer(world_.wanted());
  const Error refused = Validation("no");
  Send(observer, kOther, &refused);
  Send(observer, R"({"TableName":5})", nullptr);
  Send(observer, R"({"TableName":"another"})", nullptr);
  EXPECT_EQ(Titles(observer.Findings(world_.store())), std::vector<std::string>{});
}

}  // namespace
}  // namespace dynarock::schema
