// --schema and --seed: what becomes of a store.
#include "server/schema/start/start.h"

#include <atomic>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/operations/request/operation_list.h"
#include "storage/clock/clock.h"
#include "storage/item/base64.h"
#include "tests/unit/server/schema/start/store_with_files.h"

namespace dynarock::schema {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kTemplate = R"(Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String, Default: dev}}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub '${Stage}-orders'
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}, {AttributeName: g, AttributeType: N}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      GlobalSecondaryIndexes:
        - {IndexName: by-g, KeySchema: [{AttributeName: g, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}}
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      TimeToLiveSpecification: {AttributeName: ttl, Enabled: true}
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      DeletionProtectionEnabled: true
      Tags: [{Key: team, Value: shop}]
  Locks:
    Type: AWS::Serverless::SimpleTable
)";

StartFiles Files(std::vector<std::string> schemas, std::vector<std::string> seeds = {},
                 std::vector<std::string> values = {}) {
  return {.schemas = std::move(schemas),
          .region = {},
          .seeds = std::move(seeds),
          .values = std::move(values),
          .variable_files = {}};
}

TEST(StartTest, MakesTablesWithTheirSettings) {
  StoreWithFiles world;
  const std::string file = world.Write("template.yaml", kTemplate);
  EXPECT_EQ(world.Run(Files({file})),
            (Lines{"the table of Locks has no name in the file and is called Locks here",
                   "created dev-orders, Locks"}));
  const auto table = world.store().Find({}, "dev-orders");
  ASSERT_NE(table, nullptr);
  const TableDescription& description = table->description();
  EXPECT_EQ(description.global_indexes.at(0).name, "by-g");
  EXPECT_TRUE(description.stream.enabled);
  EXPECT_TRUE(description.deletion_protection);
  EXPECT_EQ(description.tags, (std::vector<Tag>{{.key = "team", .value = "shop"}}));
  EXPECT_TRUE(description.ttl.enabled);
  EXPECT_EQ(description.ttl.attribute, "ttl");
  EXPECT_TRUE(description.recovery.enabled);
  // Again: they are there and equal.
  EXPECT_EQ(world.Run(Files({file})),
            (Lines{"the table of Locks has no name in the file and is called Locks here",
                   "kept as they are: dev-orders, Locks"}));
}

// CloudFormation makes up names that differ in each stack and are long enough.
TEST(StartTest, TablesWithoutNamesAreToldApart) {
  StoreWithFiles world;
  const auto simple = [](const std::string& id) {
    return "Resources: {" + id +
           ": {Type: AWS::Serverless::SimpleTable}}\nTransform: AWS::Serverless-2016-10-31\n";
  };
  const std::string dev =
      world.Write("cdk.out/assembly-Dev/DevShop.template.yaml", simple("Orders"));
  const std::string prod =
      world.Write("cdk.out/assembly-Prod/ProdShop.template.yaml", simple("Orders"));
  const std::string users = world.Write("users/template.yaml", simple("Table"));
  const std::string games = world.Write("games/template.yaml", simple("Table"));
  const std::string names = world.Write("names.yaml", simple("Orders"));
  const std::string letter = world.Write("my stack.yaml", simple("T"));
  const auto called = [](const std::string& address, const std::string& name) {
    return "the table of " + address + " has no name in the file and is called " + name + " here";
  };
  EXPECT_EQ(world.Run(Files({dev, prod, users, games, letter})),
            (Lines{called("Orders", "DevShop-Orders"), called("Orders", "ProdShop-Orders"),
                   called("Table", "users-template-Table"), called("Table", "games-template-Table"),
                   called("T", "my-stack-T"),
                   "created DevShop-Orders, ProdShop-Orders, users-template-Table, "
                   "games-template-Table, my-stack-T"}));
  const std::string item = world.Write("seed/Orders.json", "{\"id\": \"a\"}");
  EXPECT_EQ(world.Run(Files({dev, prod}, {item})),
            (Lines{"error: seed/Orders.json:1: there is no table Orders"}));
  EXPECT_EQ(world.Run(Files({names})), (Lines{called("Orders", "Orders"), "created Orders"}));
  EXPECT_EQ(world.Run(Files({names, names})),
            (Lines{called("Orders", "Orders"), "kept as they are: Orders"}));
}

TEST(StartTest, EqualDefinitionsAreOneTable) {
  StoreWithFiles world;
  const std::string a = world.Write("a.yaml", kTemplate);
  const std::string b = world.Write("b/a.yaml", kTemplate);
  std::string other = kTemplate;
  other.replace(other.find("NEW_IMAGE"), 9, "KEYS_ONLY");
  const std::string c = world.Write("c.yaml", other);
  const Lines different = world.Run(Files({a, c}));
  EXPECT_EQ(different,
            (Lines{"error: c.yaml:4:3: the table dev-orders is defined before, at a.yaml:4:3, and "
                   "differs: StreamSpecification is KEYS_ONLY in the file, NEW_IMAGE in the "
                   "definition before"}));
  std::string twice = kTemplate;
  twice.replace(twice.find("AWS::Serverless::SimpleTable"), 28,
                "AWS::Serverless::SimpleTable\n    Properties: {TableName: dev-orders}");
  EXPECT_EQ(world.Run(Files({world.Write("d.yaml", twice)})),
            (Lines{"error: d.yaml:18:3: the table dev-orders is defined before, at d.yaml:4:3"}));
  const Lines equal = world.Run(Files({a, b}));
  ASSERT_FALSE(equal.empty());
  EXPECT_TRUE(equal.back().starts_with("created dev-orders, ")) << equal.back();
}

// A clock that goes on each time somebody looks.
class RestlessClock : public Clock {
 public:
  int64_t now_ms() const override { return now_ms_.fetch_add(1000); }

 private:
  mutable std::atomic<int64_t> now_ms_{1'700'000'000'000};
};

// Nothing that ends a start leaves a table that lacks its settings and is taken for another one by
// the next start: they are made with the table, not after it.
TEST(StartTest, MakesEachTableInOneStep) {
  const RestlessClock clock;
  StoreWithFiles world(clock);
  world.Run(Files({world.Write("template.yaml", kTemplate)}));
  const auto table = world.store().Find({}, "dev-orders");
  ASSERT_NE(table, nullptr);
  const TableDescription& description = table->description();
  EXPECT_GT(description.ttl.changed_ms, 0);
  EXPECT_LE(description.ttl.changed_ms, description.created_ms);
  EXPECT_GT(description.recovery.enabled_ms, 0);
  EXPECT_LE(description.recovery.enabled_ms, description.created_ms);
  EXPECT_NE(description.ttl_entries.id, 0u);
}

// Every language has the period; it is set and compared.
TEST(StartTest, KeepsTheRecoveryPeriod) {
  const std::string cloudformation =
      "Resources:\n"
      "  T:\n"
      "    Type: AWS::DynamoDB::Table\n"
      "    Properties:\n"
      "      TableName: tab\n"
      "      BillingMode: PAY_PER_REQUEST\n"
      "      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]\n"
      "      KeySchema: [{AttributeName: pk, KeyType: HASH}]\n"
      "      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true, "
      "RecoveryPeriodInDays: 7}\n";
  const std::string terraform =
      "resource \"aws_dynamodb_table\" \"t\" {\n"
      "  name = \"tab\"\n  billing_mode = \"PAY_PER_REQUEST\"\n  hash_key = \"pk\"\n"
      "  attribute {\n    name = \"pk\"\n    type = \"S\"\n  }\n"
      "  point_in_time_recovery {\n    enabled = true\n    recovery_period_in_days = 7\n  }\n}\n";
  const std::string request =
      R"({"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
          "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
          "PointInTimeRecoverySpecification":
              {"PointInTimeRecoveryEnabled": true, "RecoveryPeriodInDays": 7}})";
  for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
           {"t.yaml", cloudformation}, {"t.tf", terraform}, {"t.json", request}}) {
    StoreWithFiles world;
    EXPECT_EQ(world.Run(Files({world.Write(name, text)})), (Lines{"created tab"})) << name;
    EXPECT_EQ(world.store().Find({}, "tab")->description().recovery.period_days, 7) << name;
    std::string other = text;
    other.replace(other.rfind('7'), 1, "9");
    const Lines lines = world.Run(Files({world.Write(name, other)}));
    ASSERT_EQ(lines.size(), 1u) << name;
    EXPECT_NE(lines[0].find("RecoveryPeriodInDays is 9 in the file, 7 in the table"),
              std::string::npos)
        << lines[0];
  }
}

TEST(StartTest, ReplicasAreNamedAsLeftOut) {
  StoreWithFiles world;
  const std::string file = world.Write(
      "global.yaml",
      "Resources:\n"
      "  T:\n"
      "    Type: AWS::DynamoDB::GlobalTable\n"
      "    Properties:\n"
      "      TableName: tab\n"
      "      BillingMode: PAY_PER_REQUEST\n"
      "      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]\n"
      "      KeySchema: [{AttributeName: pk, KeyType: HASH}]\n"
      "      StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}\n"
      "      Replicas: [{Region: us-east-1}, {Region: eu-west-1}, {Region: eu-west-2}]\n");
  EXPECT_EQ(world.Run(Files({file})),
            (Lines{"the replicas of T are left out: eu-west-1, eu-west-2", "created tab"}));
}

// CDK lists the primary last.
TEST(StartTest, TheStacksRegionNamesThePrimary) {
  const std::string text = R"({"Resources": {"T": {"Type": "AWS::DynamoDB::GlobalTable",
    "Properties": {"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
      "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
      "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
      "Replicas": [{"Region": "eu-west-2"}, {"Region": "eu-west-1",
        "DeletionProtectionEnabled": true}]}}}})";
  const auto manifest = [](const std::string& stack, const std::string& region) {
    return R"({"version": "48.0.0", "artifacts": {"S": {"type": "aws:cloudformation:stack",
      "environment": "aws://111111111111/)" +
           region + R"(", "properties": {"templateFile": ")" + stack + R"(.template.json"}}}})";
  };
  struct Case {
    const char* name;
    std::string manifest;
    Lines values;
    const char* left_out;
  };
  const std::vector<Case> cases = {
      {"none", "", {}, "eu-west-1"},
      {"by the manifest", manifest("S", "eu-west-1"), {}, "eu-west-2"},
      {"a nested stack", manifest("X", "eu-west-1"), {}, "eu-west-2"},
      {"any region", manifest("S", "unknown-region"), {}, "eu-west-1"},
      {"by an option", manifest("S", "eu-west-1"), {"AWS::Region=eu-west-2"}, "eu-west-1"},
  };
  for (const Case& c : cases) {
    StoreWithFiles world;
    const std::string path = world.Write("S.template.json", text);
    if (!c.manifest.empty()) world.Write("manifest.json", c.manifest);
    EXPECT_EQ(world.Run(Files({path}, {}, c.values)),
              (Lines{std::string("the replicas of T are left out: ") + c.left_out, "created tab"}))
        << c.name;
  }
}

TEST(StartTest, ValuesNameTheStage) {
  StoreWithFiles world;
  const std::string file = world.Write("template.yaml", kTemplate);
  world.Run(Files({file}, {}, {"Stage=prod"}));
  EXPECT_NE(world.store().Find({}, "prod-orders"), nullptr);
  EXPECT_EQ(world.Run(Files({file}, {}, {"Stage"})),
            (Lines{"error: --set Stage: expected NAME=VALUE"}));
}

TEST(StartTest, ATableThatDiffersStopsTheStart) {
  StoreWithFiles world;
  const std::string file = world.Write("template.yaml", kTemplate);
  world.Call(operations::kCreateTable,
             "{'TableName':'dev-orders','ProvisionedThroughput':{'ReadCapacityUnits':1,"
             "'WriteCapacityUnits':1},'AttributeDefinitions':[{'AttributeName':'pk',"
             "'AttributeType':'N'},{'AttributeName':'x','AttributeType':'S'}],'KeySchema':[{"
             "'AttributeName':'pk','KeyType':'HASH'}],'GlobalSecondaryIndexes':[{'IndexName':"
             "'other','KeySchema':[{'AttributeName':'x','KeyType':'HASH'}],'Projection':{"
             "'ProjectionType':'ALL'},'ProvisionedThroughput':{'ReadCapacityUnits':1,"
             "'WriteCapacityUnits':1}}]}");
  const std::string head = "template.yaml:4:3: the table dev-orders exists and differs: ";
  EXPECT_EQ(world.Run(Files({file})),
            (Lines{"error: " + head + "KeySchema is pk HASH S in the file, pk HASH N in the table",
                   head + "the file has the index by-g, the table does not",
                   head + "the table has the index other, the file does not",
                   head + "StreamSpecification is NEW_IMAGE in the file, off in the table",
                   head + "TimeToLiveSpecification is ttl in the file, off in the table",
                   head + "BillingMode is PAY_PER_REQUEST in the file, PROVISIONED in the table",
                   head + "PointInTimeRecoverySpecification is on in the file, off in the table",
                   head + "DeletionProtectionEnabled is on in the file, off in the table",
                   head + "Tags is {team=shop} in the file, {} in the table"}));
  EXPECT_EQ(world.store().Find({}, "Locks"), nullptr) << "nothing is made when something differs";
}

TEST(StartTest, UnknownTagsAndKeysAreLeftOut) {
  StoreWithFiles world;
  const std::string text =
      "Parameters: {Owner: {Type: String}}\n"
      "Resources:\n"
      "  T:\n"
      "    Type: AWS::DynamoDB::Table\n"
      "    Properties:\n"
      "      TableName: tab\n"
      "      BillingMode: PAY_PER_REQUEST\n"
      "      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]\n"
      "      KeySchema: [{AttributeName: pk, KeyType: HASH}]\n"
      "      SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn}\n"
      "      Tags: [{Key: owner, Value: !Ref Owner}, {Key: team, Value: a}]\n"
      "  Key: {Type: 'AWS::KMS::Key'}\n";
  EXPECT_EQ(
      world.Run(Files({world.Write("t.yaml", text)})),
      (Lines{"a tag of T left out: !Ref Owner is known only when it is deployed",
             "KMSMasterKeyId of T left out: !GetAtt Key.Arn is known only when it is deployed",
             "created tab"}));
}

// As the provider plans `point_in_time_recovery { enabled = true }`: it computes the period.
TEST(StartTest, WhatTheProviderFillsInIsLeftOut) {
  StoreWithFiles world;
  const std::string plan = R"({"format_version": "1.2", "planned_values": {"root_module":
    {"resources": [{"address": "aws_dynamodb_table.t", "mode": "managed",
      "type": "aws_dynamodb_table", "name": "t", "values": {"name": "tab",
        "billing_mode": "PAY_PER_REQUEST", "hash_key": "id",
        "attribute": [{"name": "id", "type": "S"}],
        "point_in_time_recovery": [{"enabled": true}]}}]}},
    "resource_changes": [{"address": "aws_dynamodb_table.t", "change": {"after_unknown":
      {"arn": true, "point_in_time_recovery": [{"recovery_period_in_days": true}]}}}]})";
  EXPECT_EQ(world.Run(Files({world.Write("plan.json", plan)})), (Lines{"created tab"}));
  const auto table = world.store().Find({}, "tab");
  ASSERT_NE(table, nullptr);
  EXPECT_TRUE(table->description().recovery.enabled);
}

TEST(StartTest, WhatCannotBeMadeStopsTheStart) {
  StoreWithFiles world;
  const auto table = [](const std::string& properties) {
    return "Parameters: {P: {Type: String}}\nResources:\n  T:\n    Type: "
           "AWS::Serverless::SimpleTable\n    Properties: " +
           properties + "\nTransform: AWS::Serverless-2016-10-31\n";
  };
  EXPECT_EQ(world.Run(Files({world.Write("a.yaml", table("{TableName: a}"))})),
            (Lines{"error: a.yaml:5:29: 1 validation error detected: Value 'a' at 'tableName' "
                   "failed to satisfy constraint: Member must have length greater than or equal "
                   "to 3"}));
  EXPECT_EQ(world.Run(Files({world.Write("b.yaml", table("{TableName: !Ref P}"))})),
            (Lines{"error: b.yaml:5:29: T cannot be made: !Ref P is known only when it is "
                   "deployed (the parameter P has no default; --set P=VALUE gives it a value)"}));
  EXPECT_EQ(world.Run(Files({world.Write("n.yaml", table("{TableName: !Ref Q}"))})),
            (Lines{"error: n.yaml:5:29: Template format error: Unresolved resource dependencies "
                   "[Q] in the Resources block of the template (Ref names a parameter or resource "
                   "of the template; there is none called Q)"}));
  EXPECT_EQ(world.Run(Files({world.Write("c.yaml", "a: [")})).size(), 1u);
  EXPECT_EQ(world.Run(Files({world.directory() + "/none.yaml"})),
            (Lines{"error: none.yaml: No such file or directory"}));
}

// ---- Seeds.

std::string CountOf(StoreWithFiles& world, const std::string& table) {
  return world.Call(operations::kScan, "{'TableName':'" + table + "','Select':'COUNT'}");
}

TEST(SeedTest, LoadsFilesAndDirectories) {
  StoreWithFiles world;
  const std::string schema = world.Write("template.yaml", kTemplate);
  world.Write("seed/dev-orders.jsonl",
              "{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n{\"Item\":{\"pk\":{\"S\":\"b\"}}}\n");
  world.Write("seed/Locks/one.json", "[{\"id\": \"x\", \"n\": 1}]");
  world.Write("seed/Locks/two.json", "[{\"id\": \"y\"}]");
  world.Write("seed/README.md", "not items");
  EXPECT_EQ(world.Run(Files({schema}, {world.directory() + "/seed"})).back(),
            "loaded 2 items into dev-orders");
  EXPECT_EQ(CountOf(world, "dev-orders"), R"({"Count":2,"ScannedCount":2})");
  EXPECT_EQ(CountOf(world, "Locks"), R"({"Count":2,"ScannedCount":2})");
  // Tables that hold items are left alone.
  EXPECT_EQ(world.Run(Files({schema}, {world.directory() + "/seed"})).back(),
            "dev-orders holds items already: nothing was loaded into it");
}

TEST(SeedTest, AFilesAddressNamesATable) {
  StoreWithFiles world;
  const std::string schema = world.Write("template.yaml", kTemplate);
  const std::string seed = world.Write("Orders.json", "{\"pk\": \"a\"}");
  EXPECT_EQ(world.Run(Files({schema}, {seed})).back(), "loaded 1 items into dev-orders");
}

TEST(SeedTest, LoadsExports) {
  StoreWithFiles world;
  const std::string schema = world.Write("template.yaml", kTemplate);
  const std::string id = "export/AWSDynamoDB/01693685827463-2d8752fd/";
  world.Write(id + "manifest-summary.json",
              R"({"version":"2020-06-30","tableArn":"arn:aws:dynamodb:us-east-1:123456789012:)"
              R"(table/dev-orders","outputFormat":"DYNAMODB_JSON","itemCount":1})");
  world.Write(id + "manifest-summary.md5", "x");
  world.Write(id + "manifest-files.json",
              R"({"itemCount":1,"dataFileS3Key":"AWSDynamoDB/01693685827463-2d8752fd/data/)"
              R"(p4to.json.gz"})"
              "\n");
  // {"Item":{"pk":{"S":"a"}}} and a line end, packed.
  const std::string packed =
      DecodeBase64("H4sIAAAAAAACA6tW8ixJzVWyqlYqyAaRwUpWSolKtbW1XACI1yGCGgAAAA==");
  world.Write(id + "data/p4to.json.gz", packed);
  EXPECT_EQ(world.Run(Files({schema}, {world.directory() + "/export"})).back(),
            "loaded 1 items into dev-orders");
}

// The next start finds an empty table, and loads all.
TEST(SeedTest, AFaultLeavesNothingLoaded) {
  StoreWithFiles world;
  const std::string schema = world.Write("template.yaml", kTemplate);
  const std::string text = "{\"pk\":\"a\"}\n{\"pk\":\"b\"}\n";
  const std::string seed = world.Write("dev-orders.json", text + "{\"x\":1}\n");
  EXPECT_EQ(world.Run(Files({schema}, {seed})),
            (Lines{"error: dev-orders.json:3: One or more parameter values were invalid: Missing "
                   "the key pk in the item"}));
  EXPECT_EQ(CountOf(world, "dev-orders"), R"({"Count":0,"ScannedCount":0})");
  world.Write("dev-orders.json", text + "{\"pk\":\"c\"}\n");
  EXPECT_EQ(world.Run(Files({schema}, {seed})).back(), "loaded 3 items into dev-orders");
}

// What the table held before is not touched.
TEST(SeedTest, AFaultLeavesOtherItems) {
  StoreWithFiles world;
  const std::string schema = world.Write("template.yaml", kTemplate);
  world.Run(Files({schema}));
  world.Call(operations::kPutItem, "{'TableName':'Locks','Item':{'id':{'S':'old'}}}");
  world.Write("seed/Locks.json", "{\"id\":\"a\"}\n");
  world.Write("seed/dev-orders.json", "{\"pk\":\"a\"}\n{\"x\":1}\n");
  EXPECT_EQ(world.Run(Files({schema}, {world.directory() + "/seed"})).size(), 1u);
  EXPECT_EQ(CountOf(world, "Locks"), R"({"Count":1,"ScannedCount":1})");
  EXPECT_EQ(CountOf(world, "dev-orders"), R"({"Count":0,"ScannedCount":0})");
}

// All 38 digits of a number, whatever it stands in.
TEST(SeedTest, KeepsAllDigits) {
  const std::string plain =
      R"({"pk": "a", "i": 12345678901234567890, "f": 0.1234567890123456789012345678901234567,)"
      R"( "big": 1.5e100, "m": {"l": [-98765432109876543210987654321098765432]}})";
  const std::string dynamo =
      R"({"pk": {"S": "a"}, "i": {"N": "12345678901234567890"},)"
      R"( "f": {"N": "0.1234567890123456789012345678901234567"}, "big": {"N": "1.5e100"},)"
      R"( "m": {"M": {"l": {"L": [{"N": "-98765432109876543210987654321098765432"}]}}}})";
  const std::string expected = R"({"Item":{"big":{"N":"15)" + std::string(99, '0') +
                               R"("},"f":{"N":"0.1234567890123456789012345678901234567"},)"
                               R"("i":{"N":"12345678901234567890"},"m":{"M":{"l":{"L":[{"N":)"
                               R"("-98765432109876543210987654321098765432"}]}}},"pk":{"S":"a"}}})";
  for (const std::string& item : {plain, dynamo}) {
    for (const std::string& text :
         {item, "[" + item + "]", "[\n" + item + "\n]", "{\"Item\": " + item + "}",
          "[{\"PutRequest\": {\"Item\": " + item + "}}]",
          "{\"dev-orders\": [{\"PutRequest\": {\"Item\": " + item + "}}]}",
          "{\"RequestItems\": {\"dev-orders\": [{\"PutRequest\": {\"Item\": " + item + "}}]}}",
          "{\"Items\": [" + item + "], \"Count\": 1}"}) {
      StoreWithFiles world;
      const std::string schema = world.Write("template.yaml", kTemplate);
      const std::string seed = world.Write("dev-orders.json", text);
      EXPECT_EQ(world.Run(Files({schema}, {seed})).back(), "loaded 1 items into dev-orders")
          << text;
      EXPECT_EQ(
          world.Call(operations::kGetItem, "{'TableName':'dev-orders','Key':{'pk':{'S':'a'}}}"),
          expected)
          << text;
    }
  }
}

TEST(SeedTest, NumbersBeyondTheServicesAreRefused) {
  StoreWithFiles world;
  const std::string schema = world.Write("template.yaml", kTemplate);
  const auto run = [&](const std::string& number) {
    return world.Run(Files(
        {schema}, {world.Write("dev-orders.json", "[\n{\"pk\": \"a\", \"n\": " + number + "}]")}));
  };
  EXPECT_EQ(run("123456789012345678901234567890123456789"),
            (Lines{"error: dev-orders.json:2: Attempting to store more than 38 significant digits "
                   "in a Number"}));
  EXPECT_EQ(run("1e126"),
            (Lines{"error: dev-orders.json:2: Number overflow. Attempting to store a number with "
                   "magnitude larger than supported range"}));
  EXPECT_EQ(run("1e400").size(), 1u);
}

TEST(SeedTest, FaultsHaveFileAndLine) {
  StoreWithFiles world;
  const std::string schema = world.Write("template.yaml", kTemplate);
  const auto run = [&](const std::string& name, const std::string& text) {
    return world.Run(Files({schema}, {world.Write(name, text)}));
  };
  EXPECT_EQ(run("dev-orders.json", "{\"pk\":{\"S\":\"a\"}}\n{\"pk\":{\"N\":\"1\"}}\n{\"x\":1}\n{"),
            (Lines{"error: dev-orders.json:2: One or more parameter values were invalid: Type "
                   "mismatch for key pk expected: S actual: N",
                   "dev-orders.json:3: One or more parameter values were invalid: Missing the key "
                   "pk in the item",
                   "dev-orders.json:4: this is not JSON: a value that begins here does not end"}));
  EXPECT_EQ(run("nothing.json", "{\"pk\":\"a\"}\n{\"pk\":\"b\"}"),
            (Lines{"error: nothing.json:1: there is no table nothing"}));
  EXPECT_EQ(run("dev-orders.json.gz", "\x1F\x8B broken"),
            (Lines{"error: dev-orders.json.gz: the gzip data is broken, or larger than 2 GB"}));
  world.Write("empty/README.md", "");
  EXPECT_EQ(world.Run(Files({schema}, {world.directory() + "/empty"})),
            (Lines{"error: empty: no file in it holds items"}));
}

}  // namespace
}  // namespace dynarock::schema
