// What the AWS provider refuses is told once: in its words, with CreateTable's in the hint.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/review/review.h"
#include "server/schema/terraform/terraform.h"

namespace dynarock::schema {
namespace {

using Lines = std::vector<std::string>;

// The errors about a table of these arguments: "line:column id: text (hint)".
Lines Errors(const std::string& arguments, const std::string& name = "\"events\"") {
  const std::vector<SourceFile> files = {
      {.path = "/no/such/dir/main.tf",
       .text =
           "resource \"aws_dynamodb_table\" \"t\" {\nname = " + name + "\n" + arguments + "}\n"}};
  Lines lines;
  for (const findings::Finding& finding : Review(ReadTerraform(files, {}))) {
    if (finding.severity != Severity::kError) continue;
    lines.push_back(std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
                    finding.id + ": " + finding.title + " (" + finding.advice + ")");
  }
  return lines;
}

const std::string kOnDemand = "billing_mode = \"PAY_PER_REQUEST\"\n";
const std::string kKey = "hash_key = \"id\"\nattribute {\nname = \"id\"\ntype = \"S\"\n}\n";
const std::string kSays = "CreateTable would say: ";
const std::string kInvalid = kSays + "One or more parameter values were invalid: ";
const std::string kNull = "failed to satisfy constraint: Member must not be null)";

std::string Index(const std::string& name, const std::string& key) {
  return "global_secondary_index {\nname = \"" + name + "\"\nhash_key = \"" + key +
         "\"\nprojection_type = \"ALL\"\n}\n";
}

TEST(PlanRulesTest, OneFaultIsToldOnce) {
  const std::string unmatched = "all indexes must match a defined attribute. Unmatched indexes: ";
  const std::string needs =
      " (each key of the table and its indexes needs an attribute block with its name and type; ";
  const std::string not_defined =
      "Some index key attributes are not defined in "
      "AttributeDefinitions. Keys: ";
  struct Case {
    const char* name;
    std::string arguments;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"an index's key",
       kOnDemand + kKey + Index("one", "a"),
       {"11:12 terraform-plan: " + unmatched + "[\"a\"]" + needs + kInvalid + not_defined +
        "[a], AttributeDefinitions: [id])"}},
      {"keys of two indexes",
       kOnDemand + kKey + Index("one", "a") + Index("two", "b"),
       {"11:12 terraform-plan: " + unmatched + "[\"a\" \"b\"]" + needs + kInvalid + not_defined +
        "[a], AttributeDefinitions: [id])"}},
      {"the table's key",
       kOnDemand + "range_key = \"at\"\n" + kKey,
       {"4:13 terraform-plan: " + unmatched + "[\"at\"]" + needs + kSays +
        "Invalid KeySchema: Some index key attribute have no definition)"}},
      {"a misspelt key",
       kOnDemand + "hash_key = \"ide\"\nattribute {\nname = \"id\"\ntype = \"S\"\n}\n",
       {"4:12 terraform-plan: " + unmatched +
        "[\"ide\"] (one of the two is misspelt: the key \"ide\", the attribute \"id\" at line 6; " +
        kInvalid + not_defined + "[ide], AttributeDefinitions: [id])"}},
      {"no attribute block",
       kOnDemand + "hash_key = \"id\"\n",
       {"4:12 terraform-plan: " + unmatched + "[\"id\"]" + needs + kSays +
        "1 validation error detected: Value null at 'attributeDefinitions' " + kNull}},
      {"an attribute that is no key",
       kOnDemand + kKey + "attribute {\nname = \"x\"\ntype = \"S\"\n}\n",
       {"10:8 terraform-plan: all attributes must be indexed. Unused attributes: [\"x\"] (an "
        "attribute block belongs to each key of the table and its indexes, and to nothing else: "
        "other attributes of an item are not declared; " +
        kInvalid +
        "Number of attributes in KeySchema does not exactly match number of attributes defined "
        "in AttributeDefinitions)"}},
      {"no capacity",
       kKey,
       {"1:1 terraform-plan: read_capacity must be at least 1 when billing_mode is "
        "\"PROVISIONED\" (the same holds for write_capacity; billing_mode is PROVISIONED unless "
        "it is set: PAY_PER_REQUEST needs no capacity; " +
        kInvalid +
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
        "PROVISIONED)"}},
      {"negative capacity",
       "read_capacity = -1\nwrite_capacity = 1\n" + kKey,
       {"3:17 terraform-plan: read_capacity must be at least 1 when billing_mode is "
        "\"PROVISIONED\" (billing_mode is PROVISIONED unless it is set: PAY_PER_REQUEST needs no "
        "capacity; " +
        kSays +
        "1 validation error detected: Value '-1' at 'provisionedThroughput.readCapacityUnits' "
        "failed to satisfy constraint: Member must have value greater than or equal to 1)"}},
      {"capacity that the provider does not send",
       kOnDemand + "read_capacity = 5\n" + kKey,
       {"4:17 terraform-plan: read_capacity can not be set when billing_mode is "
        "\"PAY_PER_REQUEST\" ()"}},
      {"capacity of an index, which the provider leaves out on demand",
       kOnDemand + kKey +
           "global_secondary_index {\nname = \"one\"\nhash_key = \"id\"\nprojection_type = "
           "\"ALL\"\n"
           "read_capacity = 5\nwrite_capacity = 5\n}\n",
       {}},
      {"both kinds of limits",
       kOnDemand + "read_capacity = 5\n" + kKey +
           "on_demand_throughput {\nmax_read_request_units = 5\n}\n",
       {"4:17 terraform-plan: \"read_capacity\": conflicts with on_demand_throughput ()"}},
      {"a stream without view",
       kOnDemand + kKey + "stream_enabled = true\n",
       {"9:18 terraform-plan: stream_view_type is required when stream_enabled = true (" +
        kInvalid + "Table is being created with a stream enabled, UpdateViewType is required)"}},
      {"expiry by nothing",
       kOnDemand + kKey + "ttl {\nenabled = true\n}\n",
       {"9:1 terraform-plan: Attribute \"ttl[0].attribute_name\" must be specified when "
        "\"ttl[0].enabled\" is \"true\". (" +
        kSays +
        "1 validation error detected: Value null at 'timeToLiveSpecification.attributeName' " +
        kNull}},
      {"no key",
       kOnDemand + kKey.substr(kKey.find('\n') + 1),
       {"1:1 terraform-plan: all attributes must be indexed. Unused attributes: [\"id\"] (hash_key "
        "is not set; " +
        kSays + "1 validation error detected: Value null at 'keySchema' " + kNull}},
      {"a sort key alone",
       kOnDemand + "range_key = \"id\"\n" + kKey.substr(kKey.find('\n') + 1),
       {"1:1 create-table: 1 validation error detected: Value null at 'keySchema' failed to "
        "satisfy constraint: Member must not be null ()"}},
      {"an index whose key is empty, and whose attribute is there",
       kOnDemand + kKey + "attribute {\nname = \"a\"\ntype = \"S\"\n}\n" + Index("one", ""),
       {"13:1 terraform-plan: This global_secondary_index has no key: \"hash_key\" or a "
        "\"key_schema\" block is required (" +
        kSays +
        "1 validation error detected: Value null at 'globalSecondaryIndexes.1.member.keySchema' " +
        kNull}},
      {"an index with a sort key alone",
       kOnDemand + kKey +
           "global_secondary_index {\nname = \"one\"\nrange_key = \"id\"\nprojection_type = "
           "\"ALL\"\n}\n",
       {"9:1 terraform-plan: This global_secondary_index has no key: \"hash_key\" or a "
        "\"key_schema\" block is required (" +
        kSays +
        "1 validation error detected: Value null at 'globalSecondaryIndexes.1.member.keySchema' " +
        kNull}},
      {"an index without key",
       kOnDemand + kKey +
           "global_secondary_index {\nname = \"one\"\nprojection_type = \"ALL\"\n}\n",
       {"9:1 terraform-plan: This global_secondary_index has no key: \"hash_key\" or a "
        "\"key_schema\" block is required (" +
        kSays +
        "1 validation error detected: Value null at 'globalSecondaryIndexes.1.member.keySchema' " +
        kNull}},
  };
  for (const Case& c : cases) EXPECT_EQ(Errors(c.arguments), c.expected) << c.name;
}

// What differs is told beside it.
TEST(PlanRulesTest, OtherFaultsAreToldToo) {
  const Lines lines = Errors(kOnDemand + kKey + Index("one", "a") + Index("x", "id"));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_TRUE(lines[1].starts_with("15:8 create-table: 1 validation error detected: Value 'x' at"))
      << lines[1];
}

// Attribute blocks are a set to the provider.
TEST(PlanRulesTest, EqualAttributesAreOne) {
  const std::string again = "attribute {\nname = \"id\"\ntype = \"S\"\n}\n";
  EXPECT_EQ(Errors(kOnDemand + kKey + again), Lines{});
  EXPECT_NE(Errors(kOnDemand + kKey + "attribute {\nname = \"id\"\ntype = \"N\"\n}\n"), Lines{});
}

// The name stands in one file, the value in another.
TEST(PlanRulesTest, NamesHaveTheirOwnFile) {
  const std::vector<SourceFile> files = {
      {.path = "/no/such/dir/main.tf",
       .text = "variable \"a\" {}\nresource \"aws_dynamodb_table\" \"t\" {\nfor_each = var.a\n"
               "name = each.key\n" +
               kOnDemand + kKey + "rangekey = each.value\n}\n"},
      {.path = "/no/such/dir/terraform.tfvars", .text = "a = { events = \"x\" }\n"}};
  const auto findings = Review(ReadTerraform(files, {}));
  const auto error = std::ranges::find(findings, Severity::kError, &findings::Finding::severity);
  ASSERT_NE(error, findings.end());
  EXPECT_EQ(error->file, "/no/such/dir/main.tf");
  EXPECT_EQ(error->line, 11);
  EXPECT_EQ(error->column, 1);
}

TEST(PlanRulesTest, NoNameIsMadeUp) {
  const Lines lines = Errors(kOnDemand + kKey, "\"\"");
  ASSERT_FALSE(lines.empty());
  EXPECT_TRUE(
      lines[0].starts_with("2:8 create-table: 1 validation error detected: Value '' at "
                           "'tableName' failed to satisfy constraint"))
      << lines[0];
}

// A resource with for_each is one place in the file.
TEST(PlanRulesTest, ManyTablesOfOneResourceHaveItOnce) {
  const std::string many = "for_each = toset([\"aaa\", \"bbb\", \"ccc\"])\n";
  EXPECT_EQ(Errors(many + kOnDemand + kKey + Index("one", "a"), "each.key").size(), 1u);
  EXPECT_EQ(Errors(many + kOnDemand + kKey + Index("x", "id"), "each.key").size(), 1u);
}

}  // namespace
}  // namespace dynarock::schema
