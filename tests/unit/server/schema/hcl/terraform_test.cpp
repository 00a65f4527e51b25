// Whole modules and plans, with what CreateTable says of them.
#include "server/schema/hcl/terraform.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/document.h"
#include "server/schema/table_check.h"
#include "tests/unit/server/schema/hcl/evaluation.h"

namespace dynarock::schema {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(DYNAROCK_SOURCE_DIR) / "tests/cases/schema/terraform";

SourceFile Load(const fs::path& path) {
  std::ifstream in(path);
  return {.path = path, .text = {std::istreambuf_iterator<char>(in), {}}};
}

// The .tf files of a directory.
std::vector<SourceFile> LoadModule(const fs::path& directory) {
  std::vector<SourceFile> files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().extension() == ".tf") files.push_back(Load(entry.path()));
  }
  return files;
}

std::string Print(const Message& message) {
  const char* severities[] = {"note", "warning", "error"};
  return fs::path(message.place.file).filename().string() + ":" +
         std::to_string(message.place.line) + ":" + std::to_string(message.place.column) + " " +
         severities[static_cast<int>(message.severity)] + " " + message.id + ": " + message.text;
}

// What reading and checking says, one message a line.
std::string Messages(const Reading& reading) {
  std::string out;
  for (const Message& message : reading.messages) out += Print(message) + "\n";
  for (const TableSource& table : reading.tables) {
    for (const Message& message : CheckTable(table).messages) out += Print(message) + "\n";
  }
  return out;
}

std::map<std::string, std::string> Requests(const Reading& reading) {
  std::map<std::string, std::string> requests;
  for (const TableSource& table : reading.tables) {
    requests[table.address] = hcl::Print(table.request);
  }
  return requests;
}

TEST(TerraformTest, ReadsACleanModule) {
  const Reading reading = ReadTerraform(LoadModule(kCases / "clean"), {});
  EXPECT_EQ(Messages(reading), "");
  const std::string tags = "{Key:\"Project\",Value:\"video\"},{Key:\"Stage\",Value:\"Dev\"}";
  const std::string lookup_tags = tags + ",{Key:\"Role\",Value:\"lookup\"}";
  const std::map<std::string, std::string> expected = {
      {"aws_dynamodb_table.catalog",
       "{TableName:\"video-dev-catalog\",AttributeDefinitions:["
       "{AttributeName:\"created_at\",AttributeType:\"N\"},"
       "{AttributeName:\"owner_id\",AttributeType:\"S\"},"
       "{AttributeName:\"status\",AttributeType:\"S\"},"
       "{AttributeName:\"video_id\",AttributeType:\"S\"}],"
       "KeySchema:[{AttributeName:\"video_id\",KeyType:\"HASH\"}],"
       "GlobalSecondaryIndexes:[{IndexName:\"by_owner\",KeySchema:["
       "{AttributeName:\"owner_id\",KeyType:\"HASH\"},"
       "{AttributeName:\"created_at\",KeyType:\"RANGE\"}],Projection:{ProjectionType:\"ALL\"}},"
       "{IndexName:\"by_status\",KeySchema:[{AttributeName:\"status\",KeyType:\"HASH\"}],"
       "Projection:{ProjectionType:\"INCLUDE\",NonKeyAttributes:[\"title\",\"duration\"]}}],"
       "BillingMode:\"PAY_PER_REQUEST\","
       "StreamSpecification:{StreamEnabled:true,StreamViewType:\"NEW_AND_OLD_IMAGES\"},"
       "SSESpecification:{Enabled:true},Tags:[" +
           tags + "]}"},
      {"aws_dynamodb_table.lookup[\"channels\"]",
       "{TableName:\"video-dev-channels\","
       "AttributeDefinitions:[{AttributeName:\"channel_id\",AttributeType:\"S\"}],"
       "KeySchema:[{AttributeName:\"channel_id\",KeyType:\"HASH\"}],"
       "BillingMode:\"PAY_PER_REQUEST\",Tags:[" +
           lookup_tags + "]}"},
      {"aws_dynamodb_table.lookup[\"sessions\"]",
       "{TableName:\"video-dev-sessions\","
       "AttributeDefinitions:[{AttributeName:\"session_id\",AttributeType:\"S\"}],"
       "KeySchema:[{AttributeName:\"session_id\",KeyType:\"HASH\"}],"
       "BillingMode:\"PAY_PER_REQUEST\",Tags:[" +
           lookup_tags + "]}"},
      {"module.views.aws_dynamodb_table.this",
       "{TableName:\"video-dev-views\",AttributeDefinitions:["
       "{AttributeName:\"video_id\",AttributeType:\"S\"},"
       "{AttributeName:\"viewed_at\",AttributeType:\"N\"},"
       "{AttributeName:\"viewer_id\",AttributeType:\"S\"}],"
       "KeySchema:[{AttributeName:\"video_id\",KeyType:\"HASH\"},"
       "{AttributeName:\"viewed_at\",KeyType:\"RANGE\"}],"
       "LocalSecondaryIndexes:[{IndexName:\"by_viewer\",KeySchema:["
       "{AttributeName:\"video_id\",KeyType:\"HASH\"},"
       "{AttributeName:\"viewer_id\",KeyType:\"RANGE\"}],"
       "Projection:{ProjectionType:\"KEYS_ONLY\"}}],BillingMode:\"PROVISIONED\","
       "ProvisionedThroughput:{ReadCapacityUnits:5,WriteCapacityUnits:10}}"},
  };
  EXPECT_EQ(Requests(reading), expected);
  ASSERT_EQ(reading.tables.size(), 4U);
  EXPECT_EQ(hcl::Print(reading.tables[0].point_in_time_recovery),
            "{PointInTimeRecoveryEnabled:true}");
  EXPECT_EQ(hcl::Print(reading.tables[2].time_to_live),
            "{Enabled:true,AttributeName:\"expires_at\"}");
  EXPECT_FALSE(reading.tables[0].autoscaled);
  EXPECT_TRUE(reading.tables[3].autoscaled);
}

TEST(TerraformTest, VariablesComeFromFilesAndOptions) {
  ReadOptions options;
  options.variable_files.push_back(Load(kCases / "clean/prod.tfvars"));
  options.values["stream_enabled"] = "false";
  const Reading reading = ReadTerraform(LoadModule(kCases / "clean"), options);
  const std::string request = hcl::Print(reading.tables[0].request);
  EXPECT_TRUE(request.starts_with("{TableName:\"tube-prod-catalog\"")) << request;
  EXPECT_EQ(request.find("StreamSpecification"), std::string::npos);
  EXPECT_NE(request.find("{Key:\"Backup\",Value:\"daily\"}"), std::string::npos);

  options.values = {{"stage", "test"}, {"stagee", "x"}};
  EXPECT_EQ(
      Messages(ReadTerraform(LoadModule(kCases / "clean"), options)),
      "-var stage:1:1 error terraform: Invalid value for variable \"stage\": The stage must be "
      "dev or prod.\n"
      ":0:0 error terraform: there is no variable \"stagee\" that could be set\n");
}

// A file given alone is read with what its directory declares, and the directory's tables are not
// reported.
TEST(TerraformTest, OneFileOfAModule) {
  const std::vector<SourceFile> files = {Load(kCases / "clean/outputs.tf")};
  EXPECT_TRUE(ReadTerraform(files, {}).tables.empty());
  const std::vector<SourceFile> main = {Load(kCases / "clean/main.tf")};
  EXPECT_EQ(ReadTerraform(main, {}).tables.size(), 4U);
  EXPECT_EQ(Messages(ReadTerraform(main, {})), "");
}

TEST(TerraformTest, OneBugAFile) {
  const std::string unmatched =
      "error terraform-plan: all indexes must match a defined attribute. ";
  const std::vector<std::pair<const char*, std::string>> cases = {
      {"undefined_index_key", "undefined_index_key.tf:14:23 " + unmatched +
                                  "Unmatched indexes: [\"status\"]\n"
                                  "CREATE"},
  };
  for (const auto& entry : fs::directory_iterator(kCases / "bugs")) {
    const std::vector<SourceFile> files = {Load(entry.path())};
    std::cout << "== " << entry.path().stem() << "\n" << Messages(ReadTerraform(files, {}));
  }
  std::cout << "== open\n" << Messages(ReadTerraform(LoadModule(kCases / "open"), {}));
}

Reading Plan(const char* name) {
  const auto document = ReadJson(Load(kCases / "plans" / name));
  EXPECT_TRUE(document) << name;
  EXPECT_TRUE(LooksLikePlan(document->root)) << name;
  return ReadPlan(document->root, {});
}

TEST(TerraformTest, ReadsAPlan) {
  const Reading reading = Plan("plan.json");
  for (const auto& [a, b] : Requests(reading)) std::cout << a << " " << b << "\n";
  std::cout << Messages(reading);
  const Reading state = Plan("state.json");
  for (const auto& [a, b] : Requests(state)) std::cout << a << " " << b << "\n";
  std::cout << Messages(state);
  std::cout << Messages(Plan("refused.json"));
}

}  // namespace
}  // namespace dynarock::schema
