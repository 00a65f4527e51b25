// Whole modules and plans, with what CreateTable says of them.
#include "server/schema/terraform/terraform.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/document/document.h"
#include "server/schema/review/table_check.h"
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

// Each file of bugs/ has one; what is said of it names its place.
TEST(TerraformTest, OneBugAFile) {
  const std::string plan = " error terraform-plan: ";
  const std::map<std::string, std::string> expected = {
      {"argument_for_block",
       ":11:3 error terraform: Blocks of type \"tags\" are not expected here. Did you mean to "
       "define "
       "argument \"tags\"? If so, use the equals sign to assign it a value.\n"},
      {"capacity_on_demand",
       ":4:19" + plan + "read_capacity can not be set when billing_mode is \"PAY_PER_REQUEST\"\n"},
      {"list_in_for_each",
       ":2:14 error terraform: for_each goes over a map or a set of strings, and this is a list: "
       "toset() makes a set of it\n"},
      {"misspelt_argument",
       ":4:3 error terraform: An argument named \"hash_keys\" is not expected here. Did you mean "
       "\"hash_key\"?\n"},
      {"missing_capacity",
       ":1:1" + plan + "read_capacity must be at least 1 when billing_mode is \"PROVISIONED\"\n"},
      {"missing_projection",
       ":16:3 error terraform: The argument \"projection_type\" is required, but no definition was "
       "found.\n"},
      {"not_closed",
       ":3:19 error syntax: This string is not closed: `\"` is missing before the end of the "
       "line\n"},
      {"stream_without_view",
       ":5:20" + plan + "stream_view_type is required when stream_enabled = true\n"},
      {"ttl_left_off",
       ":11:3 warning terraform-setting: The ttl block has no effect: TTL stays off without "
       "enabled "
       "= true\n"},
      {"ttl_without_attribute", ":11:3" + plan +
                                    "Attribute \"ttl[0].attribute_name\" must be specified when "
                                    "\"ttl[0].enabled\" is \"true\".\n"},
      {"undeclared_variable",
       ":2:21 error terraform: var.stage is not declared: there is no variable \"stage\" in this "
       "module\n"},
      {"undefined_index_key", ":14:23" + plan +
                                  "all indexes must match a defined attribute. Unmatched indexes: "
                                  "[\"status\"]\n"},
      {"undefined_key_in_dynamic",
       ":4:33" + plan +
           "all indexes must match a defined attribute. Unmatched indexes: [\"state\"]\n"},
      {"unused_attribute",
       ":12:12" + plan + "all attributes must be indexed. Unused attributes: [\"title\"]\n"},
      {"wrong_type",
       ":12:12 error terraform: expected type to be one of [\"S\" \"N\" \"B\"], got String\n"},
  };
  std::map<std::string, std::string> said;
  for (const auto& entry : fs::directory_iterator(kCases / "bugs")) {
    const std::string name = entry.path().stem();
    const std::vector<SourceFile> files = {Load(entry.path())};
    std::string lines = Messages(ReadTerraform(files, {}));
    const std::string file = name + ".tf:";
    for (size_t at = lines.find(file); at != std::string::npos; at = lines.find(file, at)) {
      lines.erase(at, name.size() + 3);
    }
    said[name] = lines;
  }
  EXPECT_EQ(said, expected);
}

// What is open is named, and the rest is checked all the same.
TEST(TerraformTest, NamesWhatIsOpen) {
  const std::string stage = "var.stage has no default and no .tfvars file sets it";
  EXPECT_EQ(
      Messages(ReadTerraform(LoadModule(kCases / "open"), {})),
      "main.tf:66:1 note unresolved: module.sessions comes from "
      "example.com/acme/sessions/aws, which is not downloaded here: tables in it are not "
      "checked\n"
      "main.tf:53:1 note unresolved: how many tables aws_dynamodb_table.archive makes is known "
      "only "
      "when it is deployed: " +
          stage +
          "\n"
          "main.tf:22:23 error terraform-plan: all indexes must match a defined attribute. "
          "Unmatched indexes: [\"status\"]\n"
          "main.tf:11:18 note unresolved: TableName of aws_dynamodb_table.videos is known only "
          "when it "
          "is deployed: \"${var.stage}-videos\" (" +
          stage +
          ")\n"
          "main.tf:44:16 note unresolved: GlobalSecondaryIndexes of aws_dynamodb_table.events is "
          "known "
          "only when it is deployed: var.extra_indexes (var.extra_indexes has no default and no "
          ".tfvars "
          "file sets it)\n");
}

Reading Plan(const char* name) {
  const auto document = ReadJson(Load(kCases / "plans" / name));
  EXPECT_TRUE(document) << name;
  EXPECT_TRUE(LooksLikePlan(document->root)) << name;
  return ReadPlan(document->root, {});
}

TEST(TerraformTest, ReadsAPlan) {
  const Reading reading = Plan("plan.json");
  const std::string id = "{AttributeName:\"id\",AttributeType:\"S\"}";
  const std::string key = "KeySchema:[{AttributeName:\"id\",KeyType:\"HASH\"}";
  const std::map<std::string, std::string> expected = {
      {"aws_dynamodb_table.catalog",
       "{TableName:\"video-dev-catalog\",AttributeDefinitions:[" + id +
           ",{AttributeName:\"status\",AttributeType:\"S\"}]," + key +
           "],"
           "GlobalSecondaryIndexes:[{IndexName:\"by_status\","
           "KeySchema:[{AttributeName:\"status\",KeyType:\"HASH\"}],"
           "Projection:{ProjectionType:\"ALL\"}}],BillingMode:\"PAY_PER_REQUEST\","
           "StreamSpecification:{StreamEnabled:true,StreamViewType:\"NEW_IMAGE\"},"
           "Tags:[{Key:\"Stage\",Value:\"dev\"}]}"},
      {"aws_dynamodb_table.many[\"a\"]",
       "{TableName:\"video-dev-a\",AttributeDefinitions:[" + id + "]," + key +
           "],BillingMode:\"PAY_PER_REQUEST\",TableClass:\"STANDARD_INFREQUENT_ACCESS\","
           "DeletionProtectionEnabled:true}"},
      {"aws_dynamodb_table.pet",
       "{TableName:<aws_dynamodb_table.pet.name | the plan does not know it yet>,"
       "AttributeDefinitions:[" +
           id + "]," + key +
           "],BillingMode:\"PROVISIONED\","
           "ProvisionedThroughput:{ReadCapacityUnits:5,WriteCapacityUnits:10}}"},
      {"module.views.aws_dynamodb_table.this",
       "{TableName:\"views\",AttributeDefinitions:[" + id +
           ",{AttributeName:\"at\",AttributeType:\"N\"},"
           "{AttributeName:\"viewer\",AttributeType:\"S\"}]," +
           key +
           ",{AttributeName:\"at\",KeyType:\"RANGE\"}],LocalSecondaryIndexes:["
           "{IndexName:\"by_viewer\"," +
           key +
           ",{AttributeName:\"viewer\",KeyType:\"RANGE\"}],"
           "Projection:{ProjectionType:\"KEYS_ONLY\"}}],BillingMode:\"PROVISIONED\","
           "ProvisionedThroughput:{ReadCapacityUnits:5,WriteCapacityUnits:5}}"},
      {"module.views.module.inner.aws_dynamodb_table.this",
       "{TableName:\"inner\",AttributeDefinitions:[" + id +
           ",{AttributeName:\"a\",AttributeType:\"S\"},{AttributeName:\"b\",AttributeType:\"S\"},"
           "{AttributeName:\"c\",AttributeType:\"S\"}]," +
           key +
           "],"
           "GlobalSecondaryIndexes:[{IndexName:\"by_abc\",KeySchema:["
           "{AttributeName:\"a\",KeyType:\"HASH\"},{AttributeName:\"b\",KeyType:\"HASH\"},"
           "{AttributeName:\"c\",KeyType:\"RANGE\"}],"
           "Projection:{ProjectionType:\"INCLUDE\",NonKeyAttributes:[\"x\"]},"
           "OnDemandThroughput:{MaxReadRequestUnits:100},"
           "WarmThroughput:{ReadUnitsPerSecond:15000,WriteUnitsPerSecond:5000}}],"
           "BillingMode:\"PAY_PER_REQUEST\",SSESpecification:{Enabled:true,SSEType:\"KMS\","
           "KMSMasterKeyId:\"arn:aws:kms:eu-central-1:111122223333:key/k\"}}"},
  };
  EXPECT_EQ(Requests(reading), expected);
  EXPECT_EQ(
      Messages(reading),
      "plan.json:92:21 note unresolved: TableName of aws_dynamodb_table.pet is known only when "
      "it is deployed: aws_dynamodb_table.pet.name (the plan does not know it yet)\n");
  ASSERT_EQ(reading.tables.size(), 5U);
  EXPECT_EQ(hcl::Print(reading.tables[0].time_to_live),
            "{Enabled:true,AttributeName:\"expires_at\"}");
  EXPECT_EQ(hcl::Print(reading.tables[0].point_in_time_recovery),
            "{PointInTimeRecoveryEnabled:true,RecoveryPeriodInDays:35}");
  EXPECT_FALSE(reading.tables[1].autoscaled);
  EXPECT_TRUE(reading.tables[3].autoscaled);
  EXPECT_EQ(reading.tables[4].replica_regions, std::vector<std::string>{"eu-west-1"});
}

TEST(TerraformTest, ReadsAState) {
  const Reading reading = Plan("state.json");
  EXPECT_EQ(Messages(reading), "");
  ASSERT_EQ(reading.tables.size(), 1U);
  const TableSource& table = reading.tables[0];
  EXPECT_EQ(hcl::Print(table.request),
            "{TableName:\"video-dev-catalog\",AttributeDefinitions:["
            "{AttributeName:\"id\",AttributeType:\"S\"},"
            "{AttributeName:\"status\",AttributeType:\"S\"}],"
            "KeySchema:[{AttributeName:\"id\",KeyType:\"HASH\"}],"
            "GlobalSecondaryIndexes:[{IndexName:\"by_status\","
            "KeySchema:[{AttributeName:\"status\",KeyType:\"HASH\"}],"
            "Projection:{ProjectionType:\"ALL\"}}],BillingMode:\"PAY_PER_REQUEST\","
            "WarmThroughput:{ReadUnitsPerSecond:12000,WriteUnitsPerSecond:4000},"
            "TableClass:\"STANDARD\",Tags:[{Key:\"Owner\",Value:\"media\"}],"
            "DeletionProtectionEnabled:false}");
  EXPECT_EQ(table.time_to_live.kind, Node::Kind::kNull);
}

TEST(TerraformTest, ReadsAStateFile) {
  const Reading reading = Plan("terraform.tfstate");
  EXPECT_EQ(Messages(reading), "");
  ASSERT_EQ(reading.tables.size(), 2U);
  EXPECT_EQ(reading.tables[0].address, "aws_dynamodb_table.catalog[\"a\"]");
  EXPECT_EQ(reading.tables[1].address, "module.views.aws_dynamodb_table.this");
  EXPECT_EQ(reading.tables[1].request.Find("TableName")->text, "views");
}

TEST(TerraformTest, ChecksAPlan) {
  EXPECT_EQ(Messages(Plan("refused.json")),
            "refused.json:34:36 error create-table: One or more parameter values were invalid: "
            "ProjectionType is INCLUDE, but NonKeyAttributes is not specified\n");
}

// What a resource of one file makes of its arguments; `body` stands in an aws_dynamodb_table.
std::string TableMessages(const std::string& body, const std::string& rest = {}) {
  const std::vector<SourceFile> files = {
      {.path = "/no/such/dir/main.tf",
       .text = "resource \"aws_dynamodb_table\" \"t\" {\n" + body + "\n}\n" + rest}};
  return Messages(ReadTerraform(files, {}));
}

constexpr const char* kSound = R"(
  name         = "events"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
)";

TEST(TerraformTest, ChecksArguments) {
  struct Case {
    const char* name;
    std::string body;
    const char* expected;
  };
  const std::string sound = kSound;
  const std::vector<Case> cases = {
      {"sound", sound, ""},
      {"unknown block", sound + "  timetolive {\n  }\n",
       "main.tf:10:3 error terraform: Blocks of type \"timetolive\" are not expected here.\n"},
      {"unknown in a block", sound + "  ttl {\n    enabled = true\n    attribute = \"x\"\n  }\n",
       "main.tf:12:5 error terraform: An argument named \"attribute\" is not expected here. Did "
       "you mean \"attribute_name\"?\n"},
      {"computed", sound + "  arn = \"x\"\n",
       "main.tf:10:3 error terraform: Can't configure a value for \"arn\": its value will be "
       "decided "
       "automatically based on the result of applying this configuration.\n"},
      {"argument of another type", sound + "  deletion_protection_enabled = \"yes\"\n",
       "main.tf:10:33 error terraform: Inappropriate value for attribute "
       "\"deletion_protection_enabled\": a bool is required.\n"},
      {"half a day",
       sound + "  point_in_time_recovery {\n    enabled = true\n    recovery_period_in_days = 1.5\n"
               "  }\n",
       "main.tf:12:31 error terraform: Attribute must be a whole number, got 1.5\n"},
      {"half of something",
       "  name = \"events\"\n  hash_key = \"id\"\n  read_capacity = 3 / 2\n"
       "  write_capacity = 10 / 5\n  attribute {\n    name = \"id\"\n"
       "    type = \"S\"\n  }\n",
       "main.tf:4:19 error terraform: Attribute must be a whole number, got 1.5\n"},
      {"converted", sound + "  deletion_protection_enabled = \"true\"\n", ""},
      {"block twice", sound + "  ttl {\n  }\n  ttl {\n  }\n",
       "main.tf:12:3 error terraform: No more than 1 \"ttl\" blocks are allowed\n"},
      {"block as argument", sound + "  local_secondary_index = []\n",
       "main.tf:10:3 error terraform: An argument named \"local_secondary_index\" is not expected "
       "here. Did you mean to define a block of type \"local_secondary_index\"?\n"},
      // The provider's schema has all of them as blocks, as its version 5.100 says.
      {"block as an argument", sound + "  ttl = [{ attribute_name = \"x\", enabled = true }]\n",
       "main.tf:10:3 error terraform: An argument named \"ttl\" is not expected here. Did you mean "
       "to define a block of type \"ttl\"?\n"},
      {"index without key",
       sound + "  global_secondary_index {\n    name = \"by_key\"\n    projection_type = \"ALL\"\n "
               " }\n",
       "main.tf:10:3 error terraform-plan: This global_secondary_index has no key: \"hash_key\" or "
       "a \"key_schema\" block is required\n"},
      {"stream that is not on", sound + "  stream_view_type = \"NEW_IMAGE\"\n",
       "main.tf:10:22 warning terraform-setting: stream_view_type has no effect: the table gets no "
       "stream without stream_enabled = true\n"},
      {"unknown function", sound + "  table_class = uper(\"standard\")\n",
       "main.tf:10:17 error terraform: There is no function named \"uper\"\n"},
      {"restored", "  name = \"t\"\n  restore_source_name = \"s\"\n",
       "main.tf:1:1 note unresolved: aws_dynamodb_table.t is restored from a table or backup, "
       "which "
       "has its keys: it is not checked\n"},
      {"unread function", sound + "  table_class = filemd5(\"class\")\n",
       "main.tf:10:17 note unresolved: TableClass of aws_dynamodb_table.t is known only when it is "
       "deployed: filemd5(\"class\") (the function filemd5() is not evaluated here)\n"},
  };
  for (const Case& c : cases) EXPECT_EQ(TableMessages(c.body), c.expected) << c.name;
}

// A module of one sound table `t` and more; told is what Terraform refuses before it computes.
TEST(TerraformTest, ChecksReferences) {
  struct Case {
    const char* name;
    std::string body;  // of the table, after what is sound
    std::string rest;
    const char* expected;
  };
  const std::string sound = kSound;
  const std::string other =
      "resource \"aws_dynamodb_table\" \"u\" {\n  hash_key = aws_dynamodb_table.t.hash_key\n"
      "  billing_mode = \"PAY_PER_REQUEST\"\n  attribute {\n    name = \"id\"\n    type = \"S\"\n"
      "  }\n  name = ";
  const std::vector<Case> cases = {
      {"itself", "  table_class = aws_dynamodb_table.t.table_class\n", "",
       "main.tf:10:17 error terraform: Self-referential block: Configuration for "
       "aws_dynamodb_table.t may not refer to itself.\n"},
      {"itself, in a text of a block",
       "  ttl {\n    enabled = true\n    attribute_name = \"${aws_dynamodb_table.t.name}-ttl\"\n  "
       "}\n",
       "",
       "main.tf:12:25 error terraform: Self-referential block: Configuration for "
       "aws_dynamodb_table.t may not refer to itself.\n"},
      {"itself, where that is no reference",
       "  lifecycle {\n    ignore_changes = [read_capacity, tags.a]\n    postcondition {\n"
       "      condition = self.arn != \"\"\n      error_message = \"x\"\n    }\n  }\n",
       "", ""},
      {"a circle of two", "  table_class = aws_dynamodb_table.u.name\n",
       other + "aws_dynamodb_table.t.name\n}\n",
       "main.tf:10:17 error terraform: Cycle: aws_dynamodb_table.t, aws_dynamodb_table.u\n"},
      {"a circle with local values", "  table_class = local.a\n",
       "locals {\n  a = [for b in local.c : b][0]\n  b = 1\n"
       "  c = [aws_dynamodb_table.t.name, local.b]\n}\n",
       "main.tf:10:17 error terraform: Cycle: aws_dynamodb_table.t, local.a (expand), local.c "
       "(expand)\n"},
      {"a circle of what makes no table", "", "locals {\n  a = local.b\n  b = local.a\n}\n",
       "main.tf:13:7 error terraform: Cycle: local.a (expand), local.b (expand)\n"},
      {"a circle by depends_on", "  depends_on = [aws_dynamodb_table.u]\n", other + "\"u12\"\n}\n",
       "main.tf:10:17 error terraform: Cycle: aws_dynamodb_table.t, aws_dynamodb_table.u\n"},
      {"a value of itself", "", "locals {\n  a = [for b in local.a : b]\n}\n",
       "main.tf:13:17 error terraform: Self-referencing local value: Local value local.a cannot "
       "use "
       "its own result as part of its expression.\n"},
      {"a chain", "", other + "\"u-${aws_dynamodb_table.t.arn}\"\n}\n",
       "main.tf:19:10 note unresolved: TableName of aws_dynamodb_table.u is known only when it is "
       "deployed: \"u-${aws_dynamodb_table.t.arn}\" (aws_dynamodb_table.t.arn is known only when "
       "it "
       "is deployed)\n"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(TableMessages(sound + c.body, c.rest), c.expected) << c.name;
  }
}

TEST(TerraformTest, ChecksWhatNamesLeadTo) {
  struct Case {
    const char* name;
    std::string body;  // of the table, after what is sound
    std::string rest;
    std::string expected;
  };
  const auto undeclared = [](const char* mode, const char* type, const char* name) {
    return std::string(" error terraform: Reference to undeclared resource: A ") + mode +
           " resource \"" + type + "\" \"" + name +
           "\" has not been declared in the root module.\n";
  };
  const std::string unsupported =
      " error terraform: Unsupported attribute: This object has no argument, nested block, or "
      "exported attribute named ";
  const std::string indexes = "  dynamic \"global_secondary_index\" {\n    for_each = [\"id\"]\n";
  const std::string projection = "      projection_type = \"ALL\"\n    }\n  }\n";
  const std::string many =
      "resource \"aws_dynamodb_table\" \"m\" {\n  for_each = toset([])\n  name = each.key\n}\n";
  const std::string left_out =
      "main.tf:12:1 note left-out: aws_dynamodb_table.m is left out: its count or for_each is empty "
      "here\n";
  const std::vector<Case> cases = {
      {"an attribute that is not", "", "output \"o\" {\n  value = aws_dynamodb_table.t.nme\n}\n",
       "main.tf:13:11" + unsupported + "\"nme\". Did you mean \"name\"?\n"},
      {"one that nothing is like", "",
       "output \"o\" {\n  value = try(aws_dynamodb_table.t.throughput.x, 1)\n}\n",
       "main.tf:13:15" + unsupported + "\"throughput\".\n"},
      {"of one of many", "",
       many + "output \"o\" {\n  value = aws_dynamodb_table.m[\"a\"].arm\n}\n",
       "main.tf:17:11" + unsupported + "\"arm\". Did you mean \"arn\"?\n" + left_out},
      {"in a table", "",
       "resource \"aws_dynamodb_table\" \"u\" {\n  name = aws_dynamodb_table.t.nme\n"
       "  billing_mode = \"PAY_PER_REQUEST\"\n  hash_key = \"id\"\n"
       "  attribute {\n    name = \"id\"\n    type = \"S\"\n  }\n}\n",
       "main.tf:13:10" + unsupported + "\"nme\". Did you mean \"name\"?\n"},
      {"attributes that are", "",
       many +
           "output \"o\" {\n  value = [aws_dynamodb_table.t.id, aws_dynamodb_table.t.stream_arn,\n"
           "    aws_dynamodb_table.t.stream_label, aws_dynamodb_table.t.tags_all[\"a\"],\n"
           "    aws_dynamodb_table.t.replica[*].arn, aws_dynamodb_table.m[*].name,\n"
           "    aws_dynamodb_table.t.ttl[0].enabled, aws_dynamodb_table.t.region,\n"
           "    [for t in aws_dynamodb_table.m : t.nme], values(aws_dynamodb_table.m)[*].arn,\n"
           "    {for k, aws_dynamodb_table in {} : k => aws_dynamodb_table.t.nme}]\n}\n",
       left_out},
      {"dependencies",
       "  depends_on = [aws_kms_key.k, data.aws_iam_role.r, module.m, aws_kms_key.there]\n",
       "resource \"aws_kms_key\" \"there\" {\n  depends_on = [aws_dynamodb_table.t2]\n}\n",
       "main.tf:10:17" + undeclared("managed", "aws_kms_key", "k") + "main.tf:10:32" +
           undeclared("data", "aws_iam_role", "r") +
           "main.tf:10:53 error terraform: Reference to undeclared module: No module call named "
           "\"m\" is declared in the root module.\n"
           "main.tf:14:17" +
           undeclared("managed", "aws_dynamodb_table", "t2")},
      {"dependencies that are", "  depends_on = [aws_kms_key.k, data.aws_iam_role.r, module.m]\n",
       "resource \"aws_kms_key\" \"k\" {}\ndata \"aws_iam_role\" \"r\" {\n  name = \"r\"\n}\n"
       "module \"m\" {\n  source = \"a/b/aws\"\n  providers = { aws = aws.west }\n}\n",
       "main.tf:17:1 note unresolved: module.m comes from a/b/aws, which is not downloaded here: tables "
       "in "
       "it are not checked\n"},
      {"a resource", "  table_class = aws_dynamodb_table.none.table_class\n",
       "output \"o\" {\n  value = resource.aws_kms_key.k.arn\n}\n",
       "main.tf:10:17" + undeclared("managed", "aws_dynamodb_table", "none") + "main.tf:14:11" +
           undeclared("managed", "aws_kms_key", "k")},
      {"names that are no resources",
       "  for_each = toset([\"a\"])\n  table_class = each.value == \"b\" ? path.cwd : null\n"
       "  provider = aws.west\n",
       "output \"o\" {\n  value = [terraform.workspace, [for k, v in { a = { b = 1 } } : v.b],\n"
       "    \"%{ for a in [{ b = 1 }] }${a.b}%{ endfor }\"]\n}\n"
       "module \"m\" {\n  source = \"a/b/aws\"\n  providers = { aws.one = aws.two }\n}\n"
       "provider \"aws\" {\n  alias = \"west\"\n}\n",
       "main.tf:19:1 note unresolved: module.m comes from a/b/aws, which is not downloaded here: tables "
       "in "
       "it are not checked\n"},
      {"a data source", "  table_class = data.aws_ssm_parameter.class.value\n", "",
       "main.tf:10:17" + undeclared("data", "aws_ssm_parameter", "class")},
      {"a data source of a check", "",
       "check \"c\" {\n  data \"http\" \"h\" {\n    url = \"x\"\n  }\n  assert {\n"
       "    condition = data.http.h.status_code == 200\n    error_message = \"x\"\n  }\n}\n",
       ""},
      {"a lifecycle",
       "  lifecycle {\n    prevent_destory = true\n    ignore_change = [name]\n    post {\n    }\n"
       "  }\n",
       "",
       "main.tf:11:5 error terraform: An argument named \"prevent_destory\" is not expected here. "
       "Did you mean \"prevent_destroy\"?\n"
       "main.tf:12:5 error terraform: An argument named \"ignore_change\" is not expected here. "
       "Did "
       "you mean \"ignore_changes\"?\n"
       "main.tf:13:5 error terraform: Blocks of type \"post\" are not expected here.\n"},
      {"a lifecycle that is right",
       "  lifecycle {\n    prevent_destroy = true\n    create_before_destroy = true\n"
       "    replace_triggered_by = [null_resource.x]\n    precondition {\n      condition = true\n"
       "      error_message = \"x\"\n    }\n  }\n",
       "resource \"null_resource\" \"x\" {}\n", ""},
      {"an iterator of another name",
       indexes + "    content {\n      name = \"by_id\"\n      hash_key = index.value\n" +
           projection,
       "", "main.tf:14:18" + undeclared("managed", "index", "value")},
      {"an iterator of another name, of nothing",
       "  dynamic \"replica\" {\n    for_each = []\n    iterator = it\n    content {\n"
       "      region_name = replica.value\n    }\n  }\n",
       "", "main.tf:14:21" + undeclared("managed", "replica", "value")},
      {"a type of another provider", "", "resource \"awscc_dynamodb_table\" \"c\" {\n}\n", ""},
      {"iterators",
       "  dynamic \"replica\" {\n    for_each = []\n    iterator = it\n    content {\n"
       "      region_name = it.value\n      kms_key_arn = [for k in it.value : k.key]\n    }\n  "
       "}\n",
       "", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(TableMessages(kSound + c.body, c.rest), c.expected) << c.name;
  }
}

TEST(TerraformTest, IndexesOfTheirOwn) {
  const std::string index = R"(
resource "aws_dynamodb_global_secondary_index" "i" {
  table_name = aws_dynamodb_table.t.name
  index_name = "by_owner"
  key_schema {
    attribute_name = "owner"
    attribute_type = "S"
    key_type       = "HASH"
  }
  projection {
    projection_type = "ALL"
  }
}
)";
  EXPECT_EQ(TableMessages(kSound, index), "");
  const std::vector<SourceFile> files = {
      {.path = "/no/such/dir/main.tf",
       .text =
           "variable \"stage\" {}\nresource \"aws_dynamodb_table\" \"t\" {\n  name = var.stage\n"
           "  hash_key = \"id\"\n}\n" +
           index}};
  const Reading reading = ReadTerraform(files, {});
  ASSERT_EQ(reading.tables.size(), 1U);
  EXPECT_EQ(hcl::Print(*reading.tables[0].request.Find("GlobalSecondaryIndexes")),
            "[{IndexName:\"by_owner\",KeySchema:[{AttributeName:\"owner\",KeyType:\"HASH\"}],"
            "Projection:{ProjectionType:\"ALL\"}}]");
}

}  // namespace
}  // namespace dynarock::schema
