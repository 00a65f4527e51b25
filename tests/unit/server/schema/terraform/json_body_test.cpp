// Terraform's JSON syntax.
#include "server/schema/hcl/json_body.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/reader/reader.h"
#include "server/schema/review/review.h"
#include "server/schema/terraform/terraform.h"
#include "tests/unit/server/schema/hcl/evaluation.h"

namespace dynarock::schema {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(DYNAROCK_SOURCE_DIR) / "tests/cases/schema/terraform/json";

TEST(JsonBodyTest, ReadsAModule) {
  const std::vector<std::string> paths = {kCases};
  const auto reading = ReadPaths(paths, {});
  ASSERT_TRUE(reading) << reading.error();
  EXPECT_EQ(reading->messages.size(), 0u) << reading->messages[0].text;
  std::map<std::string, std::string> requests;
  for (const TableSource& table : reading->tables) {
    requests[table.address] = hcl::Print(table.request);
  }
  const std::map<std::string, std::string> expected = {
      {"aws_dynamodb_table.accounts",
       "{TableName:\"app-test-accounts\",AttributeDefinitions:["
       "{AttributeName:\"id\",AttributeType:\"S\"},{AttributeName:\"email\",AttributeType:\"S\"}],"
       "KeySchema:[{AttributeName:\"id\",KeyType:\"HASH\"}],"
       "GlobalSecondaryIndexes:[{IndexName:\"by_email\",KeySchema:["
       "{AttributeName:\"email\",KeyType:\"HASH\"}],Projection:{ProjectionType:\"ALL\"}}],"
       "BillingMode:\"PAY_PER_REQUEST\","
       "Tags:[{Key:\"Stage\",Value:\"TEST\"},{Key:\"Quoted\",Value:\"b\"}]}"},
      {"aws_dynamodb_table.each[\"posts\"]",
       "{TableName:\"app-test-posts\",AttributeDefinitions:["
       "{AttributeName:\"user_id\",AttributeType:\"S\"},"
       "{AttributeName:\"posted_at\",AttributeType:\"S\"}],"
       "KeySchema:[{AttributeName:\"user_id\",KeyType:\"HASH\"},"
       "{AttributeName:\"posted_at\",KeyType:\"RANGE\"}],BillingMode:\"PAY_PER_REQUEST\"}"},
      {"aws_dynamodb_table.each[\"users\"]",
       "{TableName:\"app-test-users\",AttributeDefinitions:["
       "{AttributeName:\"user_id\",AttributeType:\"S\"}],"
       "KeySchema:[{AttributeName:\"user_id\",KeyType:\"HASH\"}],BillingMode:\"PAY_PER_REQUEST\"}"},
  };
  EXPECT_EQ(requests, expected);
  EXPECT_EQ(hcl::Print(reading->tables[0].time_to_live),
            "{Enabled:true,AttributeName:\"expires_at\"}");
}

// Errors and warnings about a text: "line:column id: text".
std::vector<std::string> Complaints(const std::string& text,
                                    const std::string& name = "m.tf.json") {
  std::vector<std::string> lines;
  const std::vector<SourceFile> files = {{.path = "/no/such/dir/" + name, .text = text}};
  for (const findings::Finding& finding : Review(ReadTerraform(files, {}))) {
    if (finding.severity == Severity::kNote) continue;
    lines.push_back(std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
                    finding.id + ": " + finding.title);
  }
  return lines;
}

std::string Table(const std::string& more) {
  return "{\"resource\": {\"aws_dynamodb_table\": {\"t\": {\n\"name\": \"events\",\n"
         "\"billing_mode\": \"PAY_PER_REQUEST\",\n\"hash_key\": \"id\",\n"
         "\"attribute\": {\"name\": \"id\", \"type\": \"S\"}" +
         more + "}}}}";
}

TEST(JsonBodyTest, FaultsHaveTheirPlaces) {
  using Lines = std::vector<std::string>;
  struct Case {
    const char* name;
    std::string text;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"sound", Table(""), {}},
      {"byte order mark, CRLF", "\xEF\xBB\xBF" + Table(",\r\n\"table_class\": \"STANDARD\""), {}},
      {"key of an index",
       Table(",\n\"global_secondary_index\": [{\"name\": \"one\", \"hash_key\": \"a\", "
             "\"projection_type\": \"ALL\"}]"),
       {"6:56 terraform-plan: all indexes must match a defined attribute. Unmatched indexes: "
        "[\"a\"]"}},
      {"misspelt",
       Table(",\n\"hash_kye\": \"x\""),
       {"6:1 terraform: An argument named \"hash_kye\" is not expected here. Did you mean "
        "\"hash_key\"?"}},
      {"in a template",
       Table(",\n\"tags\": {\"a\": \"x-${var.none}\"}"),
       {"6:20 terraform: var.none is not declared: there is no variable \"none\" in this module"}},
      {"template that is not closed",
       Table(",\n\"tags\": {\"a\": \"x-${upper(}\"}"),
       {"6:26 syntax: Expected a value, but there is `}`"}},
      {"comma left out",
       "{\"resource\": {}\n\"locals\": {}}",
       {"2:1 syntax: This is not JSON: Missing a comma or '}' after an object member"}},
      {"cut off", "{\"resource\": {", {"1:15 syntax: This is not JSON: the file ends too early"}},
      {"empty", "", {"1:1 syntax: This is not JSON: the file is empty"}},
      {"a list", "[1]", {"1:1 syntax: The file should hold an object"}},
      {"a resource that is a text",
       "{\"resource\": {\"aws_dynamodb_table\": {\"t\": \"x\"}}}",
       {"1:43 syntax: Expected an object here, or a list of objects"}},
      {"a CreateTable request",
       R"({"TableName": "t", "KeySchema": []})",
       {"1:2 terraform: An argument named \"TableName\" is not expected here: at the top of a .tf "
        "file stand blocks only"}},
      {"an argument twice",
       Table(",\n\"name\": \"other\""),
       {"6:1 syntax: The argument \"name\" was already set at line 2. Each argument may be set "
        "only once"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Complaints(c.text), c.expected) << c.name;
}

TEST(JsonBodyTest, DeepNestingIsRefused) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "[";
  EXPECT_EQ(Complaints("{\"locals\": {\"a\": " + deep + "}}").size(), 1u);
}

}  // namespace
}  // namespace dynarock::schema
