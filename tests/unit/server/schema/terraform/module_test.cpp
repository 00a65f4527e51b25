// Modules on disk: the files beside those that are given, variables, and modules that are called.
#include "server/schema/hcl/module.h"

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "server/schema/terraform/terraform.h"
#include "tests/unit/server/schema/hcl/evaluation.h"

namespace dynarock::schema::hcl {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTable = R"(
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
)";

std::string Table(const std::string& label, const std::string& arguments) {
  return "resource \"aws_dynamodb_table\" \"" + label + "\" {\n" + arguments + kTable;
}

class ModuleTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("hcl_module_test." + std::to_string(getpid()));
    fs::remove_all(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& name, const std::string& text) const {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }

  Reading Read(const std::string& name, const ReadOptions& options = {}) const {
    std::ifstream in(root_ / name);
    const std::vector<SourceFile> files = {
        {.path = root_ / name, .text = {std::istreambuf_iterator<char>(in), {}}}};
    return ReadTerraform(files, options);
  }

  // Addresses and names of the tables, and the messages with their files' names.
  static std::string Summary(const Reading& reading) {
    std::string out;
    for (const TableSource& table : reading.tables) {
      const Node* name = table.request.Find("TableName");
      out += table.address + "=" + (name ? Print(*name) : "") + "\n";
    }
    for (const Message& message : reading.messages) {
      out += fs::path(message.place.file).filename().string() + ":" +
             std::to_string(message.place.line) + ": " + message.text + "\n";
    }
    return out;
  }

  fs::path root_;
};

TEST_F(ModuleTest, VariablesInTheirOrder) {
  Write("main.tf", "variable \"a\" { default = \"default\" }\n" + Table("t", "name = var.a"));
  const auto name = [&](const ReadOptions& options = {}) {
    return Summary(Read("main.tf", options));
  };
  EXPECT_EQ(name(), "aws_dynamodb_table.t=\"default\"\n");
  Write("terraform.tfvars", "a = \"plain\"\nother = 1\n");
  EXPECT_EQ(name(), "aws_dynamodb_table.t=\"plain\"\n");
  Write("b.auto.tfvars", "a = \"auto b\"\n");
  Write("a.auto.tfvars", "a = \"auto a\"\n");
  EXPECT_EQ(name(), "aws_dynamodb_table.t=\"auto b\"\n");
  ReadOptions options;
  options.variable_files.push_back({.path = "x.tfvars", .text = "a = \"file\"\n"});
  EXPECT_EQ(name(options), "aws_dynamodb_table.t=\"file\"\n");
  options.values["a"] = "option";
  EXPECT_EQ(name(options), "aws_dynamodb_table.t=\"option\"\n");
  options.variable_files.push_back({.path = "x.tfvars", .text = "a = \n"});
  EXPECT_EQ(name(options),
            "aws_dynamodb_table.t=\"option\"\nx.tfvars:1: Expected a value, but the line ends\n");
}

TEST_F(ModuleTest, FilesBesideAreReadForWhatTheyDeclare) {
  Write("main.tf", Table("t", "name = \"${local.prefix}-${aws_dynamodb_table.other.hash_key}\""));
  Write("names.tf",
        "locals { prefix = \"app\" }\n" + Table("other", "name = \"other\"\nrange_keys = 1"));
  EXPECT_EQ(Summary(Read("main.tf")), "aws_dynamodb_table.t=\"app-id\"\n");
  // A file that cannot be parsed may declare what is missing.
  Write("names.tf", "locals { prefix = \"app\"\n" + Table("other", "name = \"other\""));
  const Reading reading = Read("main.tf");
  ASSERT_EQ(reading.tables.size(), 1U);
  EXPECT_EQ(reading.tables[0].request.Find("TableName")->why,
            "local.prefix is declared in none of the files that could be read");
}

TEST_F(ModuleTest, FilesThatAreNotReadAreNamed) {
  Write("main.tf", Table("t", "name = local.prefix"));
  Write("names_override.tf.json", "{}");
  EXPECT_EQ(
      Summary(Read("main.tf")),
      "aws_dynamodb_table.t=<local.prefix | local.prefix is declared in none of the files that "
      "could be read>\n"
      "names_override.tf.json:1: this file is not read: what override files change is not "
      "seen\n");
}

TEST_F(ModuleTest, CallsModules) {
  Write("modules/table/main.tf",
        "variable \"name\" { type = string }\nvariable \"suffix\" { default = \"\" }\n" +
            Table("this", "name = \"${var.name}${var.suffix}\"") +
            "output \"name\" { value = aws_dynamodb_table.this.name }\n");
  Write("main.tf", R"(
module "one" {
  source = "./modules/table"
  name   = "one"
}
module "each" {
  source   = "./modules/table"
  for_each = toset(["a", "b"])
  name     = each.key
  suffix   = "-of-${module.one.name}"
}
module "counted" {
  source = "./modules/table"
  count  = 2
  name   = "n${count.index}"
}
)" + Table("uses",
           "name = join(\"-\", concat(module.counted[*].name, [module.each[\"a\"].name]))"));
  EXPECT_EQ(Summary(Read("main.tf")),
            "module.one.aws_dynamodb_table.this=\"one\"\n"
            "module.each[\"a\"].aws_dynamodb_table.this=\"a-of-one\"\n"
            "module.each[\"b\"].aws_dynamodb_table.this=\"b-of-one\"\n"
            "module.counted[0].aws_dynamodb_table.this=\"n0\"\n"
            "module.counted[1].aws_dynamodb_table.this=\"n1\"\n"
            "aws_dynamodb_table.uses=\"n0-n1-a-of-one\"\n");
}

TEST_F(ModuleTest, WrongCallsAreRefused) {
  Write("modules/table/main.tf", "variable \"name\" {}\n" + Table("this", "name = var.name"));
  const std::map<std::string, std::string> cases = {
      {"module \"m\" {\n  source = \"./modules/table\"\n}\n",
       "main.tf:1: The argument \"name\" is required by the module, but is not set here\n"},
      {"module \"m\" {\n  source = \"./modules/table\"\n  name = \"abc\"\n  nam = 1\n}\n",
       "main.tf:4: An argument named \"nam\" is not expected here: the module has no variable of "
       "that "
       "name\n"},
      {"module \"m\" {\n  source = \"./modules/none\"\n}\n",
       "main.tf:2: Unreadable module directory: there is no directory ./modules/none\n"},
      {"module \"m\" {\n}\n",
       "main.tf:1: The argument \"source\" is required, but is not set here\n"},
      {"module \"m\" {\n  source = \"git::https://x/y\"\n}\n",
       "main.tf:1: module.m comes from git::https://x/y, which is not downloaded here: tables in it are "
       "not "
       "checked\n"},
  };
  for (const auto& [text, expected] : cases) {
    Write("main.tf", text);
    Reading reading = Read("main.tf");
    reading.tables.clear();
    EXPECT_EQ(Summary(reading), expected) << text;
  }
}

// Once for all instances, and also where none is made.
TEST_F(ModuleTest, ReferencesOfModulesAreChecked) {
  Write("modules/table/main.tf",
        "variable \"name\" {}\n" + Table("this", "name = var.name\ntable_class = data.a_b.c.d"));
  Write(
      "main.tf",
      "module \"m\" {\n  source = \"./modules/table\"\n  for_each = toset([\"abc\", \"d.e].f\"])\n"
      "  name = each.key\n}\noutput \"o\" {\n  value = data.a_b.c.d\n}\n");
  const auto undeclared = [](const std::string& line, const std::string& module) {
    return "main.tf:" + line +
           ": Reference to undeclared resource: A data resource \"a_b\" \"c\" has not been "
           "declared "
           "in " +
           module + ".\n";
  };
  Reading reading = Read("main.tf");
  EXPECT_EQ(reading.tables.size(), 2U);
  reading.tables.clear();
  EXPECT_EQ(Summary(reading), undeclared("7", "the root module") + undeclared("4", "module.m"));
  // What files beside the given one declare is there; what they do wrong is not told.
  Write("data.tf", "data \"a_b\" \"c\" {}\noutput \"p\" {\n  value = data.a_b.d.e\n}\n");
  reading = Read("main.tf");
  reading.tables.clear();
  EXPECT_EQ(Summary(reading), undeclared("4", "module.m"));
}

TEST_F(ModuleTest, TypesOfVariables) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"type = number\n default = \"x\"",
       "main.tf:2: var.v: The variable's type wants a number, and this is a string\n"},
      {"type = object({ a = string })\n default = {}",
       "main.tf:2: var.v: The variable's type wants the attribute \"a\", which is missing here\n"},
      {"type = list(string)\n default = \"a\"",
       "main.tf:2: var.v: The variable's type wants a list, and this is a string\n"},
      {"type = strin\n default = \"a\"",
       "main.tf:1: Invalid type specification: The keyword \"strin\" is not a valid type specification.\n"},
      {"default = var.w",
       "main.tf:1: Nothing can be referred to here: the value must be written out\n"},
  };
  for (const auto& [variable, expected] : cases) {
    Write("main.tf", "variable \"v\" { " + variable + "\n}\n" + Table("t", "name = \"${var.v}x\""));
    Reading reading = Read("main.tf");
    reading.tables.clear();
    EXPECT_EQ(Summary(reading), expected) << variable;
  }
}

}  // namespace
}  // namespace dynarock::schema::hcl
