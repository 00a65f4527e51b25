// .env files: their syntax, and which of them the framework loads.
#include "server/schema/cloudformation/dotenv.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/document/node_path.h"
#include "server/schema/reader/reader.h"

namespace dynarock::schema {
namespace {

TEST(DotenvTest, ReadsWhatThePackageReads) {
  const Environment before = {{"DYNAROCK_TEST_BEFORE", "old"}};
  const Environment read = ReadDotenv(
      "# a comment\n"
      "PLAIN=value # and a comment\r\n"
      "export EXPORTED = spaced  \n"
      "EMPTY=\n"
      "SINGLE='a $PLAIN # b'\n"
      "DOUBLE=\"a\\nb ${PLAIN}\"\n"
      "MANY=\"first\nsecond\"\n"
      "JOINED=$PLAIN-${DYNAROCK_TEST_BEFORE}-${DYNAROCK_TEST_NOWHERE}-\\$PLAIN\n"
      "no line\n"
      "=nothing\n"
      "LAST=1",
      before);
  const Environment expected = {{"PLAIN", "value"},
                                {"EXPORTED", "spaced"},
                                {"EMPTY", ""},
                                {"SINGLE", "a $PLAIN # b"},
                                {"DOUBLE", "a\nb value"},
                                {"MANY", "first\nsecond"},
                                {"JOINED", "value-old--$PLAIN"},
                                {"LAST", "1"}};
  EXPECT_EQ(read, expected);
}

TEST(DotenvTest, WhichFilesAreLoaded) {
  namespace fs = std::filesystem;
  const fs::path directory = fs::path(testing::TempDir()) / "dynarock-dotenv";
  fs::create_directories(directory);
  std::ofstream(directory / ".env") << "TABLE_A=plain-a\nTABLE_B=plain-b\n";
  std::ofstream(directory / ".env.prod") << "TABLE_A=prod-a\n";
  const auto names = [&](const std::string& head, const std::string& stage) {
    ReadOptions options;
    if (!stage.empty()) options.values = {{"stage", stage}};
    const Reading reading =
        ReadFile({.path = (directory / "serverless.yml").string(),
                  .text = "service: s\nprovider: {name: aws}\n" + head +
                          "resources:\n  Resources:\n"
                          "    A: {Type: AWS::DynamoDB::Table, Properties: {TableName: "
                          "'${env:TABLE_A, \"none\"}-${env:TABLE_B, \"none\"}'}}\n"},
                 options);
    return std::string(document::TextOf(reading.tables.at(0).request, "TableName"));
  };
  EXPECT_EQ(names("", ""), "plain-a-plain-b");
  EXPECT_EQ(names("", "prod"), "prod-a-plain-b");
  EXPECT_EQ(names("frameworkVersion: '4'\n", "prod"), "prod-a-plain-b");
  EXPECT_EQ(names("frameworkVersion: '3'\n", "prod"), "none-none");
  EXPECT_EQ(names("frameworkVersion: '3'\nuseDotenv: true\n", "prod"), "prod-a-none");
  EXPECT_EQ(names("frameworkVersion: '>=2.0'\nuseDotenv: true\n", "dev"), "plain-a-plain-b");
  fs::remove_all(directory);
}

// Two stacks of different regions have tables of their own.
TEST(DotenvTest, RegionAndStageOfTheService) {
  const Reading reading = ReadFile(
      {.path = "serverless.yml",
       .text = "service: s\nprovider: {name: aws, region: '${opt:region, \"eu-west-1\"}', stage: "
               "qa}\nresources: {Resources: {A: {Type: AWS::DynamoDB::Table}}}\n"},
      {});
  EXPECT_EQ(reading.tables.at(0).home.region, "eu-west-1");
  EXPECT_EQ(reading.tables.at(0).stage, "qa");
}

}  // namespace
}  // namespace dynarock::schema
