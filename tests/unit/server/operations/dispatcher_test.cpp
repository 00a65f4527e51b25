// What the dispatcher makes of bugs: operations and observers that read JSON as what it is not.
#include "server/protocol/dispatcher.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "server/operations/request/table_lookup.h"
#include "server/protocol/check.h"
#include "storage/clock/settable_clock.h"
#include "tests/unit/server/protocol/field_list.h"

namespace dynarock::protocol {
namespace {

constexpr Member kMembers[] = {{"Name", &kStringShape}, {"Count", &kLongShape}};
constexpr Shape kInput = Structure("Input", kMembers);

// Reads a string as an object.
Result<void> ReadWrongly(Call& call) {
  (void)call.input["Name"].GetObject();
  return {};
}
Result<void> ReadRightly(Call& call) {
  call.out.BeginObject();
  call.out.Member("Name", call.input["Name"].GetText());
  call.out.EndObject();
  return {};
}

// A shape with a rule that reads a number as a string.
Result<void> CheckWrongly(const JsonValue* value, Violations&) {
  if (value != nullptr) (void)value->GetText();
  return {};
}
constexpr Member kFaultyMembers[] = {{"Count", &kLongShape, {.check = CheckWrongly}}};
constexpr Shape kFaultyInput = Structure("FaultyInput", kFaultyMembers);

constexpr Operation kOperations[] = {
    {.name = "CheckWrongly", .input = &kFaultyInput, .run = ReadRightly},
    {.name = "ReadRightly", .input = &kInput, .run = ReadRightly},
    {.name = "ReadWrongly", .input = &kInput, .run = ReadWrongly},
};

class FaultyObserver final : public Observer {
 public:
  void Observe(const Observation& observation) override {
    checked = !observation.input.IsNull();
    sent = std::string(observation.sent["Name"].IsString() ? "text" : "other");
    (void)observation.sent["Name"].GetArray();
  }
  bool checked = false;
  std::string sent;
};

class BugTest : public testing::Test {
 protected:
  BugTest() : store_(*Store::Open({})) {}

  http::Reply Send(const std::string& operation, std::string body,
                   std::vector<Observer*> observers = {}) {
    const FieldList fields({
        {"X-Amz-Target", "DynamoDB_20120810." + operation},
        {"Content-Type", "application/x-amz-json-1.0"},
        {"x-amz-date", "20260101T000000Z"},
        {"authorization",
         "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, "
         "SignedHeaders=host, Signature=x"},
    });
    http::Request request;
    request.method = "POST";
    request.fields = &fields;
    request.body = std::move(body);
    Dispatcher::Options options;
    options.operations = kOperations;
    options.clock = &clock_;
    options.keys = keys_;
    options.observers = std::move(observers);
    options.warn = [this](std::string_view line) { log_.emplace_back(line); };
    return Dispatcher(std::move(options), *store_).Handle(request);
  }

  std::unique_ptr<Store> store_;
  std::vector<std::string> log_;
  SettableClock clock_;
  const KeyRing* keys_ = nullptr;
};

TEST_F(BugTest, AWrongReadIsAnInternalErrorWithALine) {
  const http::Reply reply = Send("ReadWrongly", R"({"Name":"x"})");
  EXPECT_EQ(reply.status, 500u);
  EXPECT_NE(reply.body.find("InternalServerError"), std::string::npos) << reply.body;
  EXPECT_EQ(log_, std::vector<std::string>{"ReadWrongly failed: a JSON value that is a string was "
                                           "read as an object"});
  EXPECT_EQ(Send("ReadRightly", R"({"Name":"x"})").body, R"({"Name":"x"})");
}

TEST_F(BugTest, SoIsOneWhileTheRequestIsChecked) {
  EXPECT_EQ(Send("CheckWrongly", R"({"Count":1})").status, 500u);
  ASSERT_EQ(log_.size(), 1u);
  EXPECT_EQ(log_.front(),
            "CheckWrongly failed: a JSON value that is an integer was read as a string");
}

TEST_F(BugTest, AnObserversWrongReadLeavesTheAnswerAlone) {
  FaultyObserver observer;
  const http::Reply reply = Send("ReadRightly", R"({"Name":"x"})", {&observer});
  EXPECT_EQ(reply.status, 200u);
  EXPECT_EQ(reply.body, R"({"Name":"x"})");
  EXPECT_TRUE(observer.checked);
  ASSERT_EQ(log_.size(), 1u);
  EXPECT_EQ(log_.front(),
            "an observer of ReadRightly failed: a JSON value that is a string was read as an "
            "array");
}

TEST_F(BugTest, ObserversSeeNothingUncheckedAsInput) {
  FaultyObserver observer;
  EXPECT_EQ(Send("ReadRightly", R"({"Name":1})", {&observer}).status, 400u);
  EXPECT_FALSE(observer.checked);
  EXPECT_EQ(observer.sent, "other");
}

TEST_F(BugTest, SignaturesAreTooOldByTheClock) {
  KeyRing keys;
  ASSERT_TRUE(keys.Add("a:secret"));
  keys_ = &keys;
  clock_.Set(1'767'225'600'000);  // 2026-01-01
  const std::string wrong = Send("ReadRightly", "{}").body;
  EXPECT_NE(wrong.find("InvalidSignatureException"), std::string::npos) << wrong;
  EXPECT_EQ(wrong.find("Signature expired"), std::string::npos) << wrong;
  clock_.Advance(16 * 60 * 1000);
  const std::string late = Send("ReadRightly", "{}").body;
  EXPECT_NE(late.find("Signature expired: 20260101T000000Z is now earlier than 20260101T000100Z"),
            std::string::npos)
      << late;
}

}  // namespace
}  // namespace dynarock::protocol
