#include "server/protocol/reply.h"

#include <map>

#include <gtest/gtest.h>

#include "storage/item/wire_json.h"

namespace dynarock::protocol {
namespace {

class FieldTable : public http::Fields {
 public:
  using Table = std::map<std::string, std::string, std::less<>>;
  explicit FieldTable(Table fields) : fields_(std::move(fields)) {}
  std::optional<std::string_view> Find(std::string_view name) const override {
    const auto it = fields_.find(name);
    if (it == fields_.end()) return std::nullopt;
    return it->second;
  }

 private:
  Table fields_;
};

// The message quotes a header field, which may hold bytes that are no UTF-8; the body must.
TEST(AuthErrorReply, BodyIsUtf8) {
  const http::Reply latin = AuthErrorReply("IncompleteSignatureException", "caf\xE9", kAmzJson);
  EXPECT_EQ(latin.body,
            "{\"__type\":\"com.amazon.coral.service#IncompleteSignatureException\","
            "\"message\":\"caf\xC3\xA9\"}");
  const http::Reply utf8 = AuthErrorReply("X", "caf\xC3\xA9", kAmzJson);
  EXPECT_NE(utf8.body.find("caf\xC3\xA9\"}"), std::string::npos);
}

TEST(ErrorReply, EveryKind) {
  struct Case {
    ErrorKind kind;
    unsigned status;
    std::string_view type;
    std::string_view name;
    std::string_view member;
  };
  const std::string coral = "com.amazon.coral.service#";
  const std::string modelled = "com.amazonaws.dynamodb.v20120810#";
  using enum ErrorKind;
  const std::vector<Case> cases = {
      {kValidation, 400, "com.amazon.coral.validate#", "ValidationException", "message"},
      {kSerialization, 400, coral, "SerializationException", "Message"},
      {kUnknownOperation, 400, coral, "UnknownOperationException", "message"},
      {kConditionalCheckFailed, 400, modelled, "ConditionalCheckFailedException", "message"},
      {kResourceNotFound, 400, modelled, "ResourceNotFoundException", "message"},
      {kTableNotFound, 400, modelled, "TableNotFoundException", "message"},
      {kResourceInUse, 400, modelled, "ResourceInUseException", "message"},
      {kLimitExceeded, 400, modelled, "LimitExceededException", "message"},
      {kItemCollectionSizeLimit, 400, modelled, "ItemCollectionSizeLimitExceededException",
       "message"},
      {kAccessDenied, 400, coral, "AccessDeniedException", "Message"},
      {kInternalFailure, 500, modelled, "InternalServerError", "message"},
  };
  for (const Case& c : cases) {
    Error error = OfKind(c.kind, "a \"text\"");
    error.hint = "not for clients";
    const http::Reply reply = ErrorReply(error, kAmzJson);
    EXPECT_EQ(reply.status, c.status) << c.name;
    EXPECT_EQ(reply.content_type, kAmzJson);
    EXPECT_TRUE(reply.checksum);
    EXPECT_EQ(ErrorName(c.kind), c.name);
    std::string body = R"({"__type":")";
    body.append(c.type).append(c.name).append("\",\"").append(c.member);
    body += R"(":"a \"text\""})";
    EXPECT_EQ(reply.body, body);
  }
}

TEST(ErrorReply, ShowsTheStoredItem) {
  JsonDocument document;
  ASSERT_TRUE(document.Parse(R"({"pk":{"S":"a"},"n":{"N":"1"}})"));
  std::string item;
  ASSERT_TRUE(EncodeItem(document.root(), item));
  EXPECT_EQ(ErrorReply(ConditionFailed(item), kPlainJson).body,
            R"({"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",)"
            R"("message":"The conditional request failed","Item":{"n":{"N":"1"},"pk":{"S":"a"}}})");
  EXPECT_EQ(ErrorReply(ConditionFailed(), kPlainJson).body,
            R"({"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",)"
            R"("message":"The conditional request failed"})");
}

TEST(FixedReplies, Health) {
  const http::Reply reply = HealthReply("us-east-1");
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.body, "healthy: dynamodb.us-east-1.amazonaws.com ");
  EXPECT_EQ(reply.body.size(), 42U);
}

TEST(FixedReplies, NotFound) {
  const http::Reply reply = NotFoundReply();
  EXPECT_EQ(reply.status, 404U);
  EXPECT_EQ(reply.body, "<UnknownOperationException/>\n");
  EXPECT_EQ(reply.body.size(), 29U);
  EXPECT_EQ(reply.content_type, "");
}

TEST(FixedReplies, NotJson) {
  const http::Reply reply = NotJsonReply(kAmzJson);
  EXPECT_EQ(reply.status, 400U);
  EXPECT_EQ(reply.body, R"({"__type":"com.amazon.coral.service#SerializationException"})");
  EXPECT_EQ(reply.body.size(), 60U);
  EXPECT_EQ(reply.content_type, kAmzJson);
  EXPECT_EQ(NotJsonReply(kPlainJson).content_type, kPlainJson);
}

TEST(FixedReplies, UnknownOperation) {
  const http::Reply reply = UnknownOperationReply(kPlainJson);
  EXPECT_EQ(reply.status, 400U);
  EXPECT_EQ(reply.body, R"({"__type":"com.amazon.coral.service#UnknownOperationException"})");
  EXPECT_EQ(reply.body.size(), 63U);
  EXPECT_EQ(UnknownOperationReply(kPlainJson, "text").body,
            R"({"__type":"com.amazon.coral.service#UnknownOperationException","message":"text"})");
}

TEST(FixedReplies, Preflight) {
  using Pairs = std::vector<std::pair<std::string_view, std::string>>;
  const http::Reply full = PreflightReply(FieldTable(FieldTable::Table{
      {"Origin", "https://example.com"},
      {"Access-Control-Request-Headers", "x-amz-target, content-type"},
      {"Access-Control-Request-Method", "POST"},
  }));
  EXPECT_EQ(full.status, 200U);
  EXPECT_EQ(full.body, "");
  EXPECT_EQ(full.fields, (Pairs{{"Access-Control-Allow-Headers", "x-amz-target, content-type"},
                                {"Access-Control-Allow-Methods", "POST"},
                                {"Access-Control-Max-Age", "172800"}}));
  EXPECT_EQ(PreflightReply(FieldTable(FieldTable::Table{{"Origin", "x"}})).fields,
            (Pairs{{"Access-Control-Max-Age", "172800"}}));
}

}  // namespace
}  // namespace dynarock::protocol
