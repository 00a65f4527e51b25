// What a review says of tables: everything that CreateTable refuses, at its place; findings about
// the design, each beside a twin without the fault.
#include "server/schema/review/review.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

using Expected = std::vector<std::string>;

// A template of one table named orders, keyed by customerId and orderId, one property a line from
// line 5 on.
std::string Table(const std::string& properties, const std::string& name = "orders") {
  return "Resources:\n  T:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: " +
         name + "\n" + properties;
}
constexpr const char* kKeys =
    "      KeySchema: [{AttributeName: customerId, KeyType: HASH}, {AttributeName: orderId, "
    "KeyType: RANGE}]\n";
constexpr const char* kDefined =
    "      AttributeDefinitions: [{AttributeName: customerId, AttributeType: S}, {AttributeName: "
    "orderId, AttributeType: S}]\n";
constexpr const char* kOnDemand = "      BillingMode: PAY_PER_REQUEST\n";

const std::string kClean = std::string(kOnDemand) + kDefined + kKeys;

// A fault of the table's keys does not hide those of its indexes.
TEST(ReviewTest, LocalIndexesAreLookedAtWithoutASortKey) {
  const std::string text =
      R"({"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
 "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"},
  {"AttributeName": "sk", "AttributeType": "S"}],
 "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
 "LocalSecondaryIndexes": [{"IndexName": "lsi",
  "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"},
   {"AttributeName": "sk", "KeyType": "RANGE"}],
  "Projection": {"ProjectionType": "KEYS_ONLY", "NonKeyAttributes": ["a"]}}]})";
  const std::string head = " error create-table: One or more parameter values were invalid: ";
  EXPECT_EQ(Complaints("t.json", text),
            (std::vector<std::string>{
                "5:27" + head +
                    "Table KeySchema does not have a range key, which is required when specifying "
                    "a LocalSecondaryIndex",
                "8:36" + head + "ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified"}));
}

TEST(ReviewTest, ACleanTableIsSilent) {
  EXPECT_EQ(Lines("t.yaml", Table(kClean)), Expected{});
}

TEST(ReviewTest, TellsWhatCreateTableRefuses) {
  struct Case {
    const char* name;
    std::string text;
    Expected expected;
  };
  const std::string invalid = "One or more parameter values were invalid: ";
  const std::vector<Case> cases = {
      {"key without definition",
       Table(std::string(kOnDemand) + kKeys +
             "      AttributeDefinitions: [{AttributeName: customerId, AttributeType: S}, "
             "{AttributeName: orderid, AttributeType: S}]\n"),
       {"7:79 error create-table: " + invalid +
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [customerId, "
        "orderId], AttributeDefinitions: [customerId, orderid]"}},
      {"definition without key",
       Table(std::string(kOnDemand) + kKeys +
             "      AttributeDefinitions:\n"
             "        - {AttributeName: customerId, AttributeType: S}\n"
             "        - {AttributeName: orderId, AttributeType: S}\n"
             "        - {AttributeName: total, AttributeType: N}\n"),
       {"11:27 error create-table: " + invalid +
        "Number of attributes in KeySchema does not exactly match number of attributes defined in "
        "AttributeDefinitions"}},
      {"throughput on demand",
       Table(kClean +
             "      ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}\n"),
       {"9:30 error create-table: " + invalid +
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
        "PAY_PER_REQUEST"}},
      {"no throughput",
       Table(std::string(kDefined) + kKeys),
       {"2:3 error create-table: " + invalid +
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
        "PROVISIONED"}},
      {"a name that is too short",
       Table(kClean, "ab"),
       {"5:18 error create-table: 1 validation error detected: Value 'ab' at 'tableName' failed "
        "to satisfy constraint: Member must have length greater than or equal to 3"}},
      {"wrong types and enums together, each at its place",
       Table(std::string("      BillingMode: ON_DEMAND\n") + kKeys +
             "      AttributeDefinitions: [{AttributeName: customerId, AttributeType: String}, "
             "{AttributeName: orderId, AttributeType: S}]\n"),
       {"6:20 error create-table: 1 validation error detected: Value 'ON_DEMAND' at 'billingMode' "
        "failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, "
        "PAY_PER_REQUEST]",
        "8:73 error create-table: 1 validation error detected: Value 'String' at "
        "'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must "
        "satisfy enum value set: [B, N, S]"}},
      {"a misspelt property",
       Table(kClean + "      GlobalSecondaryIndex: []\n"),
       {"9:7 error unknown-property: Properties validation failed for resource T with message: #: "
        "extraneous key [GlobalSecondaryIndex] is not permitted"}},
      {"a list where an object belongs",
       Table(kClean + "      StreamSpecification: [a]\n"),
       {"9:28 error wrong-type: Unrecognized collection type class "
        "com.amazonaws.dynamodb.v20120810.StreamSpecification"}},
      {"nothing where a value belongs",
       Table(kClean + "      Tags:\n"),
       {"9:7 error null-value: Template format error: 'null' values are not allowed in templates "
        "(Tags of T)"}},
      {"time to live without an attribute",
       Table(kClean + "      TimeToLiveSpecification: {Enabled: true}\n"),
       {"9:32 error create-table: 1 validation error detected: Value null at "
        "'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must not be "
        "null"}},
      {"a member that only the API has",
       Table(kClean +
             "      StreamSpecification: {StreamEnabled: true, StreamViewType: KEYS_ONLY}\n"),
       {"9:29 error unknown-property: Properties validation failed for resource T with message: "
        "#/StreamSpecification: extraneous key [StreamEnabled] is not permitted"}},
      {"half a unit",
       Table(std::string(kDefined) + kKeys +
             "      ProvisionedThroughput: {ReadCapacityUnits: 1.5, WriteCapacityUnits: 1.0}\n"),
       {"8:30 note provisioned-without-scaling: orders has provisioned throughput that nothing "
        "scales",
        "8:50 error wrong-type: Properties validation failed for resource T with message: expected "
        "type: Integer, found: Double"}},
      {"a stream without a view type",
       Table(kClean + "      StreamSpecification: {}\n"),
       {"9:28 error create-table: " + invalid +
        "Table is being created with a stream enabled, UpdateViewType is required"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Lines("t.yaml", c.text), c.expected) << c.name;
}

// Local indexes are compared with the first key of the table, which is the wrong one then.
TEST(ReviewTest, KeysInTheWrongOrderAreOneError) {
  const std::string text = Table(
      std::string(kOnDemand) +
      "      KeySchema: [{AttributeName: orderId, KeyType: RANGE}, {AttributeName: customerId, "
      "KeyType: HASH}]\n"
      "      AttributeDefinitions: [{AttributeName: customerId, AttributeType: S}, {AttributeName: "
      "orderId, AttributeType: S}, {AttributeName: total, AttributeType: N}]\n"
      "      LocalSecondaryIndexes: [{IndexName: by-total, KeySchema: [{AttributeName: customerId, "
      "KeyType: HASH}, {AttributeName: total, KeyType: RANGE}], Projection: {ProjectionType: "
      "ALL}}]\n");
  EXPECT_EQ(Complaints("t.yaml", text),
            (Expected{"7:53 error create-table: Invalid KeySchema: The first KeySchemaElement is "
                      "not a HASH key type"}));
}

TEST(ReviewTest, TellsAllFaultsOfIndexes) {
  const std::string text = Table(
      kClean +
      "      LocalSecondaryIndexes:\n"
      "        - IndexName: local\n"
      "          KeySchema: [{AttributeName: orderId, KeyType: HASH}, {AttributeName: customerId, "
      "KeyType: RANGE}]\n"
      "          Projection: {ProjectionType: ALL}\n"
      "      GlobalSecondaryIndexes:\n"
      "        - IndexName: one\n"
      "          KeySchema: [{AttributeName: status, KeyType: HASH}]\n"
      "          Projection: {ProjectionType: ALL}\n"
      "        - IndexName: one\n"
      "          KeySchema: [{AttributeName: orderId, KeyType: RANGE}]\n"
      "          Projection: {ProjectionType: ALL}\n"
      "        - IndexName: three\n"
      "          KeySchema: [{AttributeName: orderId, KeyType: HASH}]\n"
      "          Projection: {ProjectionType: INCLUDE}\n"
      "          ProvisionedThroughput: {ReadCapacityUnits: 1, WriteCapacityUnits: 1}\n");
  const std::string invalid = "error create-table: One or more parameter values were invalid: ";
  EXPECT_EQ(
      Complaints("t.yaml", text),
      (Expected{
          "11:39 " + invalid +
              "Index KeySchema does not have the same leading hash key as table KeySchema for "
              "index: local. index hash key: orderId, table hash key: customerId",
          "15:39 " + invalid +
              "Some index key attributes are not defined in AttributeDefinitions. Keys: [status], "
              "AttributeDefinitions: [customerId, orderId]",
          "17:22 " + invalid + "Duplicate index name: one",
          "18:57 error create-table: Invalid KeySchema: The first KeySchemaElement is not a HASH "
          "key type",
          "22:40 " + invalid + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
          "23:34 " + invalid +
              "ProvisionedThroughput should not be specified for index: three when BillingMode is "
              "PAY_PER_REQUEST",
      }));
}

TEST(ReviewTest, EndlessListsAreOneError) {
  std::string indexes = "      GlobalSecondaryIndexes:\n";
  std::string definitions = "      AttributeDefinitions:\n";
  for (int i = 0; i < 20'000; ++i) {
    const std::string name = std::to_string(i);
    indexes += "        - {IndexName: i" + name + ", KeySchema: [{AttributeName: k" + name +
               ", KeyType: HASH}], Projection: {ProjectionType: ALL}}\n";
    definitions += "        - {AttributeName: k" + name + ", AttributeType: S}\n";
  }
  EXPECT_EQ(Complaints("t.yaml", Table(std::string(kOnDemand) + kKeys + definitions + indexes)),
            (Expected{"9:9 error create-table: AttributeDefinitions has 20000 elements: no table "
                      "can have that many",
                      "20010:9 error create-table: GlobalSecondaryIndexes has 20000 elements: no "
                      "table can have that many"}));
}

TEST(ReviewTest, WhatIsNotKnownIsNamedAndNothingElse) {
  const std::string text =
      "Parameters: {P: {Type: String}, Q: {Type: String}}\n" +
      Table(
          "      BillingMode: !Ref P\n"
          "      AttributeDefinitions: [{AttributeName: !Ref P, AttributeType: !Ref P}]\n"
          "      KeySchema: [{AttributeName: !Ref P, KeyType: !Ref P}]\n"
          "      ProvisionedThroughput: !If [C, {ReadCapacityUnits: 1, WriteCapacityUnits: 1}, "
          "!Ref 'AWS::NoValue']\n"
          "      StreamSpecification: !Ref P\n"
          "      GlobalSecondaryIndexes: [!Ref P, {IndexName: !Ref P, KeySchema: [{AttributeName: "
          "a, KeyType: HASH}], Projection: !Ref P}]\n"
          "      DeletionProtectionEnabled: !Ref P\n"
          "      Tags: !Ref P\n"
          "      TimeToLiveSpecification: {Enabled: !Ref P, AttributeName: x}\n"
          "Conditions: {C: !Equals [!Ref Q, x]}\n",
          "!Ref P");
  EXPECT_EQ(Complaints("t.yaml", text), Expected{});
  const std::vector<std::string> lines = Lines("t.yaml", text);
  EXPECT_EQ(lines.size(), 13u);
  EXPECT_EQ(lines.front(),
            "6:18 note unresolved: TableName of T is known only when it is deployed: !Ref P (the "
            "parameter P has no default; --set P=VALUE gives it a value)");
}

// A rule: where it speaks, and a twin where it does not.
struct Rule {
  const char* id;
  const char* severity;
  std::string fires;
  std::string silent;
};

std::string Index(const std::string& name, const std::string& keys,
                  const std::string& projection = "{ProjectionType: KEYS_ONLY}") {
  return "{IndexName: " + name + ", KeySchema: [" + keys + "], Projection: " + projection + "}";
}
std::string Hash(const std::string& name) {
  return "{AttributeName: " + name + ", KeyType: HASH}";
}
std::string Range(const std::string& name) {
  return "{AttributeName: " + name + ", KeyType: RANGE}";
}
// A table on demand with these keys and global indexes, all attributes strings.
std::string Keyed(const std::string& keys, const std::vector<std::string>& defined,
                  const std::string& indexes = {}, const std::string& kind = "Global") {
  std::string text = std::string(kOnDemand) + "      KeySchema: [" + keys + "]\n" +
                     "      AttributeDefinitions:\n";
  for (const std::string& name : defined) {
    text += "        - {AttributeName: " + name + ", AttributeType: S}\n";
  }
  if (!indexes.empty()) text += "      " + kind + "SecondaryIndexes: [" + indexes + "]\n";
  return Table(text);
}

TEST(DesignTest, EachRuleFiresAndItsTwinIsSilent) {
  const std::string ids = "a, b";
  const std::string scaled =
      "  S:\n    Type: AWS::ApplicationAutoScaling::ScalableTarget\n    Properties: {ResourceId: "
      "!Sub 'table/${T}'}\n";
  const std::string units =
      "      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}\n";
  const std::string provisioned = std::string(kDefined) + kKeys + units;
  const auto full = [](int count) {
    std::string list;
    for (int i = 0; i < count; ++i) {
      list += (i > 0 ? ", " : "") + Index("i0" + std::to_string(i), Hash("k" + std::to_string(i)),
                                          "{ProjectionType: ALL}");
    }
    return list;
  };
  const auto index_units = [](int writes) {
    return "      GlobalSecondaryIndexes: [{IndexName: by-order, KeySchema: [{AttributeName: "
           "orderId, KeyType: HASH}], Projection: {ProjectionType: ALL}, ProvisionedThroughput: "
           "{ReadCapacityUnits: 5, WriteCapacityUnits: " +
           std::to_string(writes) + "}}]\n";
  };
  const std::string retained =
      "Resources:\n  T:\n    DeletionPolicy: Retain\n    Type: AWS::DynamoDB::Table\n    "
      "Properties:\n      TableName: orders\n" +
      kClean;
  const std::string recovery =
      "      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}\n";
  const std::string protection = "      DeletionProtectionEnabled: true\n";
  const std::string ttl = "      TimeToLiveSpecification: {Enabled: true, AttributeName: ";
  const std::vector<Rule> rules = {
      {"low-cardinality-key", "warning",
       Keyed(Hash("status") + "," + Range("id"), {"status", "id"}),
       Keyed(Hash("statusId"), {"statusId"})},
      {"low-cardinality-key", "warning",
       Keyed(Hash("is_active") + "," + Range("id"), {"is_active", "id"}),
       Keyed(Hash("island"), {"island"})},
      {"low-cardinality-key", "note", Keyed(Hash("status"), {"status"}),
       Keyed(Hash("statusId"), {"statusId"})},
      {"low-cardinality-key", "note", Keyed(Hash("country") + "," + Range("id"), {"country", "id"}),
       Keyed(Hash("countryId") + "," + Range("id"), {"countryId", "id"})},
      {"low-cardinality-key", "note", Keyed(Hash("date"), {"date"}),
       Keyed(Hash("candidate"), {"candidate"})},
      {"low-cardinality-key", "note",
       Keyed(Hash("id"), {"id", "orderStatus"}, Index("by-status", Hash("orderStatus"))),
       Keyed(Hash("id"), {"id", "email"}, Index("by-email", Hash("email")))},
      {"index-repeats-table", "warning",
       Keyed(Hash("a") + "," + Range("b"), {"a", "b"}, Index("same", Hash("a") + "," + Range("b"))),
       Keyed(Hash("a") + "," + Range("b"), {"a", "b"},
             Index("back", Hash("b") + "," + Range("a")))},
      {"index-repeats-index", "warning",
       Keyed(Hash("a"), {"a", "b"}, Index("one", Hash("b")) + "," + Index("two", Hash("b"))),
       Keyed(Hash("a"), {"a", "b"},
             Index("one", Hash("b")) + "," + Index("two", Hash("b") + "," + Range("a")))},
      {"projection-repeats-key", "note",
       Keyed(Hash("a"), {"a", "b"},
             Index("one", Hash("b"), "{ProjectionType: INCLUDE, NonKeyAttributes: [a]}")),
       Keyed(Hash("a"), {"a", "b"},
             Index("one", Hash("b"), "{ProjectionType: INCLUDE, NonKeyAttributes: [c]}"))},
      {"many-full-projections", "note",
       Keyed(Hash("a"), {"a", "k0", "k1", "k2", "k3", "k4"}, full(5)),
       Keyed(Hash("a"), {"a", "k0", "k1", "k2", "k3"}, full(4))},
      {"local-index-limits-collection", "note",
       Keyed(Hash("a") + "," + Range("b"), {"a", "b", "c"},
             Index("loc", Hash("a") + "," + Range("c")), "Local"),
       Keyed(Hash("a") + "," + Range("b"), {"a", "b", "c"},
             Index("glo", Hash("a") + "," + Range("c")))},
      {"similar-names", "warning",
       Keyed(Hash("userId"), {"userId", "user_id"}, Index("one", Hash("user_id"))),
       Keyed(Hash("userId"), {"userId", "userIds"}, Index("one", Hash("userIds")))},
      {"ttl-not-a-number", "warning", Table(kClean + ttl + "orderId}\n"),
       Table(kClean + ttl + "expiresAt}\n")},
      {"temporary-without-ttl", "note", Table(kClean, "user-sessions"),
       Table(kClean + ttl + "expiresAt}\n", "user-sessions")},
      {"provisioned-without-scaling", "note", Table(provisioned), Table(provisioned) + scaled},
      {"index-writes-below-table", "note", Table(provisioned + index_units(2)) + scaled,
       Table(provisioned + index_units(5)) + scaled},
      {"no-point-in-time-recovery", "note", retained + protection,
       retained + protection + recovery},
      {"no-deletion-protection", "note", Table(kClean + recovery, "orders-prod"),
       Table(kClean + recovery, "products")},
      {"duplicate-name", "warning", Table(kClean + "      TableName: orders\n"), Table(kClean)},
      {"create-table", "error",
       Table(kClean + "      Tags: [{Key: a, Value: x}, {Key: b, Value: x}, {Key: a, Value: y}]\n"),
       Table(kClean + "      Tags: [{Key: a, Value: x}, {Key: A, Value: x}]\n")},
  };
  for (const Rule& rule : rules) {
    const std::vector<std::string> lines = Lines("t.yaml", rule.fires);
    ASSERT_EQ(lines.size(), 1u) << rule.id << "\n" << rule.fires;
    const std::string head = std::string(" ") + rule.severity + " " + rule.id + ": ";
    EXPECT_NE(lines[0].find(head), std::string::npos) << lines[0];
    EXPECT_EQ(Lines("t.yaml", rule.silent), Expected{}) << rule.id << "\n" << rule.silent;
  }
}

// Neither the attribute that expires items nor a definition has a name.
TEST(DesignTest, TimeToLiveWithoutANameIsNoneOfADefinition) {
  const std::string nameless =
      "      AttributeDefinitions: [{AttributeName: customerId, AttributeType: S}, "
      "{AttributeName: orderId, AttributeType: S}, {AttributeType: S}]\n"
      "      TimeToLiveSpecification: {Enabled: true}\n";
  for (const std::string& line : Lines("t.yaml", Table(kOnDemand + nameless + kKeys))) {
    EXPECT_EQ(line.find("ttl-not-a-number"), std::string::npos) << line;
  }
}

TEST(DesignTest, TwoTablesOfOneName) {
  const std::string kSam = "Transform: AWS::Serverless-2016-10-31\n";
  const std::string second =
      "  U:\n    Type: AWS::Serverless::SimpleTable\n    Properties: {TableName: ";
  EXPECT_EQ(Lines("t.yaml", Table(kClean) + second + "orders}\n" + kSam),
            (Expected{"11:29 error create-table: Table already exists: orders"}));
  EXPECT_EQ(Lines("t.yaml", Table(kClean) + second + "others}\n" + kSam), Expected{});
}

}  // namespace
}  // namespace dynarock::schema
