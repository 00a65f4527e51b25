#include "server/schema/hcl/function.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/hcl/evaluation.h"

namespace dynarock::schema::hcl {
namespace {

// One expression a row: the examples of Terraform's documentation, as far as it has them.
TEST(FunctionTest, Computes) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"abs(-12.4)", "12.4"},
      {"ceil(5.1)", "6"},
      {"floor(-4.9)", "-5"},
      {"max(12, 54, 3)", "54"},
      {"min(12, 54, 3)", "3"},
      {"parseint(\"100\", 10)", "100"},
      {"parseint(\"FF\", 16)", "255"},
      {"parseint(\"-10\", 2)", "-2"},
      {"pow(3, 2)", "9"},
      {"log(8, 2)", "3"},
      {"signum(-13)", "-1"},
      {"sum([10, 13, 6, 4.5])", "33.5"},
      {"chomp(\"hello\\r\\n\\n\")", "\"hello\""},
      {"endswith(\"hello world\", \"world\")", "true"},
      {"startswith(\"hello world\", \"world\")", "false"},
      {"strcontains(\"hello world\", \"wor\")", "true"},
      {"format(\"Hello, %s!\", \"Ander\")", "\"Hello, Ander!\""},
      {"format(\"%d%% of %5.1f, %05d|%-4s|%t %q %v\", 3, 2.25, 42, \"a\", true, \"x\", [1])",
       "\"3% of   2.2, 00042|a   |true \\\"x\\\" [1]\""},
      {"format(\"%x %X %o %b %+d\", 255, 255, 8, 5, 1)", "\"ff FF 10 101 +1\""},
      {"formatlist(\"%s-%s\", \"a\", [\"b\", \"c\"])", "[\"a-b\",\"a-c\"]"},
      {"indent(2, \"a\\nb\")", "\"a\\n  b\""},
      {"join(\", \", [\"foo\", \"bar\", \"baz\"])", "\"foo, bar, baz\""},
      {"join(\"-\", [\"a\"], [1])", "\"a-1\""},
      {"lower(\"HELLO\")", "\"hello\""},
      {"replace(\"Ab_c-\u00e9.9\", \"/[^-a-zA-Z0-9]/\", \"\")", "\"Abc-9\""},
      {"replace(\"a__b_\", \"/[_]+/\", \"-\")", "\"a-b-\""},
      {"replace(\"1 + 2 + 3\", \"+\", \"-\")", "\"1 - 2 - 3\""},
      {"split(\",\", \"foo,bar,\")", "[\"foo\",\"bar\",\"\"]"},
      {"split(\",\", \"\")", "[\"\"]"},
      {"strrev(\"h\\u00e9llo\")", "\"oll\xC3\xA9h\""},
      {"substr(\"hello world\", 1, 4)", "\"ello\""},
      {"substr(\"hello world\", -5, -1)", "\"world\""},
      {"title(\"hello world\")", "\"Hello World\""},
      {"trim(\"?!hello?!\", \"!?\")", "\"hello\""},
      {"trimprefix(\"helloworld\", \"hello\")", "\"world\""},
      {"trimsuffix(\"helloworld\", \"world\")", "\"hello\""},
      {"trimspace(\"  hello\\n\\n\")", "\"hello\""},
      {"upper(\"hello\")", "\"HELLO\""},
      {"alltrue([true, \"true\"])", "true"},
      {"anytrue([false, true])", "true"},
      {"chunklist([\"a\", \"b\", \"c\"], 2)", "[[\"a\",\"b\"],[\"c\"]]"},
      {"coalesce(null, \"\", \"b\")", "\"b\""},
      {"coalescelist([], [\"c\"])", "[\"c\"]"},
      {"compact([\"a\", \"\", null, \"b\"])", "[\"a\",\"b\"]"},
      {"concat([\"a\"], [\"b\", \"c\"], [])", "[\"a\",\"b\",\"c\"]"},
      {"contains([\"a\", \"b\"], \"a\")", "true"},
      {"distinct([\"a\", \"b\", \"a\"])", "[\"a\",\"b\"]"},
      {"element([\"a\", \"b\", \"c\"], 4)", "\"b\""},
      {"element([\"a\", \"b\", \"c\"], -1)", "\"c\""},
      {"flatten([[\"a\", [\"b\"]], [], [\"c\"]])", "[\"a\",\"b\",\"c\"]"},
      {"index([\"a\", \"b\"], \"b\")", "1"},
      {"keys({b = 1, a = 2})", "[\"a\",\"b\"]"},
      {"values({b = 1, a = 2})", "[2,1]"},
      {"length(\"\\u00e9a\")", "2"},
      {"length({a = 1})", "1"},
      {"lookup({a = \"ay\"}, \"c\", \"what?\")", "\"what?\""},
      {"matchkeys([\"i\", \"j\"], [\"a\", \"b\"], [\"b\"])", "[\"j\"]"},
      {"merge({a = 1, b = 2}, null, {b = 3})", "{a:1,b:3}"},
      {"one([\"a\"])", "\"a\""},
      {"one([])", "null"},
      {"range(3)", "[0,1,2]"},
      {"range(1, 4)", "[1,2,3]"},
      {"range(4, 1, -1)", "[4,3,2]"},
      {"range(0)", "[]"},
      {"reverse([1, 2])", "[2,1]"},
      {"slice([\"a\", \"b\", \"c\"], 1, 2)", "[\"b\"]"},
      {"sort([\"e\", \"d\", 1])", "[\"1\",\"d\",\"e\"]"},
      {"transpose({a = [\"1\", \"2\"], b = [\"2\"]})", "{1:[\"a\"],2:[\"a\",\"b\"]}"},
      {"zipmap([\"a\", \"b\"], [1, 2])", "{a:1,b:2}"},
      {"setintersection([\"a\", \"b\"], [\"b\", \"c\"])", "[\"b\"]"},
      {"setproduct([\"a\", \"b\"], [1, 2])", "[[\"a\",1],[\"a\",2],[\"b\",1],[\"b\",2]]"},
      {"setsubtract([\"a\", \"b\"], [\"b\"])", "[\"a\"]"},
      {"setunion([\"b\", \"a\"], [\"b\"])", "[\"a\",\"b\"]"},
      {"toset([\"b\", \"a\", \"b\"])", "[\"a\",\"b\"]"},
      {"tolist(toset([\"b\", \"a\"]))", "[\"a\",\"b\"]"},
      {"tomap({a = 1})", "{a:1}"},
      {"tostring(1.50)", "\"1.5\""},
      {"tonumber(\"12\")", "12"},
      {"tobool(\"true\")", "true"},
      {"sensitive(\"a\")", "\"a\""},
      {"jsonencode({b = [1, \"x\"], a = null})", "\"{\\\"a\\\":null,\\\"b\\\":[1,\\\"x\\\"]}\""},
      {"jsondecode(\"{\\\"a\\\": [1, -2.5e1, true, null, \\\"$${x} \\\\u0041\\\"]}\")",
       "{a:[1,-25,true,null,\"${x} A\"]}"},
      {"core::lower(\"A\")", "\"a\""},
  };
  for (const auto& [expression, expected] : cases) {
    EXPECT_EQ(Evaluate(expression), expected) << expression;
  }
}

TEST(FunctionTest, Refuses) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"join(\",\", \"a\")", "join(): argument 2 must be a list or set, and this is a string"},
      {"upper([])", "upper(): argument 1 must be a string, and this is a list"},
      {"merge([])", "merge(): argument 1 must be a map or object, and this is a list"},
      {"lookup({}, \"a\")", "lookup(): the map has no key \"a\", and there is no default"},
      {"element([], 1)", "element(): the list has no elements"},
      {"range(5, 1, 1)", "range(): the step must lead from the start to the limit"},
      {"tonumber(\"x\")", "tonumber(): this is not a number"},
      {"tobool(\"yes\")", "tobool(): argument 1 must be true or false, and this is a string"},
      {"format(\"%d\", \"x\")", "format(): %d needs a number, and this is a string"},
      {"format(\"%s\")", "format(): the format needs more arguments than there are"},
      {"format(\"a\", 1)", "format(): there are more arguments than the format has verbs"},
      {"format(\"%z\", 1)", "format(): %z is not a verb of format()"},
      {"jsondecode(\"{a: 1}\")",
       "jsondecode(): the text is not JSON: Expected the name of a member in quotes, but there is "
       "`a`"},
      {"slice([1], 0, 2)", "slice(): the indexes are out of range: the list has 1 elements"},
      {"one([1, 2])", "one(): the list has more than one element"},
      {"coalesce(null)", "coalesce(): no argument has a value"},
      {"parseint(\"9\", 8)", "parseint(): \"9\" is not a number in this base"},
      {"zipmap([\"a\"], [])", "zipmap(): the lists must be of one length"},
      {"list(\"a\")",
       "Call to function \"list\" failed: the \"list\" function was deprecated in Terraform v0.12 "
       "and "
       "is no longer available; use tolist([ ... ]) syntax to write a literal list."},
      {"map(\"a\", 1)",
       "Call to function \"map\" failed: the \"map\" function was deprecated in Terraform v0.12 "
       "and is "
       "no longer available; use tomap({ ... }) syntax to write a literal map."},
  };
  for (const auto& [expression, expected] : cases) {
    EXPECT_EQ(Evaluate(expression), std::string("e:1:1: ") + expected) << expression;
  }
}

}  // namespace
}  // namespace dynarock::schema::hcl
