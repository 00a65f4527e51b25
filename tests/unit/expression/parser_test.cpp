// What texts mean: the tree behind an expression, printed with every parenthesis.
#include <gtest/gtest.h>

#include "expression/condition.h"
#include "expression/projection.h"
#include "expression/update.h"
#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

struct Case {
  std::string_view text;
  std::string_view tree;
};

constexpr std::string_view kPlaceholders =
    R"(#a=alpha #b=b.eta #0=zero :v=1 :w=2 :s="x" :l=[1] :t="SS" :x_9=null)";

std::string Tree(std::string_view text) {
  TestPlaceholders placeholders(kPlaceholders);
  const Result<Condition> condition =
      ParseCondition(Language::kCondition, text, placeholders.get());
  return condition ? Print(*condition) : condition.error().message;
}

TEST(Parser, Conditions) {
  const Case cases[] = {
      // comparisons
      {"a=:v", "(a = {N:1})"},
      {" a\t<>\r\n:v ", "(a <> {N:1})"},
      {"a<b", "(a < b)"},
      {"a<=b", "(a <= b)"},
      {"a>b", "(a > b)"},
      {"a>=:v", "(a >= {N:1})"},
      {":v = :w", "({N:1} = {N:2})"},
      {":x_9 = under_1", "({NULL:true} = under_1)"},
      {"a BETWEEN :v AND :w", "(a BETWEEN {N:1} AND {N:2})"},
      {"a between b and c", "(a BETWEEN b AND c)"},
      {"a IN (:v)", "(a IN ({N:1}))"},
      {"a in(:v,:w , b)", "(a IN ({N:1}, {N:2}, b))"},
      {"(a) IN ((:v), b)", "(a IN ({N:1}, b))"},
      // paths
      {"#a.#b[3].c = #0", "(alpha.b.eta[3].c = zero)"},
      {"a[ 1 ] [2] . b = c", "(a[1][2].b = c)"},
      {"a[ 70 ] = c", "(a[70] = c)"},
      // precedence
      {"NOT a = b AND c = d", "((NOT (a = b)) AND (c = d))"},
      {"a = b AND c = d OR e = f", "(((a = b) AND (c = d)) OR (e = f))"},
      {"a = b OR c = d AND e = f", "((a = b) OR ((c = d) AND (e = f)))"},
      {"a = b OR c = d OR e = f", "(((a = b) OR (c = d)) OR (e = f))"},
      {"a = b AND c = d AND e = f", "(((a = b) AND (c = d)) AND (e = f))"},
      {"a = b AND (c = d OR e = f)", "((a = b) AND ((c = d) OR (e = f)))"},
      {"NOT NOT a = b", "(NOT (NOT (a = b)))"},
      {"not (a = b or c = d)", "(NOT ((a = b) OR (c = d)))"},
      {"a = b OR NOT c = d AND e = f", "((a = b) OR ((NOT (c = d)) AND (e = f)))"},
      {"a BETWEEN b AND c AND d = e", "((a BETWEEN b AND c) AND (d = e))"},
      {"NOT a BETWEEN b AND c OR d = e", "((NOT (a BETWEEN b AND c)) OR (d = e))"},
      {"a IN (b) AND c = d", "((a IN (b)) AND (c = d))"},
      // parentheses
      {"(a = b)", "(a = b)"},
      {"(a) = (b)", "(a = b)"},
      {"(a = b) AND (c = d)", "((a = b) AND (c = d))"},
      {"(a = b AND (c = d))", "((a = b) AND (c = d))"},
      {"((a) = b)", "(a = b)"},
      {"(NOT (a = b))", "(NOT (a = b))"},
      {"a BETWEEN (b) AND (c)", "(a BETWEEN b AND c)"},
      {"(size(a)) > (:v)", "(size(a) > {N:1})"},
      // functions
      {"attribute_exists(a.b)", "attribute_exists(a.b)"},
      {"attribute_not_exists ( a )", "attribute_not_exists(a)"},
      {"attribute_type(a, :t)", "attribute_type(a, {S:SS})"},
      {"begins_with(a, :s) OR contains(a, :v)", "(begins_with(a, {S:x}) OR contains(a, {N:1}))"},
      {"(contains(a, b))", "contains(a, b)"},
      {"size(a) = :v", "(size(a) = {N:1})"},
      {":v < size(:l)", "({N:1} < size({L:[{N:1}]}))"},
      {"a BETWEEN size(b) AND size(c)", "(a BETWEEN size(b) AND size(c))"},
      {"contains(a, size(b))", "contains(a, size(b))"},
      {"size((a)) = b", "(size(a) = b)"},
      {"NOT contains(a, b) AND c = d", "((NOT contains(a, b)) AND (c = d))"},
      {"a IN (size(b))", "(a IN (size(b)))"},
      // names of functions are attribute names too
      {"contains = begins_with", "(contains = begins_with)"},
      {"notx = android", "(notx = android)"},
  };
  for (const Case& c : cases) EXPECT_EQ(Tree(c.text), c.tree) << c.text;
}

TEST(Parser, Updates) {
  const Case cases[] = {
      {"SET a = :v", "SET a = {N:1}"},
      {"set a=:v,b.c[1]=d", "SET a = {N:1}; SET b.c[1] = d"},
      {"SET a = a + :v", "SET a = (a + {N:1})"},
      {"SET a = :v - b", "SET a = ({N:1} - b)"},
      {"SET a = (:v - b)", "SET a = ({N:1} - b)"},
      {"SET a = (b)", "SET a = b"},
      {"SET a = (b) + (c)", "SET a = (b + c)"},
      {"SET a = if_not_exists(b, :v) + :w", "SET a = (if_not_exists(b, {N:1}) + {N:2})"},
      {"SET a = :w + if_not_exists(b, c)", "SET a = ({N:2} + if_not_exists(b, c))"},
      {"SET a = list_append(if_not_exists(a, :l), :l)",
       "SET a = list_append(if_not_exists(a, {L:[{N:1}]}), {L:[{N:1}]})"},
      {"SET a = if_not_exists(b, if_not_exists(c, d)), e = list_append(f, g)",
       "SET a = if_not_exists(b, if_not_exists(c, d)); SET e = list_append(f, g)"},
      {"REMOVE a, b[1], c.d", "REMOVE a; REMOVE b[1]; REMOVE c.d"},
      {"ADD a :v, b.c :w", "ADD a {N:1}; ADD b.c {N:2}"},
      {"REMOVE a SET b = :v ADD c :w", "REMOVE a; SET b = {N:1}; ADD c {N:2}"},
      {"SET #a = :v REMOVE #b", "SET alpha = {N:1}; REMOVE b.eta"},
  };
  for (const Case& c : cases) {
    TestPlaceholders placeholders(kPlaceholders);
    const Result<Update> update = ParseUpdate(c.text, placeholders.get());
    EXPECT_EQ(update ? Print(*update) : update.error().message, c.tree) << c.text;
  }
}

TEST(Parser, Projections) {
  const Case cases[] = {
      {"a", "a"},
      {" a , b.c , #a[2] ", "a, b.c, alpha[2]"},
      {"#b, b.eta", "b.eta, b.eta"},  // "b.eta" is one name behind #b
  };
  for (const Case& c : cases) {
    TestPlaceholders placeholders(kPlaceholders);
    const Result<Projection> projection = ParseProjection(c.text, placeholders.get());
    EXPECT_EQ(projection ? Print(*projection) : projection.error().message, c.tree) << c.text;
  }
}

TEST(Parser, PathsInOrderOfAppearance) {
  TestPlaceholders placeholders(kPlaceholders);
  const Condition condition =
      ParseCondition(Language::kCondition, "a.b = c AND (size(d) > :v OR a.b IN (e[0]))",
                     placeholders.get())
          .value();
  std::string paths;
  for (const Path path : condition.paths()) paths += PrintPath(path);
  EXPECT_EQ(paths, "[a, b][c][d][a, b][e, [0]]");
}

// 4096 bytes of nesting must not need stack in proportion.
TEST(Parser, DeepNesting) {
  TestPlaceholders placeholders(kPlaceholders);
  const auto repeat = [](std::string_view text, size_t n) {
    std::string out;
    while (n-- > 0) out += text;
    return out;
  };
  const auto condition = [&](const std::string& text) {
    return ErrorOf(ParseCondition(Language::kCondition, text, placeholders.get()));
  };
  EXPECT_EQ(condition(repeat("(", 2040) + "a=b" + repeat(")", 2040)),
            "Invalid ConditionExpression: The expression has redundant parentheses;");
  EXPECT_EQ(condition(repeat("(", 4096)),
            "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"(\"");
  EXPECT_EQ(condition(repeat("NOT ", 299) + "a=b"), "(no error)");
  EXPECT_EQ(condition(repeat("NOT(", 299) + "a=b" + repeat(")", 299)), "(no error)");
  EXPECT_EQ(condition(repeat("NOT(", 800) + "a=b" + repeat(")", 800)),
            "Invalid ConditionExpression: The expression contains too many operators; operator "
            "count: 301");
  EXPECT_EQ(condition(repeat("size(", 290) + "a" + repeat(")", 290) + "=b"),
            "Invalid ConditionExpression: Incorrect operand type for operator or function; "
            "operator or function: "
            "size, operand type: N");
  EXPECT_EQ(condition(repeat("size(", 800) + "a"),
            "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"a\"");
  EXPECT_EQ(ErrorOf(ParseUpdate("SET a=" + repeat("(", 2040) + "b" + repeat(")", 2040),
                                placeholders.get())),
            "Invalid UpdateExpression: The expression has redundant parentheses;");
  // The update borrows its text.
  const std::string nested =
      "SET a=" + repeat("if_not_exists(absent,", 150) + "c" + repeat(")", 150);
  const Result<Update> update = ParseUpdate(nested, placeholders.get());
  ASSERT_EQ(ErrorOf(update), "(no error)");
  const std::string item = Item("{b: [1], c: [2]}");
  const Result<UpdateOutcome> outcome = update->Apply(ItemView(item), ItemView(item));
  ASSERT_TRUE(outcome);
  EXPECT_EQ(ItemView(outcome->item).Find("a")->count(), 1u);
}

}  // namespace
}  // namespace dynarock::expression
