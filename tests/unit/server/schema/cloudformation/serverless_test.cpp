// serverless.yml: its variables, and the resources inside.
#include "server/schema/cloudformation/serverless.h"

#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/document/document.h"
#include "server/schema/cloudformation/serverless_variables.h"
#include "server/schema/reader/reader.h"
#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

struct Case {
  const char* name;
  std::string value;
  std::string expected;
};

constexpr const char* kFile = R"(
service: shop
provider: {name: aws, region: eu-west-1}
custom:
  stage: ${opt:stage, self:provider.stage}
  names: {dev: shop-dev, prod: shop-prod}
  list: [a, b]
  indirect: ${self:custom.names}
  circle: ${self:custom.round}
  round: ${self:custom.circle}
  laugh0: 0123456789012345678901234567890123456789
  laugh1: ${self:custom.laugh0}${self:custom.laugh0}${self:custom.laugh0}${self:custom.laugh0}
  laugh2: ${self:custom.laugh1}${self:custom.laugh1}${self:custom.laugh1}${self:custom.laugh1}
  laugh3: ${self:custom.laugh2}${self:custom.laugh2}${self:custom.laugh2}${self:custom.laugh2}
  laugh4: ${self:custom.laugh3}${self:custom.laugh3}${self:custom.laugh3}${self:custom.laugh3}
  laugh5: ${self:custom.laugh4}${self:custom.laugh4}${self:custom.laugh4}${self:custom.laugh4}
  laugh6: ${self:custom.laugh5}${self:custom.laugh5}${self:custom.laugh5}${self:custom.laugh5}
  laugh7: ${self:custom.laugh6}${self:custom.laugh6}${self:custom.laugh6}${self:custom.laugh6}
  laugh8: ${self:custom.laugh7}${self:custom.laugh7}${self:custom.laugh7}${self:custom.laugh7}
)";

TEST(ServerlessVariablesTest, AreReplaced) {
  ASSERT_EQ(setenv("SCHEMA_TEST_NAME", "from-env", 1), 0);
  const std::vector<Case> cases = {
      {"self", "${self:service}-x", "'shop-x'"},
      {"a value of any type", "${self:custom.list}", "['a','b']"},
      {"an element", "${self:custom.list.1}", "'b'"},
      {"the framework's defaults", "${self:provider.stage} ${sls:stage}", "'dev dev'"},
      {"region", "${aws:region}", "'eu-west-1'"},
      {"options", "[\"${opt:a, 'b'}\", \"${opt:a}\"]", "['b',<${opt:a}>]"},
      {"a fallback that is a variable", "${opt:a, ${self:service}}", "'shop'"},
      {"a fallback without braces", "${self:custom.stage}", "'dev'"},
      {"fallbacks of other types", "['${opt:a, 5}', '${opt:a, true}', '${opt:a, null}']",
       "[5,true,null]"},
      {"a variable in a variable", "${self:custom.names.${self:custom.stage}}", "'shop-dev'"},
      {"a way through a variable", "${self:custom.indirect.prod}", "'shop-prod'"},
      {"environment", "${env:SCHEMA_TEST_NAME}", "'from-env'"},
      {"environment without the name", "${env:SCHEMA_TEST_NONE, 'x'}", "'x'"},
      {"names of Fn::Sub stay", "${AWS::Region}-${Stage}-${self:service}",
       "'${AWS::Region}-${Stage}-shop'"},
      {"not known", "x-${ssm:/a/b}-y", "<x-${ssm:/a/b}-y>"},
      {"no such value", "${self:custom.none}", "<${self:custom.none}>"},
      {"no such file", "${file(none.yml):a}", "<${file(none.yml)}>"},
      {"a program", "${file(names.js):a}", "<${file(names.js)}>"},
      {"a circle", "${self:custom.circle}", "<${self:custom.circle}>"},
      {"not closed", "${self:service", "'${self:service'"},
      {"boolean", "${strToBool(true)}", "true"},
  };
  const auto file = document::ReadYaml({.path = "serverless.yml", .text = kFile});
  ASSERT_TRUE(file) << file.error().text;
  for (const Case& c : cases) {
    const std::string quoted = c.value.starts_with('[') ? c.value : "\"" + c.value + "\"";
    const auto value = document::ReadYaml({.path = "v.yaml", .text = "v: " + quoted});
    ASSERT_TRUE(value) << c.name << ": " << value.error().text;
    std::vector<Message> messages;
    const ReadOptions options;
    ServerlessVariables variables(&file->root, "serverless.yml", options, messages);
    EXPECT_EQ(Shown(variables.Resolve(*value->root.Find("v"))), c.expected) << c.name;
  }
}

TEST(ServerlessVariablesTest, AreBounded) {
  const auto file = document::ReadYaml({.path = "serverless.yml", .text = kFile});
  ASSERT_TRUE(file);
  std::vector<Message> messages;
  const ReadOptions options;
  ServerlessVariables variables(&file->root, "serverless.yml", options, messages);
  const Node laugh = variables.Resolve(MakeString({}, "${self:custom.laugh8}"));
  EXPECT_EQ(laugh.kind, Node::Kind::kUnresolved);
}

// What the framework stops at is an error; what only deployment knows is none.
TEST(ServerlessTest, MissingValuesAreErrors) {
  const auto complaints = [](const std::string& name) {
    return Complaints("serverless.yml",
                      "service: shop\nprovider: {name: aws}\n"
                      "custom: {tableName: tab, round: '${self:custom.circle}', circle: "
                      "'${self:custom.round}'}\n"
                      "resources:\n  Resources:\n    T:\n      Type: AWS::DynamoDB::Table\n"
                      "      Properties:\n"
                      "        TableName: " +
                          name +
                          "\n        BillingMode: PAY_PER_REQUEST\n"
                          "        AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]\n"
                          "        KeySchema: [{AttributeName: pk, KeyType: HASH}]\n");
  };
  const std::string head = "9:20 error serverless: Cannot resolve variable ";
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases = {
      {"${self:custom.tableName}", {}},
      {"${self:custom.tablName}",
       {head + "${self:custom.tablName}: Value not found at \"self\" source (the file has no such "
               "value)"}},
      {"a-${self:custom.tablName}-b",
       {head + "${self:custom.tablName}: Value not found at \"self\" source (the file has no such "
               "value)"}},
      {"${self:custom.tablName, 'abc'}", {}},
      {"${self:custom.tablName, self:custom.tableName}", {}},
      {"${self:custom.tablName, opt:name}", {}},
      {"${opt:name}", {}},
      {"${ssm:/a/b}", {}},
      {"${file(nosuch.yml)}",
       {head + "${file(nosuch.yml)}: Value not found at \"file\" source (there is no file "
               "nosuch.yml)"}},
      {"${file(nosuch.yml):a.b, 'abc'}", {}},
      {"${file(names.js):a}", {}},
      // The account stands in for that of the deployment.
      {"${self:custom.names.${aws:accountId}.name}", {}},
  };
  for (const auto& [name, expected] : cases) EXPECT_EQ(complaints(name), expected) << name;
  const auto circle = complaints("${self:custom.circle}");
  ASSERT_EQ(circle.size(), 1u);
  EXPECT_NE(circle[0].find("error serverless: Cannot resolve variable ${self:custom."),
            std::string::npos);
  EXPECT_NE(circle[0].find("Circular reference"), std::string::npos);
}

TEST(ServerlessTest, ParametersOfStages) {
  const auto name_of = [](const std::string& sections, const std::string& stage = {}) {
    ReadOptions options;
    if (!stage.empty()) options.values["stage"] = stage;
    if (stage == "given") options.values["suffix"] = "-set";
    return RequestOf("serverless.yml",
                     "service: shop\nprovider: {name: aws}\n" + sections +
                         "resources: {Resources: {T: {Type: 'AWS::DynamoDB::Table', Properties: "
                         "{TableName: 'one${param:suffix}'}}}}\n",
                     options);
  };
  const std::string params =
      "params: {default: {suffix: -d}, prod: {suffix: '-${self:service}'}}\n";
  const std::string stages =
      "stages: {default: {params: {suffix: -d}}, prod: {params: {suffix: '-${self:service}'}}}\n";
  for (const std::string& sections : {params, stages}) {
    EXPECT_EQ(name_of(sections), "{TableName:'one-d'}") << sections;
    EXPECT_EQ(name_of(sections, "prod"), "{TableName:'one-shop'}") << sections;
    EXPECT_EQ(name_of(sections, "given"), "{TableName:'one-set'}") << sections;
  }
  EXPECT_EQ(name_of("params: {dev: {suffix: -v}}\n"), "{TableName:'one-v'}");
  EXPECT_EQ(name_of("params: {dev: {suffix: -v}}\n", "prod"), "{TableName:<one${param:suffix}>}");
}

TEST(ServerlessTest, ReadsResources) {
  const std::string text =
      "service: shop\nprovider: {name: aws}\n"
      "resources:\n"
      "  Resources:\n"
      "    Orders:\n"
      "      Type: AWS::DynamoDB::Table\n"
      "      Properties: {TableName: '${self:service}-${opt:stage, ''dev''}'}\n";
  EXPECT_EQ(RequestOf("serverless.yml", text), "{TableName:'shop-dev'}");
  ReadOptions options;
  options.values["stage"] = "prod";
  EXPECT_EQ(RequestOf("serverless.yml", text, options), "{TableName:'shop-prod'}");
}

TEST(ServerlessTest, MissingResourcesAreNamed) {
  const std::string text =
      "service: shop\nprovider: {name: aws}\nresources: ${file(resources.ts)}\n";
  EXPECT_EQ(Lines("serverless.yml", text),
            (std::vector<std::string>{
                "3:12 warning unresolved: resources cannot be read: ${file(resources.ts)} (a "
                "program or a file of another kind makes the value)"}));
}

TEST(ServerlessTest, APartIsReadByItself) {
  const std::string text =
      "Resources:\n"
      "  Orders:\n"
      "    Type: AWS::Serverless::SimpleTable\n"
      "    Properties: {TableName: 'a b${self:service}'}\n";
  EXPECT_EQ(RequestOf("orders.yml", text).substr(0, 34), "{TableName:<a b${self:service}>,At");
  EXPECT_TRUE(Complaints("orders.yml", text).empty());
}

}  // namespace
}  // namespace dynarock::schema
