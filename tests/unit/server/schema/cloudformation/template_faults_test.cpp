// One fault in a template is one error at its place.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/reader/reader.h"
#include "server/schema/review/review.h"
#include "server/schema/start/wanted_table.h"

namespace dynarock::schema {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kSound = R"(Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub '${Stage}-orders'
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      StreamSpecification: !If [IsProd, {StreamViewType: NEW_IMAGE}, !Ref AWS::NoValue]
      TimeToLiveSpecification: {AttributeName: ttl, Enabled: 'true'}
      SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn}
      Tags: [{Key: stage, Value: !If [IsProd, !Sub 'x-${Key}-${A}', {'Fn::Sub': ['${A}', {A: !Ref Stage}]}]}]
  Key: {Type: 'AWS::KMS::Key'}
)";

// "line:column text (hint)" of each error and warning.
Lines Complaints(const std::string& text) {
  Lines lines;
  const Reading reading = ReadFile({.path = "t.yaml", .text = text}, {});
  for (const findings::Finding& finding : Review(reading)) {
    if (finding.severity == Severity::kNote) continue;
    lines.push_back(std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
                    finding.title + " (" + finding.advice + ")");
  }
  return lines;
}

TEST(TemplateFaultsTest, OneFaultIsOneError) {
  std::string sound = kSound;
  sound.replace(sound.find("-${A}', {'Fn"), 5, "");
  ASSERT_EQ(Complaints(sound), Lines{});
  const std::string unresolved = "Template format error: Unresolved resource dependencies [";
  const std::string block =
      "] in the Resources block of the template (Ref names a parameter or "
      "resource of the template; there is none called ";
  const std::string invalid = "Properties validation failed for resource Orders with message: ";
  struct Case {
    const char* name;
    std::string from;
    std::string to;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"a Ref in the branch that is not taken", "{StreamViewType: NEW_IMAGE}",
       "{StreamViewType: !Ref View}", "13:58 " + unresolved + "View" + block + "View)"},
      {"a name in a Sub that is not taken", "x-${Key}", "x-${Key}${B}",
       "16:47 " + unresolved + "B" + block + "B)"},
      {"GetAtt of nothing", "!GetAtt Key.Arn", "!GetAtt Kee.Arn",
       "15:74 Template error: instance of Fn::GetAtt references undefined resource Kee ()"},
      {"a condition within the branch", "!Ref AWS::NoValue]\n      Time",
       "!If [Dev, {StreamViewType: NEW_IMAGE}, !Ref AWS::NoValue]]\n      Time",
       "13:75 Template format error: Unresolved condition dependency Dev in the Resources block of "
       "the template (the Conditions section has no condition of that name)"},
      {"a dependency on nothing", "Key: {Type: 'AWS::KMS::Key'",
       "Key: {Type: 'AWS::KMS::Key', DependsOn: [Orders, Order]",
       "17:52 " + unresolved +
           "Order] in the Resources block of the template (DependsOn names a resource of the "
           "template; there is none called Order)"},
      {"a Ref to nothing beside the tables", "Key: {Type: 'AWS::KMS::Key'",
       "Key: {Type: 'AWS::KMS::Key', Properties: {Description: !Ref Order}",
       "17:58 " + unresolved + "Order" + block + "Order)"},
      {"a condition beside the tables", "Key: {Type: 'AWS::KMS::Key'",
       "Key: {Type: 'AWS::KMS::Key', Condition: Nope",
       "17:43 Template format error: Unresolved condition dependency Nope in the Resources block "
       "of the template (the Conditions section has no condition of that name)"},
      {"a parameter without type", "{Type: String, Default: dev}", "{Default: dev}",
       "2:3 Template format error: Every Parameters object must contain a Type member. (Stage has "
       "no Type)"},
      {"a word for true", "Enabled: 'true'", "Enabled: 'yes'",
       "14:62 " + invalid + "expected type: Boolean, found: String (this takes true or false)"},
      {"a misspelt required member", "Enabled: 'true'", "Enable: true",
       "14:53 " + invalid +
           "#: extraneous key [Enable] is not permitted (TimeToLiveSpecification has no member of "
           "this name; did you mean Enabled?)"},
      {"a misspelt required property", "KeySchema:", "KeySchem:",
       "12:7 " + invalid +
           "#: extraneous key [KeySchem] is not permitted (AWS::DynamoDB::Table has no property of "
           "this name; did you mean KeySchema?)"},
      {"a misspelt property of another place", "SSESpecification:", "SSESpecificatio:",
       "15:7 " + invalid +
           "#: extraneous key [SSESpecificatio] is not permitted (AWS::DynamoDB::Table has no "
           "property of this name; did you mean SSESpecification?)"},
      {"nothing", "BillingMode: PAY_PER_REQUEST", "BillingMode:",
       "10:7 Template format error: 'null' values are not allowed in templates (BillingMode of "
       "Orders) (give it a value, or leave it out)"},
      {"a misspelt section", "Parameters:", "Paramters:",
       "1:1 Invalid template property or properties [Paramters] (did you mean Parameters?)"},
      {"the section of all resources", "Resources:", "Ressources:",
       "5:1 Invalid template property or properties [Ressources] (did you mean Resources?)"},
      {"a section that is none", "Parameters:", "x-tags: {a: b}\nParameters:",
       "1:1 Invalid template property or properties [x-tags] (a template has no section of this "
       "name)"},
      {"a misspelt attribute", "    Properties:\n      TableName:",
       "    DeletionPolic: Retain\n    Properties:\n      TableName:",
       "8:5 Invalid template resource property 'DeletionPolic' (did you mean DeletionPolicy? "
       "(resource Orders))"},
      {"misspelt Properties", "Properties:", "Propertys:",
       "8:5 Invalid template resource property 'Propertys' (did you mean Properties? (resource "
       "Orders))"},
      {"a property at the wrong level",
       "    Properties:\n      TableName: !Sub '${Stage}-orders'\n",
       "    TableName: !Sub '${Stage}-orders'\n    Properties:\n",
       "8:5 Invalid template resource property 'TableName' (TableName belongs below Properties "
       "(resource Orders))"},
      {"a policy that is none", "    Properties:\n      TableName:",
       "    DeletionPolicy: retain\n    Properties:\n      TableName:",
       "8:21 Template format error: Unrecognized DeletionPolicy retain for resource Orders (there "
       "are Delete, Retain and RetainExceptOnCreate)"},
      {"a policy of databases", "    Properties:\n      TableName:",
       "    DeletionPolicy: !If [IsProd, Retain, Snapshot]\n    Properties:\n      TableName:",
       "8:42 Template error: resource type AWS::DynamoDB::Table does not support deletion policy "
       "Snapshot (a table has Delete, Retain and RetainExceptOnCreate)"},
      {"a policy of deletion only", "    Properties:\n      TableName:",
       "    UpdateReplacePolicy: RetainExceptOnCreate\n    Properties:\n      TableName:",
       "8:26 Template format error: Unrecognized UpdateReplacePolicy RetainExceptOnCreate for "
       "resource Orders (there are Delete and Retain)"},
      {"a policy that is not text", "    Properties:\n      TableName:",
       "    DeletionPolicy: true\n    Properties:\n      TableName:",
       "8:21 Template format error: Every DeletionPolicy member must be a string. ()"},
      {"a block that ends early", "      BillingMode", "     BillingMode",
       "10:6 this YAML cannot be read: while parsing a block mapping, did not find expected key "
       "(the block began in line 7, column 5)"},
  };
  for (const Case& c : cases) {
    std::string text = sound;
    ASSERT_NE(text.find(c.from), std::string::npos) << c.name;
    text.replace(text.find(c.from), c.from.size(), c.to);
    EXPECT_EQ(Complaints(text), Lines{c.expected}) << c.name;
  }
}

// What looks like a fault and is none: attributes and sections of SAM, of macros, of includes.
TEST(TemplateFaultsTest, OutlinesThatAreRight) {
  std::string sound = kSound;
  sound.replace(sound.find("-${A}', {'Fn"), 5, "");
  const std::string properties = "    Properties:\n      TableName:";
  const size_t at = sound.find(properties);
  ASSERT_NE(at, std::string::npos);
  const auto with = [&](const std::string& sections, const std::string& attributes) {
    return sections + sound.substr(0, at) + attributes + sound.substr(at);
  };
  const std::string all =
      "    DependsOn: Key\n    Condition: Always\n    Metadata: {a: b}\n    CreationPolicy: {}\n"
      "    UpdatePolicy: {}\n    DeletionPolicy: RetainExceptOnCreate\n"
      "    UpdateReplacePolicy: Delete\n";
  const std::string condition = "Rules: {}\nHooks: {}\nOutputs: {}\nDescription: x\nMetadata: {}\n";
  std::string always = with("AWSTemplateFormatVersion: '2010-09-09'\n" + condition, all);
  always.replace(always.find("Conditions:\n"), 12, "Conditions:\n  Always: !Equals [a, a]\n");
  const std::vector<std::string> cases = {
      always,
      with("Transform: AWS::Serverless-2016-10-31\nGlobals: {}\n",
           "    Connectors: {}\n    IgnoreGlobals: '*'\n"),
      with("Transform: [AWS::LanguageExtensions, Count]\nCounts: {}\n", "    Count: 3\n"),
      with("", "    Fn::Transform: {Name: Count}\n    Count: 3\n"),
      with("", "    DeletionPolicy: !Ref Stage2\n")
          .replace(0, 11, "Parameters:\n  Stage2: {Type: String}"),
  };
  for (const std::string& text : cases) EXPECT_EQ(Complaints(text), Lines{}) << text;
}

// What the service takes for true is that, also when the table is made.
TEST(TemplateFaultsTest, TheApiTakesMoreWords) {
  const std::string request =
      R"({"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
          "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
          "TimeToLiveSpecification": {"Enabled": "yes", "AttributeName": "ttl"},
          "DeletionProtectionEnabled": "0"})";
  const Reading reading = ReadFile({.path = "t.json", .text = request}, {});
  ASSERT_EQ(reading.tables.size(), 1u);
  const auto wanted = Want(reading.tables[0]);
  ASSERT_TRUE(wanted) << wanted.error().text;
  EXPECT_TRUE(wanted->table.ttl.enabled);
  EXPECT_FALSE(wanted->table.deletion_protection);
}

}  // namespace
}  // namespace dynarock::schema
