// Input that is made to exhaust a machine: it must end soon, with a problem.
#include <ctime>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "server/schema/terraform/terraform.h"
#include "tests/unit/server/schema/hcl/evaluation.h"

namespace dynarock::schema::hcl {
namespace {

std::string Repeat(const std::string& text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

// Of this process, so that a busy machine does not count. What these tests refuse would take hours.
class CpuTime {
 public:
  double seconds() const {
    return static_cast<double>(std::clock() - start_) / static_cast<double>(CLOCKS_PER_SEC);
  }

 private:
  const std::clock_t start_ = std::clock();
};
constexpr double kSoon = 30;  // seconds, sanitizers included

std::string ParseAll(const std::string& text) {
  const Source source{"f", text};
  const auto body = ParseBody(source);
  return body ? "parsed" : body.error().message;
}

constexpr const char* kNests =
    "This nests more than 120 levels deep, which is more than is read here";
constexpr const char* kExpressionNests =
    "This expression nests more than 120 levels deep, which is more than is read here";
constexpr const char* kTooMuch =
    "Evaluating this takes more than dynarock spends on one module: it makes too many or too large "
    "values";

TEST(HostileTest, DeepNestingIsRefused) {
  const size_t deep = 100'000;
  const std::vector<std::tuple<const char*, std::string, const char*>> cases = {
      {"lists", "a = " + Repeat("[", deep), kNests},
      {"objects", "a = " + Repeat("{b=", deep), kNests},
      {"parentheses", "a = " + Repeat("(", deep), kNests},
      {"calls", "a = " + Repeat("f(", deep), kNests},
      {"templates", "a = " + Repeat("\"${", deep), kNests},
      {"not", "a = " + Repeat("!", deep) + "b", kNests},
      {"minus", "a = " + Repeat("-", deep) + "1", kNests},
      {"conditions", "a = " + Repeat("b ? c : ", deep) + "d", kNests},
      {"fors", "a = " + Repeat("[for x in ", deep), kNests},
      {"blocks", Repeat("a {\n", deep), kNests},
      {"operators", "a = 1" + Repeat(" + 1", deep), kExpressionNests},
      {"attributes", "a = b" + Repeat(".c", deep), kExpressionNests},
      {"indexes", "a = b" + Repeat("[0]", deep), kExpressionNests},
      {"splats", "a = b" + Repeat("[*]", deep), kNests},
      {"ifs", "a = \"" + Repeat("%{ if b }", deep) + "\"",
       "The directives of this template nest too deep"},
      {"template fors", "a = \"" + Repeat("%{ for b in c }", deep) + "\"",
       "The directives of this template nest too deep"},
  };
  for (const auto& [name, text, expected] : cases) EXPECT_EQ(ParseAll(text), expected) << name;
}

TEST(HostileTest, NestingBelowTheLimitIsRead) {
  EXPECT_EQ(ParseAll("a = " + Repeat("[", 50) + Repeat("]", 50)), "parsed");
  EXPECT_EQ(ParseAll("a = 1" + Repeat(" + 1", 100)), "parsed");
}

TEST(HostileTest, WorkIsBounded) {
  const std::string range = "[for i in range(1000) : i]";
  std::string doubling = "locals {\n  a0 = [\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"]\n";
  std::string texts = "locals {\n  a0 = \"xxxxxxxxxx\"\n";
  for (int i = 1; i < 60; ++i) {
    const std::string one = "local.a" + std::to_string(i - 1);
    doubling += "  a" + std::to_string(i) + " = [" + one + ", " + one + "]\n";
    texts += "  a" + std::to_string(i) + " = \"${" + one + "}${" + one + "}\"\n";
  }
  std::string chain = "locals {\n";
  std::string nest = "locals {\n  a0 = []\n";
  for (int i = 1; i < 20'000; ++i) {
    chain += "  a" + std::to_string(i) + " = local.a" + std::to_string(i + 1) + "\n";
  }
  for (int i = 1; i < 400; ++i) {
    nest += "  a" + std::to_string(i) + " = " + Repeat("[", 100) + "local.a" +
            std::to_string(i - 1) + Repeat("]", 100) + "\n";
  }
  std::string all = "[";
  for (int i = 0; i < 400; ++i) all += "length(local.a" + std::to_string(i) + "),";
  struct Case {
    const char* name;
    std::string expression;
    std::string module;
    const char* expected;
  };
  const std::vector<Case> cases = {
      {"huge range", "range(1e9)", "",
       "range(): more than 1024 values were generated, which Terraform refuses"},
      {"nested loops",
       "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]]", "",
       kTooMuch},
      {"product", "setproduct(range(1000), range(1000), range(1000))", "", kTooMuch},
      {"doubled lists", "length(local.a59)", doubling + "}\n", kTooMuch},
      {"doubled texts", "length(local.a59)", texts + "}\n", kTooMuch},
      {"loop in a template",
       "\"%{ for a in range(1000) }%{ for b in range(1000) }xxxxxxxx%{ endfor }%{ endfor }\"", "",
       kTooMuch},
      {"long chain", "local.a1", chain + "  a20000 = 1\n}\n",
       "Expressions refer to each other more than 250 levels deep, which is more than is evaluated "
       "here"},
      {"deep value", all + "]", nest + "}\n",
       "This value nests more than 300 levels deep, which is more than is evaluated here"},
      {"width", "format(\"%1000000000d\", 1)", "", nullptr},
      {"precision", "format(\"%.1000000000f\", 1)", "", nullptr},
      {"indent", "indent(1000000000, \"a\\nb\")", "", "indent(): indents by 0 to 1000 spaces here"},
      {"power", "pow(10, 1e9)", "", "pow(): the result is too large"},
      {"try does not catch it",
       "try([for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]], 1)", "",
       kTooMuch},
      {"replace grows",
       "length(replace(replace(replace(join(\"\", range(1000)), \"1\", join(\"\", range(1000))), "
       "\"2\", join(\"\", range(1000))), \"3\", join(\"\", range(1000))))",
       "", kTooMuch},
  };
  for (const Case& c : cases) {
    const CpuTime took;
    const std::string result = Evaluate(c.expression, c.module);
    if (c.expected) {
      EXPECT_TRUE(result.ends_with(c.expected)) << c.name << ": " << result.substr(0, 300);
    }
    EXPECT_LT(result.size(), 100'000U) << c.name;
    EXPECT_LT(took.seconds(), kSoon) << c.name;
  }
}

Reading Read(const std::string& text) {
  const std::vector<SourceFile> files = {{.path = "/no/such/dir/main.tf", .text = text}};
  return ReadTerraform(files, {});
}

TEST(HostileTest, InstancesAreBounded) {
  for (const char* text : {
           "resource \"aws_dynamodb_table\" \"a\" {\n  count = 1000000000\n  name = "
           "\"a${count.index}\"\n}\n",
           "resource \"aws_dynamodb_table\" \"a\" {\n  for_each = toset([for p in "
           "setproduct(range(1000), range(1000)) : join(\"\", p)])\n  name = each.key\n}\n",
           "resource \"aws_dynamodb_table\" \"a\" {\n  dynamic \"attribute\" {\n    for_each = "
           "setproduct(range(1000), range(1000))\n    content {\n      name = \"a\"\n    }\n  "
           "}\n}\n",
       }) {
    const CpuTime took;
    const Reading reading = Read(text);
    ASSERT_FALSE(reading.messages.empty()) << text;
    EXPECT_EQ(reading.messages.front().text, kTooMuch) << text;
    EXPECT_LT(took.seconds(), kSoon) << text;
  }
}

TEST(HostileTest, LongCirclesAreFound) {
  constexpr int kLocals = 5'000;
  std::string one = "locals {\n";
  std::string many = "locals {\n";
  for (int i = 0; i < kLocals; ++i) {
    const std::string next = "local.a" + std::to_string((i + 1) % kLocals);
    const std::string name = "  a" + std::to_string(i);
    one += name + " = " + next + "\n";
    // Each odd one is referred to by the next and refers to it.
    many += name + " = [" + (i + 1 < kLocals ? next : "0") +
            (i % 2 == 1 ? ", local.a" + std::to_string(i - 1) : "") + "]\n";
  }
  const CpuTime took;
  const Reading circle = Read(one + "}\n");
  ASSERT_EQ(circle.messages.size(), 1U);
  EXPECT_TRUE(circle.messages[0].text.starts_with("Cycle: local.a0 (expand), local.a1 (expand), "));
  EXPECT_TRUE(circle.messages[0].text.ends_with("local.a9 (expand), ... (5000 in all)"));
  EXPECT_EQ(Read(many + "}\n").messages.size(), kLocals / 2U);
  EXPECT_LT(took.seconds(), kSoon);
}

TEST(HostileTest, WhatTakesTooMuchIsToldOnce) {
  const std::string loop =
      "[for a in range(1000) : [for b in range(1000) : [for c in range(9) : c]]]";
  const Reading reading = Read("locals {\n  big = " + loop +
                               "\n}\nresource \"aws_dynamodb_table\" \"t\" {\n"
                               "  name = local.big[0]\n  hash_key = local.big[1]\n"
                               "  range_key = length(" +
                               loop +
                               ")\n}\nresource \"aws_dynamodb_table\" \"u\" {\n"
                               "  name = local.big[0]\n}\n");
  ASSERT_EQ(reading.messages.size(), 1U);
  EXPECT_EQ(reading.messages[0].text, kTooMuch);
  EXPECT_TRUE(reading.tables.empty());
}

TEST(HostileTest, ModulesThatCallThemselvesEnd) {
  const Reading reading =
      Read("module \"a\" {\n  source = \"../dir\"\n}\nmodule \"b\" {\n  source = \"../dir\"\n}\n");
  ASSERT_FALSE(reading.messages.empty());
  EXPECT_EQ(reading.messages.front().text,
            "Modules call each other more often than is followed here (8 levels, 300 calls)");
}

// Every prefix of a file, and the file with each byte replaced, is read or refused.
TEST(HostileTest, BrokenFilesAreRefused) {
  const std::string text = R"(variable "a" { default = [1, "x${1 + 2}%{ if true }y%{ endif }"] }
locals { b = { for k, v in { x = 1 } : k => v... } } # c
resource "aws_dynamodb_table" "t" {
  for_each = toset(["p", "q"])
  name     = <<-E
    n${each.key}
  E
  dynamic "attribute" {
    for_each = local.b
    content {
      name = attribute.key
      type = var.a[*][0] == 1 ? "S" : "N"
    }
  }
}
)";
  for (size_t i = 0; i < text.size(); ++i) {
    Read(text.substr(0, i));
    for (const char byte : {'\0', '"', '{', '}', '$', '\n', '\xFF', '[', '*'}) {
      std::string broken = text;
      broken[i] = byte;
      Read(broken);
    }
  }
}

}  // namespace
}  // namespace dynarock::schema::hcl
