#include "server/schema/hcl/evaluator.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/hcl/evaluation.h"

namespace dynarock::schema::hcl {
namespace {

struct Case {
  const char* name;
  const char* expression;
  const char* expected;
};

TEST(EvaluatorTest, ComputesValues) {
  const std::vector<Case> cases = {
      {"number", "12", "12"},
      {"fraction", "0.50", "0.5"},
      {"exponent", "1e3", "1000"},
      {"large number", "12345678901234567890", "12345678901234567890"},
      {"true", "true", "true"},
      {"null", "null", "null"},
      {"string", R"("a\tb\"c\\\n\u00e9\U0001F600")",
       "\"a\\tb\\\"c\\\\\\n\xC3\xA9\xF0\x9F\x98\x80\""},
      {"tuple", "[1, \"a\", true,]", "[1,\"a\",true]"},
      {"object", "{ a = 1, \"b c\" : 2\n d = 3 }", "{a:1,b c:2,d:3}"},
      {"object with computed key", "{ (join(\"\", [\"a\", \"b\"])) = 1 }", "{ab:1}"},
      {"comments", "[1, # one\n 2, // two\n /* three */ 3]", "[1,2,3]"},
      {"arithmetic", "1 + 2 * 3 - 8 / 4 % 3", "5"},
      {"parentheses over lines", "(1\n + 2\n) * 3", "9"},
      {"unary", "-(-3)", "3"},
      {"not", "!false", "true"},
      {"comparison", "1 + 1 >= 2 && 2 < 3 || false", "true"},
      {"equality", "[1, {a = 2}] == [1, {a = 2}]", "true"},
      {"types differ", "1 == \"1\"", "false"},
      {"numbers in strings", "\"2\" * \"3\"", "6"},
      {"conditional", "1 > 2 ? \"a\" : \"b\"", "\"b\""},
      {"conditional chain", "false ? 1 : false ? 2 : 3", "3"},
      {"index", "[1, 2, 3][1]", "2"},
      {"index of an object", "{a = 1}[\"a\"]", "1"},
      {"attribute", "{a = {b = 1}}.a.b", "1"},
      {"old index", "[[1, 2], [3, 4]].1.0", "3"},
      {"splat", "[{a = 1}, {a = 2}][*].a", "[1,2]"},
      {"splat with index", "[{a = [1]}, {a = [2]}][*].a[0]", "[1,2]"},
      {"attribute splat", "[{a = [1]}, {a = [2]}].*.a[0]", "[1]"},
      {"splat of one", "{a = 1}[*].a", "[1]"},
      {"splat of null", "null[*]", "[]"},
      {"for over list", "[for x in [1, 2, 3] : x * 2 if x != 2]", "[2,6]"},
      {"for with index", "[for i, x in [\"a\", \"b\"] : \"${i}${x}\"]", "[\"0a\",\"1b\"]"},
      {"for over map is sorted", "[for k, v in {b = 1, a = 2} : \"${k}${v}\"]", "[\"a2\",\"b1\"]"},
      {"for makes object", "{for x in [\"a\", \"b\"] : x => upper(x)}", "{a:\"A\",b:\"B\"}"},
      {"for groups", "{for x in [\"aa\", \"ab\", \"b\"] : substr(x, 0, 1) => x...}",
       "{a:[\"aa\",\"ab\"],b:[\"b\"]}"},
      {"nested for", "[for x in [1, 2] : [for y in [10, 20] : x + y]]", "[[11,21],[12,22]]"},
      {"template", "\"a${1 + 1}b${true}\"", "\"a2btrue\""},
      {"template keeps a single value", "\"${[1]}\"", "[1]"},
      {"nested template", R"("a${"b${"c"}"}")", "\"abc\""},
      {"escaped template", "\"$${a} %%{b} $ % $x\"", "\"${a} %{b} $ % $x\""},
      {"if in template", "\"%{ if true }yes%{ else }no%{ endif }\"", "\"yes\""},
      {"if without else", "\"a%{ if false }b%{ endif }c\"", "\"ac\""},
      {"for in template", "\"%{ for x in [1, 2] }(${x})%{ endfor }\"", "\"(1)(2)\""},
      {"if in for in template",
       "\"%{ for i, x in [5, 6] }%{ if i > 0 },%{ endif }${x}%{ endfor }\"", "\"5,6\""},
      {"strip", "\"a  ${~ 1 ~}  b\"", "\"a1b\""},
      {"heredoc", "<<EOT\n  a \"b\" \\n ${1}\nc\nEOT\n", "\"  a \\\"b\\\" \\\\n 1\\nc\\n\""},
      {"indented heredoc", "<<-EOT\n    a\n      ${1}\n\n    b\n  EOT\n", "\"a\\n  1\\n\\nb\\n\""},
      {"heredoc in a call", "trimspace(<<EOT\n a\nEOT\n)", "\"a\""},
      {"expanded arguments", "max([1, 5, 3]...)", "5"},
      {"try takes the first that works", "try({}.a, [][0], \"x\")", "\"x\""},
      {"can", "[can({}.a), can(1 + 1)]", "[false,true]"},
      {"and stops early", "false && {}.a", "false"},
  };
  for (const Case& c : cases) EXPECT_EQ(Evaluate(c.expression), c.expected) << c.name;
}

TEST(EvaluatorTest, TellsWhatIsWrong) {
  const std::vector<Case> cases = {
      {"bare word", "abc",
       "e:1:1: \"abc\" alone is not a value: a text needs quotes, a reference has the form "
       "var.abc or local.abc"},
      {"each outside", "each.value",
       "e:1:1: \"each\" has no meaning here: it belongs into a block with for_each"},
      {"unknown function", "upcase(\"a\")", "e:1:1: There is no function named \"upcase\""},
      {"too few arguments", "lower()", "e:1:1: lower(): takes 1 arguments, and here are 0"},
      {"unknown attribute", "{a = 1}.b", "e:1:1: This object has no attribute or key \"b\""},
      {"out of range", "[1][3]", "e:1:1: The index 3 is out of range: the list has 1 elements"},
      {"attribute of a number", "1 + (2).a", "e:1:5: This value has no attributes: it is a number"},
      {"adding a list", "\n 1 + [2]",
       "e:2:2: This operator needs a number on both sides, and here is a list"},
      {"dividing by zero", "1 / 0", "e:1:1: This divides by zero"},
      {"condition", "\"x\" ? 1 : 2",
       "e:1:1: A condition must be true or false, and this is a string"},
      {"list in template", "\"a${[1]}\"",
       "e:1:5: A string, number or boolean is expected in a template, and this is a list"},
      {"for over a number", "[for x in 5 : x]",
       "e:1:11: A `for` goes over a list, set, map or object, and this is a number"},
      {"same key twice", "{for x in [1, 2] : \"a\" => x}",
       "e:1:20: Two elements have the key \"a\". Add `...` after the value to group elements by "
       "key"},
      {"undeclared variable", "var.x",
       "e:1:1: var.x is not declared: there is no variable \"x\" in this module"},
      {"undeclared resource", "aws_dynamodb_table.x.name",
       "e:1:1: aws_dynamodb_table.x is not declared: there is no such resource in this module"},
      {"try with nothing", "try({}.a)",
       "e:1:1: No argument of try() has a value: This object has no attribute or key \"a\""},
  };
  for (const Case& c : cases) EXPECT_EQ(Evaluate(c.expression), c.expected) << c.name;
}

TEST(EvaluatorTest, KeepsWhatOnlyDeploymentKnows) {
  const std::string module = R"(
variable "stage" {}
variable "items" {}
data "aws_region" "here" {}
resource "random_pet" "pet" { length = 2 }
locals {
  prefix = "${var.stage}-app"
  tables = { a = { name = "${var.stage}-a", key = "id" } }
}
)";
  const std::string why = "var.stage has no default and no .tfvars file sets it";
  const std::vector<Case> cases = {
      {"variable", "var.stage", "<var.stage | WHY>"},
      {"template", "\"${var.stage}-videos\"", "<\"${var.stage}-videos\" | WHY>"},
      {"through a local", "\"${local.prefix}-videos\"", "<\"${local.prefix}-videos\" | WHY>"},
      {"beside known values", "local.tables.a.key", "\"id\""},
      {"in an object", "{ n = var.stage, k = 1 }", "{n:<var.stage | WHY>,k:1}"},
      {"merge keeps the rest", "merge({a = 1}, {b = var.stage}).a", "1"},
      {"operator", "var.stage == \"prod\"", "<var.stage == \"prod\" | WHY>"},
      {"condition", "var.stage == \"prod\" ? 1 : 2", "<var.stage == \"prod\" ? 1 : 2 | WHY>"},
      {"condition that does not matter", "var.stage == \"prod\" ? \"N\" : \"N\"", "\"N\""},
      {"and with false", "var.stage == \"prod\" && false", "false"},
      {"function", "upper(var.stage)", "<upper(var.stage) | WHY>"},
      {"function looks inside", "join(\"-\", [\"a\", var.stage])",
       "<join(\"-\", [\"a\", var.stage]) | WHY>"},
      {"length of a list that holds one", "length([var.stage, 1])", "2"},
      {"lookup of a known one", "lookup({a = 1, b = var.stage}, \"a\", 5)", "1"},
      {"data source", "data.aws_region.here.name",
       "<data.aws_region.here.name | a aws_region data source is read when it is deployed>"},
      {"resource attribute", "random_pet.pet.id",
       "<random_pet.pet.id | random_pet.pet.id is known only when it is deployed>"},
      {"resource argument", "random_pet.pet.length", "2"},
      {"workspace", "terraform.workspace",
       "<terraform.workspace | terraform.workspace is chosen when it is deployed>"},
      {"file", "filemd5(\"x\")", "<filemd5(\"x\") | the function filemd5() is not evaluated here>"},
      {"function of a provider", "provider::aws::arn_parse(\"x\")",
       "<provider::aws::arn_parse(\"x\") | the function provider::aws::arn_parse() is not "
       "evaluated "
       "here>"},
  };
  for (const Case& c : cases) {
    std::string expected = c.expected;
    if (const size_t at = expected.find("WHY"); at != std::string::npos)
      expected.replace(at, 3, why);
    EXPECT_EQ(Evaluate(c.expression, module), expected) << c.name;
  }
}

TEST(EvaluatorTest, ResolvesNames) {
  const std::string module = R"(
variable "stage" { default = "dev" }
variable "count_text" {
  type    = number
  default = "3"
}
variable "indexes" {
  type = list(object({
    name       = string
    hash       = string
    projection = optional(string, "ALL")
    range      = optional(string)
  }))
  default = [{ name = "a", hash = "h", other = 1 }, { name = "b", hash = 7, projection = "KEYS_ONLY" }]
}
variable "names" {
  type    = set(string)
  default = ["b", "a", "b"]
}
locals {
  a = "${local.b}!"
  b = var.stage
}
resource "aws_dynamodb_table" "one" {
  name     = "${var.stage}-one"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_dynamodb_table" "many" {
  for_each = { x = "hx", y = "hy" }
  name     = each.key
  hash_key = each.value
}
resource "aws_dynamodb_table" "counted" {
  count = 2
  name  = "t${count.index}"
}
)";
  const std::vector<Case> cases = {
      {"local of a local", "local.a", "\"dev!\""},
      {"converted", "var.count_text + 1", "4"},
      {"optional attributes", "var.indexes",
       "[{name:\"a\",hash:\"h\",projection:\"ALL\",range:null},"
       "{name:\"b\",hash:\"7\",projection:\"KEYS_ONLY\",range:null}]"},
      {"set", "var.names", "[\"a\",\"b\"]"},
      {"table", "aws_dynamodb_table.one.name", "\"dev-one\""},
      {"table id", "aws_dynamodb_table.one.id", "\"dev-one\""},
      {"block", "aws_dynamodb_table.one.attribute[0].type", "\"S\""},
      {"for_each", "aws_dynamodb_table.many[\"y\"].hash_key", "\"hy\""},
      {"count", "aws_dynamodb_table.counted[1].name", "\"t1\""},
      {"splat", "aws_dynamodb_table.counted[*].name", "[\"t0\",\"t1\"]"},
      {"for over tables", "[for k, t in aws_dynamodb_table.many : t.name]", "[\"x\",\"y\"]"},
      {"path", "path.module", "\"/no/such/dir\""},
  };
  for (const Case& c : cases) EXPECT_EQ(Evaluate(c.expression, module), c.expected) << c.name;
}

TEST(EvaluatorTest, EndsCircles) {
  EXPECT_EQ(
      Evaluate("local.a", "locals {\n  a = local.b\n  b = local.a\n}\n"),
      "/no/such/dir/main.tf:3:7: This refers to itself, directly or by way of others: local.a");
  EXPECT_EQ(Evaluate("aws_x.a.name", "resource \"aws_x\" \"a\" {\n  name = aws_x.a.name\n}\n"),
            "<aws_x.a.name | >");
}

}  // namespace
}  // namespace dynarock::schema::hcl
