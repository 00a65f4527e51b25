// The files of tests/cases/schema: those called clean are, those with a bug have that one, and what
// is malformed is told in one line with a place.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/reader/reader.h"
#include "server/schema/review/review.h"
#include "tests/unit/server/schema/review/review_client.h"

namespace dynarock::schema {
namespace {

namespace fs = std::filesystem;

fs::path Cases() {
  return fs::path(DYNAROCK_SOURCE_DIR) / "tests" / "cases" / "schema";
}

// Errors and warnings about what lies at a path below tests/cases/schema, without its directory.
std::vector<std::string> ComplaintsAt(const std::string& path) {
  std::vector<std::string> lines;
  const std::vector<std::string> paths = {(Cases() / path).string()};
  const auto reading = ReadPaths(paths, {});
  if (!reading) return {reading.error()};
  for (const findings::Finding& finding : Review(*reading)) {
    if (finding.severity == Severity::kNote) continue;
    lines.push_back(fs::path(finding.file).filename().string() + ":" +
                    std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
                    finding.title);
  }
  return lines;
}

TEST(FixturesTest, CleanFilesAreClean) {
  for (const char* path : {"cloudformation/orders.yaml", "sam/clean.yaml", "cdk/cdk.out",
                           "serverless/serverless.yml", "api/create_table.json"}) {
    EXPECT_EQ(ComplaintsAt(path), std::vector<std::string>{}) << path;
    const std::vector<std::string> paths = {(Cases() / path).string()};
    EXPECT_FALSE(ReadPaths(paths, {})->tables.empty()) << path;
  }
}

TEST(FixturesTest, EachBugIsFoundAtItsPlace) {
  struct Case {
    const char* path;
    std::vector<std::string> expected;
  };
  const std::string invalid = "One or more parameter values were invalid: ";
  const std::string violation = "1 validation error detected: Value ";
  const std::vector<Case> cases = {
      {"cloudformation/undefined_key.yaml",
       {"undefined_key.yaml:41:31 " + invalid +
        "Some index key attributes are not defined in AttributeDefinitions. Keys: [orderId, "
        "placedAt], AttributeDefinitions: [customerId, orderId, placed_at]"}},
      {"sam/wrong_key_type.yaml",
       {"wrong_key_type.yaml:9:15 Resource with id [NotesTable] is invalid. Invalid 'Type' "
        "\"Guid\"."}},
      {"cdk/unused_definition.template.json",
       {"unused_definition.template.json:10:24 " + invalid +
        "Some AttributeDefinitions are not used. AttributeDefinitions: [gameId, score, "
        "country, playerId], keys used: [gameId, score, playerId]"}},
      {"serverless/include_without_attributes.yml",
       {"include_without_attributes.yml:47:33 " + invalid +
        "ProjectionType is INCLUDE, but NonKeyAttributes is not specified"}},
      {"api/several_faults.json",
       {"several_faults.json:2:3 " + invalid +
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
            "PROVISIONED",
        "several_faults.json:3:18 " + violation +
            "'a b' at 'tableName' failed to satisfy constraint: Member must satisfy regular "
            "expression pattern: [a-zA-Z0-9_.-]+",
        "several_faults.json:5:48 " + violation +
            "'String' at 'attributeDefinitions.1.member.attributeType' failed to satisfy "
            "constraint: Member must satisfy enum value set: [B, N, S]",
        "several_faults.json:12:41 " + invalid +
            "Some index key attributes are not defined in AttributeDefinitions. Keys: [email], "
            "AttributeDefinitions: [id, unused]",
        "several_faults.json:16:22 " + violation +
            "'x' at 'globalSecondaryIndexes.2.member.indexName' failed to satisfy constraint: "
            "Member must have length greater than or equal to 3",
        "several_faults.json:17:58 Invalid KeySchema: The first KeySchemaElement is not a HASH "
        "key type"}},
  };
  for (const Case& c : cases) EXPECT_EQ(ComplaintsAt(c.path), c.expected) << c.path;
}

TEST(FixturesTest, MalformedFilesGiveOneErrorEach) {
  size_t files = 0;
  for (const auto& entry : fs::directory_iterator(Cases() / "malformed")) {
    ++files;
    const auto lines = ComplaintsAt("malformed/" + entry.path().filename().string());
    EXPECT_EQ(lines.size(), 1u) << entry.path();
  }
  EXPECT_GE(files, 14u);
}

TEST(FixturesTest, TextInUtf16WithoutMarkIsCalledThat) {
  for (const char* name : {"utf16_without_mark.tf", "utf16_without_mark.yaml"}) {
    EXPECT_EQ(ComplaintsAt(std::string("malformed/") + name),
              std::vector<std::string>{std::string(name) +
                                       ":1:2 there is a zero byte here: this is not text, or text "
                                       "in UTF-16"});
  }
}

TEST(FixturesTest, DirectoriesStandForTheirFiles) {
  EXPECT_EQ(ComplaintsAt("serverless").size(), 1u);
  EXPECT_EQ(ComplaintsAt("malformed/none"),
            std::vector<std::string>{(Cases() / "malformed/none").string() +
                                     ": No such file or directory"});
}

}  // namespace
}  // namespace dynarock::schema
