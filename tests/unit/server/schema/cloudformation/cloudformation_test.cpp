// Templates: intrinsic functions, conditions, and the three kinds of tables.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/document/document.h"
#include "server/schema/cloudformation/template.h"
#include "server/schema/reader/reader.h"
#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

constexpr const char* kSections = R"(
Parameters:
  Stage: {Type: String, Default: dev}
  Units: {Type: Number, Default: 5}
  Names: {Type: CommaDelimitedList, Default: 'a, b,c'}
  Empty: {Type: String, Default: ''}
  Vpc: {Type: String}
  Secret: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}
Mappings:
  Sizes: {dev: {units: 1}, prod: {units: 100, list: [x, y]}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  InVpc: !Equals [!Ref Vpc, v]
  Either: !Or [!Condition InVpc, !Condition IsDev]
  Both: !And [!Condition InVpc, !Condition IsProd]
  Loop: !Not [!Condition Loop2]
  Loop2: !Not [!Condition Loop]
Resources:
  Named: {Type: 'AWS::DynamoDB::Table', Properties: {TableName: named}}
  Nameless: {Type: 'AWS::DynamoDB::Table'}
)";

struct Case {
  const char* name;
  std::string value;     // YAML
  std::string expected;  // Shown
};

TEST(TemplateTest, ComputesFunctions) {
  const std::vector<Case> cases = {
      {"Ref to a parameter", "!Ref Stage", "'dev'"},
      {"Ref to a list", "!Ref Names", "['a','b','c']"},
      {"Ref to an empty default", "!Ref Empty", "''"},
      {"Ref without default", "!Ref Vpc", "<!Ref Vpc>"},
      {"Ref to the Parameter Store", "!Ref Secret", "<!Ref Secret>"},
      {"Ref to a table", "!Ref Named", "'named'"},
      {"Ref to a table without name", "!Ref Nameless", "<!Ref Nameless>"},
      {"Ref to nothing", "!Ref Nothing", "<!Ref Nothing>"},
      {"pseudo parameters", "[!Ref 'AWS::Region', !Ref 'AWS::AccountId', !Ref 'AWS::StackName']",
       "['us-east-1','000000000000',<!Ref AWS::StackName>]"},
      {"Sub", "!Sub '${Stage}-${AWS::Region}-${!Literal}-$-${x'",
       "'dev-us-east-1-${Literal}-$-${x'"},
      {"Sub with names of its own", "!Sub ['${A}-${Stage}', {A: !Ref Units}]", "'5-dev'"},
      {"Sub that is not known", "!Sub '${AWS::StackName}-orders'", "<${AWS::StackName}-orders>"},
      {"Sub of an attribute", "!Sub '${Named.Arn}'", "<${Named.Arn}>"},
      {"Join", "!Join ['-', [a, !Ref Stage, 5]]", "'a-dev-5'"},
      {"Join of a list parameter", "!Join ['', !Ref Names]", "'abc'"},
      {"Select and Split", "!Select [1, !Split ['/', 'a/b/c']]", "'b'"},
      {"Select out of range", "!Select [3, [a]]", "<!Select [3, [a]]>"},
      {"FindInMap", "!FindInMap [Sizes, !Ref Stage, units]", "1"},
      {"FindInMap of a list", "!FindInMap [Sizes, prod, list]", "['x','y']"},
      {"FindInMap without entry", "!FindInMap [Sizes, test, units]",
       "<!FindInMap [Sizes, test, units]>"},
      {"FindInMap with a default", "!FindInMap [Sizes, test, units, {DefaultValue: 7}]", "7"},
      {"If", "[!If [IsProd, a, b], !If [IsDev, a, b]]", "['b','a']"},
      {"If that is not known", "!If [InVpc, a, b]", "<!If [InVpc, a, b]>"},
      {"If with one outcome", "!If [InVpc, a, a]", "'a'"},
      {"If of three values", "[!If [Either, a, b], !If [Both, a, b]]", "['a','b']"},
      {"conditions in a circle", "!If [Loop, a, b]", "<!If [Loop, a, b]>"},
      {"NoValue", "{a: !If [IsProd, 1, !Ref 'AWS::NoValue'], b: [!Ref 'AWS::NoValue', 2]}",
       "{b:[2]}"},
      {"ImportValue", "!ImportValue shared-name", "<!ImportValue shared-name>"},
      {"long forms", "{'Fn::Sub': '${Stage}'}", "'dev'"},
      {"Length", "{'Fn::Length': !Ref Names}", "3"},
  };
  const auto sections = document::ReadYaml({.path = "t.yaml", .text = kSections});
  ASSERT_TRUE(sections);
  for (const Case& c : cases) {
    std::vector<Message> messages;
    const ReadOptions options;
    Template resolver(sections->root, options, messages);
    const auto value = document::ReadYaml({.path = "v.yaml", .text = "v: " + c.value});
    ASSERT_TRUE(value) << c.name << value.error().text;
    EXPECT_EQ(Shown(resolver.Resolve(*value->root.Find("v"))), c.expected) << c.name;
  }
}

TEST(TemplateTest, ValuesOfTheCommandLineWin) {
  ReadOptions options;
  options.values = {{"Stage", "prod"}, {"Vpc", "v"}, {"AWS::StackName", "shop"}};
  const auto sections = document::ReadYaml({.path = "t.yaml", .text = kSections});
  const auto value = document::ReadYaml(
      {.path = "v.yaml",
       .text = "[!Ref Stage, !If [IsProd, a, b], !If [InVpc, a, b], !Sub '${AWS::StackName}-x']"});
  std::vector<Message> messages;
  EXPECT_EQ(Shown(Template(sections->root, options, messages).Resolve(value->root)),
            "['prod','a','a','shop-x']");
}

TEST(TemplateTest, PseudoParametersOfTheCommandLine) {
  ReadOptions options;
  options.values = {
      {"AWS::Region", "cn-north-1"}, {"AWS::StackId", "id"}, {"AWS::NotificationARNs", "a,b"}};
  const auto sections = document::ReadYaml({.path = "t.yaml", .text = kSections});
  const auto value = document::ReadYaml(
      {.path = "v.yaml",
       .text = "[!Ref AWS::Partition, !Ref AWS::URLSuffix, !Ref AWS::StackId, !Ref "
               "AWS::NotificationARNs]"});
  std::vector<Message> messages;
  EXPECT_EQ(Shown(Template(sections->root, options, messages).Resolve(value->root)),
            "['aws-cn','amazonaws.com.cn','id',['a','b']]");
  options.values["AWS::Partition"] = "aws-iso";
  EXPECT_EQ(Shown(Template(sections->root, options, messages).Resolve(value->root.list.front())),
            "'aws-iso'");
}

TEST(TemplateTest, MistakesAreToldOnceEach) {
  const auto sections = document::ReadYaml({.path = "t.yaml", .text = kSections});
  const auto value = document::ReadYaml(
      {.path = "v.yaml", .text = "[!Ref Nothing, !If [NoSuch, a, b], !FindInMap [Sizes, x, y]]"});
  std::vector<Message> messages;
  const ReadOptions options;
  Template(sections->root, options, messages).Resolve(value->root);
  std::vector<std::string> texts;
  for (const Message& message : messages) texts.push_back(message.text);
  EXPECT_EQ(
      texts,
      (std::vector<std::string>{
          "Template format error: Unresolved resource dependencies [Nothing] in the Resources "
          "block of the template",
          "Template format error: Unresolved condition dependency NoSuch in the Resources block "
          "of the template",
          "Template error: Unable to get mapping for Sizes::x::y"}));
}

// One resource with the properties.
std::string Resource(const std::string& type, const std::string& properties) {
  const bool sam = type.starts_with("AWS::Serverless::");
  return "Resources:\n  T:\n    Type: " + type + "\n    Properties: " + properties + "\n" +
         (sam ? "Transform: AWS::Serverless-2016-10-31\n" : "");
}

TEST(CloudFormationTest, MapsTables) {
  struct Mapped {
    const char* name;
    std::string text;
    std::string expected;
  };
  const std::vector<Mapped> cases = {
      {"table",
       Resource("AWS::DynamoDB::Table",
                "{TableName: t, SSESpecification: {SSEEnabled: true}, StreamSpecification: "
                "{StreamViewType: KEYS_ONLY}}"),
       "{TableName:'t',SSESpecification:{Enabled:true},StreamSpecification:{StreamViewType:"
       "'KEYS_ONLY',StreamEnabled:true}}"},
      {"indexes that are none",
       Resource("AWS::DynamoDB::Table",
                "{TableName: t, LocalSecondaryIndexes: [], GlobalSecondaryIndexes: [!Ref "
                "AWS::NoValue]}"),
       "{TableName:'t'}"},
      {"global table, indexes that are none",
       Resource("AWS::DynamoDB::GlobalTable",
                "{TableName: t, Replicas: [{Region: us-east-1}], LocalSecondaryIndexes: [], "
                "GlobalSecondaryIndexes: []}"),
       "{TableName:'t'}"},
      {"simple table", Resource("AWS::Serverless::SimpleTable", "{}"),
       "{AttributeDefinitions:[{AttributeName:'id',AttributeType:'S'}],KeySchema:[{AttributeName:"
       "'id',KeyType:'HASH'}],BillingMode:'PAY_PER_REQUEST'}"},
      {"simple table with globals",
       "Globals: {SimpleTable: {SSESpecification: "
       "{SSEEnabled: true}}}\n" +
           Resource("AWS::Serverless::SimpleTable", "{SSESpecification: {SSEType: KMS}}"),
       "{AttributeDefinitions:[{AttributeName:'id',AttributeType:'S'}],KeySchema:[{AttributeName:"
       "'id',KeyType:'HASH'}],BillingMode:'PAY_PER_REQUEST',SSESpecification:{SSEType:'KMS',"
       "Enabled:true}}"},
      {"simple table without the globals",
       "Globals: {SimpleTable: {SSESpecification: "
       "{SSEEnabled: true}}}\n" +
           Resource("AWS::Serverless::SimpleTable", "{}\n    IgnoreGlobals: '*'"),
       "{AttributeDefinitions:[{AttributeName:'id',AttributeType:'S'}],KeySchema:[{AttributeName:"
       "'id',KeyType:'HASH'}],BillingMode:'PAY_PER_REQUEST'}"},
      {"simple table with a key",
       Resource("AWS::Serverless::SimpleTable",
                "{PrimaryKey: {Name: n, Type: Number}, Tags: {a: b}, ProvisionedThroughput: "
                "{ReadCapacityUnits: 1, WriteCapacityUnits: 2}}"),
       "{AttributeDefinitions:[{AttributeName:'n',AttributeType:'N'}],KeySchema:[{AttributeName:'n'"
       ",KeyType:'HASH'}],ProvisionedThroughput:{ReadCapacityUnits:1,WriteCapacityUnits:2},Tags:[{"
       "Key:'a',Value:'b'}]}"},
      {"global table on demand",
       Resource("AWS::DynamoDB::GlobalTable",
                "{BillingMode: PAY_PER_REQUEST, Replicas: [{Region: us-east-1, TableClass: "
                "STANDARD, DeletionProtectionEnabled: true}], WriteOnDemandThroughputSettings: "
                "{MaxWriteRequestUnits: 9}}"),
       "{BillingMode:'PAY_PER_REQUEST',OnDemandThroughput:{MaxWriteRequestUnits:9},"
       "DeletionProtectionEnabled:true,TableClass:'STANDARD'}"},
      {"global table, provisioned",
       Resource("AWS::DynamoDB::GlobalTable",
                "{BillingMode: PROVISIONED, WriteProvisionedThroughputSettings: "
                "{WriteCapacityAutoScalingSettings: {MinCapacity: 3, MaxCapacity: 9}}, Replicas: "
                "[{Region: eu-west-1, ReadProvisionedThroughputSettings: {ReadCapacityUnits: 4}, "
                "GlobalSecondaryIndexes: [{IndexName: i, ReadProvisionedThroughputSettings: "
                "{ReadCapacityUnits: 6}}]}], GlobalSecondaryIndexes: [{IndexName: i, "
                "WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: "
                "{MinCapacity: 2, SeedCapacity: 5}}}]}"),
       "{BillingMode:'PROVISIONED',GlobalSecondaryIndexes:[{IndexName:'i',ProvisionedThroughput:{"
       "ReadCapacityUnits:6,WriteCapacityUnits:5}}],ProvisionedThroughput:{ReadCapacityUnits:4,"
       "WriteCapacityUnits:3}}"},
  };
  for (const Mapped& c : cases) {
    EXPECT_EQ(RequestOf("t.yaml", c.text), c.expected) << c.name;
  }
}

TEST(CloudFormationTest, MisspeltTypesAreRefused) {
  using Lines = std::vector<std::string>;
  const auto refused = [](const std::string& type) {
    return Lines{"3:11 error template: Template format error: Unrecognized resource types: [" +
                 type + "]"};
  };
  for (const char* type : {"AWS::DynamoDB::Tabel", "AWS::Dynamodb::Table", "AWS::DynamoDB::Tables",
                           "AWS::DynamoDB::GlobaTable", "AWS::Serverless::SimpelTable"}) {
    EXPECT_EQ(Complaints("t.yaml", Resource(type, "{}")), refused(type));
  }
  for (const char* type : {"AWS::Glue::Table", "AWS::Cassandra::Table", "AWS::S3::Bucket",
                           "AWS::Serverless::StateMachine", "Custom::Table"}) {
    EXPECT_EQ(Complaints("t.yaml", Resource(type, "{}")), Lines{}) << type;
  }
}

TEST(CloudFormationTest, NamesOfTheApiAreRefused) {
  using Lines = std::vector<std::string>;
  const std::string rest =
      ", BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{AttributeName: id, AttributeType: "
      "S}], KeySchema: [{AttributeName: id, KeyType: HASH}]}";
  const std::string head = " error unknown-property: Properties validation failed for resource T ";
  EXPECT_EQ(Complaints("t.yaml", Resource("AWS::DynamoDB::Table",
                                          "{SSESpecification: {Enabled: true}" + rest)),
            Lines{"4:37" + head +
                  "with message: #/SSESpecification: extraneous key [Enabled] is not permitted"});
  EXPECT_EQ(Complaints("t.yaml", Resource("AWS::DynamoDB::Table",
                                          "{SSESpecification: {SSEEnabled: true}" + rest)),
            Lines{});
}

TEST(CloudFormationTest, SamNamesTypesInWords) {
  const auto complaints = [](const std::string& type) {
    return Complaints("t.yaml", Resource("AWS::Serverless::SimpleTable",
                                         "{PrimaryKey: {Name: x, Type: " + type + "}}"));
  };
  for (const char* type : {"String", "Number", "Binary"}) {
    EXPECT_EQ(complaints(type), std::vector<std::string>{}) << type;
  }
  for (const char* type : {"S", "N", "string", "Guid"}) {
    EXPECT_EQ(complaints(type),
              (std::vector<std::string>{"4:46 error template: Resource with id [T] is invalid. "
                                        "Invalid 'Type' \"" +
                                        std::string(type) + "\"."}));
  }
}

// What is wrong is not also called known only when it is deployed.
TEST(CloudFormationTest, MistakesHaveNoNoteBesides) {
  const char* const wrong[] = {"!Ref Nothing",
                               "!Sub 'a-${Nothing}'",
                               "!Sub [a, {A: b}, c]",
                               "!Join ['-', !Ref Nothing]",
                               "!Join [a]",
                               "!Select [3, [a]]",
                               "!Select [0, !Split ['-', !Ref Nothing]]",
                               "!FindInMap [Sizes, x, y]",
                               "!If [NoSuch, abc, bcd]",
                               "!If [a, b]",
                               "!GetAtt Nothing.Arn"};
  for (const char* value : wrong) {
    const auto said = Lines("t.yaml", Resource("AWS::Serverless::SimpleTable",
                                               "{TableName: " + std::string(value) + "}"));
    EXPECT_EQ(said.size(), 1u) << value << " " << (said.empty() ? "" : said.back());
  }
}

// The region and account that stand in for those of the deployment are no reason to refuse a map.
TEST(CloudFormationTest, MapsOfRegionsAndAccounts) {
  const auto said = [](const std::string& name, const ReadOptions& options) {
    return Lines("t.yaml",
                 "Mappings: {M: {eu-west-1: {Name: ireland}, '123456789012': {Name: live}}}\n" +
                     Resource("AWS::Serverless::SimpleTable", "{TableName: " + name + "}"),
                 options);
  };
  const std::string note = " is known only when it is deployed: ";
  const std::string region = "!FindInMap [M, !Ref AWS::Region, Name]";
  const std::string account = "!FindInMap [M, !Sub 'x${AWS::AccountId}', Name]";
  EXPECT_EQ(said(region, {}),
            (std::vector<std::string>{
                "5:29 note unresolved: TableName of T" + note + region +
                " (M has no us-east-1, which stands in for the region; --set AWS::Region=VALUE "
                "names it)"}));
  EXPECT_EQ(said(account, {}),
            (std::vector<std::string>{
                "5:29 note unresolved: TableName of T" + note +
                "!FindInMap [M, !Sub x${AWS::AccountId}, Name] (M has no x000000000000, which "
                "stands in for the account; --set AWS::AccountId=VALUE names it)"}));
  ReadOptions options;
  options.values = {{"AWS::Region", "eu-west-1"}};
  EXPECT_EQ(said(region, options), std::vector<std::string>{});
  options.values = {{"AWS::Region", "eu-west-2"}};
  EXPECT_EQ(said(region, options),
            (std::vector<std::string>{"5:29 error template: Template error: Unable to get mapping "
                                      "for M::eu-west-2::Name"}));
}

TEST(CloudFormationTest, TablesThatAreNotMadeAreLeftOut) {
  const std::string text =
      "Conditions: {Never: !Equals [a, b], Maybe: !Equals [!Ref P, x]}\n"
      "Parameters: {P: {Type: String}}\n"
      "Resources:\n"
      "  A: {Type: 'AWS::Serverless::SimpleTable', Condition: Never}\n"
      "  B: {Type: 'AWS::Serverless::SimpleTable', Condition: Maybe}\n"
      "  C: {Type: 'AWS::S3::Bucket', Properties: !Ref P}\n"
      "Transform: AWS::Serverless-2016-10-31\n";
  const Reading reading = ReadFile({.path = "t.yaml", .text = text}, {});
  ASSERT_EQ(reading.tables.size(), 1u);
  EXPECT_EQ(reading.tables[0].address, "B");
  EXPECT_TRUE(reading.tables[0].conditional);
  ASSERT_EQ(reading.messages.size(), 1u);
  EXPECT_EQ(reading.messages[0].text, "A is left out: its condition Never does not hold");
}

}  // namespace
}  // namespace dynarock::schema
