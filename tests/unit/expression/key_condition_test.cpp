#include "expression/key_condition.h"

#include <gtest/gtest.h>

#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

constexpr std::string_view kOperators[] = {"=",  "<",       "<=",          ">",
                                           ">=", "BETWEEN", "begins_with", "?"};

Result<std::vector<KeyTerm>> Terms(std::string_view text, Placeholders& placeholders) {
  auto condition = ParseKeyCondition(text, placeholders);
  if (!condition) return Fail(std::move(condition).error());
  return ReadKeyTerms(*condition, Layer::kOlder);
}

std::string PrintTerm(const KeyTerm& term) {
  std::string text(term.attribute);
  text += ' ';
  text += kOperators[static_cast<size_t>(term.op)];
  text += ' ';
  text += Show(term.value);
  if (term.op == KeyOperator::kBetween) text += ".." + Show(term.upper);
  return text;
}

std::string LongPlaceholders() {
  return R"(#p=pk #s=sk :a="a" :b="b" :n=1 :m=2 :e="" :eb=b"" :t=true :h=")" +
         std::string(2048, 'h') + R"(" :hh=")" + std::string(2049, 'h') + R"(" :r=")" +
         std::string(1024, 'r') + R"(" :rr=")" + std::string(1025, 'r') + R"(" :half=")" +
         std::string(600, 'r') + '"';
}

struct Case {
  std::string_view text;
  std::string_view result;
};

TEST(KeyCondition, Structure) {
  const Case cases[] = {
      {"pk = :a", R"(pk = "a")"},
      {":a = pk", R"(pk = "a")"},
      {"pk = :a AND sk > :n", R"(pk = "a"; sk > 1)"},
      {"pk = :a AND :n < sk", R"(pk = "a"; sk > 1)"},
      {"pk = :a AND :n <= sk", R"(pk = "a"; sk >= 1)"},
      {":n > sk AND :a = pk", R"(sk < 1; pk = "a")"},
      {":n >= sk", "sk <= 1"},
      {"(#p = :a) AND (#s BETWEEN :n AND :m)", R"(pk = "a"; sk BETWEEN 1..2)"},
      {"(#p = :a AND (begins_with(#s, :b)))", R"(pk = "a"; sk begins_with "b")"},
      {"a = :n AND b = :n AND c < :n", "a = 1; b = 1; c < 1"},
      // static errors of the grammar
      {"", "Invalid KeyConditionExpression: The expression can not be empty;"},
      {"pk", R"x(Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "pk")x"},
      {"((pk = :a))", "Invalid KeyConditionExpression: The expression has redundant parentheses;"},
      {"pk = :x",
       "Invalid KeyConditionExpression: An expression attribute value used in expression is not "
       "defined; attribute "
       "value: :x"},
      {"pk = :a AND sk BETWEEN :m AND :n",
       "Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater "
       "than or equal to "
       "lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: "
       "AttributeValue: {N:1}"},
      // structure
      {"pk = :a OR sk = :n", "Invalid operator used in KeyConditionExpression: OR"},
      {"NOT pk = :a", "Invalid operator used in KeyConditionExpression: NOT"},
      {"pk IN (:a)", "Invalid operator used in KeyConditionExpression: IN"},
      {"pk <> :a", "Invalid operator used in KeyConditionExpression: <>"},
      {"attribute_exists(pk)", "Invalid operator used in KeyConditionExpression: attribute_exists"},
      {"attribute_not_exists(pk)",
       "Invalid operator used in KeyConditionExpression: attribute_not_exists"},
      {"attribute_type(pk, :a)",
       "Invalid KeyConditionExpression: Invalid attribute type name found; type: a, valid types: "
       "{B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
      {"pk = :a AND contains(sk, :b)", "Invalid operator used in KeyConditionExpression: contains"},
      {"size(pk) = :n", "KeyConditionExpressions cannot contain nested operations"},
      {":a BETWEEN pk AND sk",
       "Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute "
       "as its first "
       "operand"},
      {"begins_with(:a, pk)",
       "Invalid condition in KeyConditionExpression: begins_with operator must have the key "
       "attribute as its first "
       "operand"},
      {"pk = sk",
       "Invalid condition in KeyConditionExpression: Multiple attribute names used in one "
       "condition"},
      {"pk BETWEEN sk AND :a",
       "Invalid condition in KeyConditionExpression: Multiple attribute names used in one "
       "condition"},
      {"pk.a = :a", "KeyConditionExpressions cannot have conditions on nested attributes"},
      {"pk[0] = :a", "KeyConditionExpressions cannot have conditions on nested attributes"},
      {":a = :b", "Invalid condition in KeyConditionExpression: No key attribute specified"},
      {"pk = :a AND #p = :b", "KeyConditionExpressions must only contain one condition per key"},
  };
  const std::string placeholders_text = LongPlaceholders();
  for (const Case& c : cases) {
    TestPlaceholders placeholders(placeholders_text);
    const auto terms = Terms(c.text, placeholders.get());
    std::string result = terms ? "" : terms.error().message;
    if (terms) {
      for (const KeyTerm& term : *terms) result += (result.empty() ? "" : "; ") + PrintTerm(term);
    }
    EXPECT_EQ(result, c.result) << c.text;
  }
}

std::string Fit(std::string_view text, std::span<const KeyAttribute> schema) {
  const std::string placeholders_text = LongPlaceholders();
  TestPlaceholders placeholders(placeholders_text);
  const auto terms = Terms(text, placeholders.get());
  if (!terms) return terms.error().message;
  const Result<KeyQuery> query = ResolveKeyTerms(*terms, schema);
  if (!query) return query.error().message;
  std::string result;
  for (const ValueView value : query->hash) result += Show(value) + " ";
  result += "|";
  for (const ValueView value : query->range_equal) result += " " + Show(value);
  if (query->range) result += " " + PrintTerm(*query->range);
  return result.size() > 100 ? "(long)" : result;
}

TEST(KeyCondition, OneHashAndOneRange) {
  const KeyAttribute schema[] = {{"pk", Type::kString, true}, {"sk", Type::kString, false}};
  const std::string type =
      "One or more parameter values were invalid: Condition parameter type does not match schema "
      "type";
  const std::string empty =
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
      "contain an empty "
      "string value. Key: ";
  const std::string range_size =
      "One or more parameter values were invalid: Aggregated size of all range keys has exceeded "
      "the size limit of "
      "1024 bytes";
  const std::pair<std::string_view, std::string> cases[] = {
      {"pk = :a", R"("a" |)"},
      {"pk = :a AND sk = :b", R"("a" | "b")"},
      {"sk = :b AND pk = :a", R"("a" | "b")"},
      {"pk = :a AND sk >= :b", R"("a" | sk >= "b")"},
      {"pk = :a AND sk BETWEEN :a AND :b", R"("a" | sk BETWEEN "a".."b")"},
      {"sk = :b", "Query condition missed key schema element: pk"},
      {"x = :b", "Query condition missed key schema element: pk"},
      {"pk = :a AND x = :b", "Query condition missed key schema element: sk"},
      {"sk = :a AND x = :b", "Query condition missed key schema element: pk"},
      {"pk = :a AND sk = :b AND x = :a", "Conditions can be of length 1 or 2 only"},
      {"pk = :n", type},
      {"pk > :n", type},
      {"pk = :a AND sk < :n", type},
      {"pk = :a AND sk = :t", type},
      {"pk > :a", "Query key condition not supported"},
      {"begins_with(pk, :a)", "Query key condition not supported"},
      {"pk = :e", empty + "pk"},
      {"pk = :a AND sk > :e", empty + "sk"},
      {"pk = :a AND begins_with(sk, :e)", empty + "sk"},
      {"pk = :a AND sk BETWEEN :e AND :b", empty + "sk"},
      {"pk = :h AND sk = :r", "(long)"},
      {"pk = :hh",
       "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size "
       "limit of2048 bytes"},
      {"pk = :a AND sk = :rr", range_size},
      {"pk = :a AND sk BETWEEN :a AND :rr", range_size},
  };
  for (const auto& [text, result] : cases) EXPECT_EQ(Fit(text, schema), result) << text;
}

TEST(KeyCondition, HashOnly) {
  const KeyAttribute schema[] = {{"pk", Type::kBinary, true}};
  EXPECT_EQ(Fit("pk = :eb", schema),
            "One or more parameter values are not valid. The AttributeValue for a key attribute "
            "cannot contain an "
            "empty binary value. Key: pk");
  EXPECT_EQ(Fit("pk = :a AND sk = :b", schema), "Query key condition not supported");
  EXPECT_EQ(Fit("sk = :b", schema), "Query condition missed key schema element: pk");
}

TEST(KeyCondition, SeveralAttributes) {
  const KeyAttribute schema[] = {{"h1", Type::kString, true},
                                 {"h2", Type::kNumber, true},
                                 {"r1", Type::kString, false},
                                 {"r2", Type::kString, false},
                                 {"r3", Type::kNumber, false}};
  const std::string equality = " must have equality conditions specified in the query";
  const std::string gap =
      " must have equality conditions specified in the query because a condition is present on key "
      "attribute ";
  const std::pair<std::string_view, std::string> cases[] = {
      {"h1 = :a AND h2 = :n", R"("a" 1 |)"},
      {"r1 = :b AND h2 = :n AND h1 = :a", R"("a" 1 | "b")"},
      {"h1 = :a AND h2 = :n AND r1 > :b", R"("a" 1 | r1 > "b")"},
      {"h1 = :a AND h2 = :n AND r1 = :a AND begins_with(r2, :b)",
       R"("a" 1 | "a" r2 begins_with "b")"},
      {"h1 = :a AND h2 = :n AND r1 = :a AND r2 = :b AND r3 < :m", R"("a" 1 | "a" "b" r3 < 2)"},
      {"h1 = :a", "HASH key attributes h2" + equality},
      {"h2 = :n AND r1 = :a", "HASH key attributes h1" + equality},
      {"r1 = :a", "HASH key attributes h1, h2" + equality},
      {"h1 = :a AND x = :a", "HASH key attributes h2" + equality},
      {"h1 = :a AND h2 = :n AND x = :a", "Query condition missed key schema element: r1"},
      {"h1 = :a AND h2 = :n AND r1 = :a AND x = :a",
       "Query condition missed key schema element: r2"},
      {"h1 = :a AND h2 > :n", "HASH key attributes h2" + equality},
      {"h1 = :a AND h2 = :b",
       "One or more parameter values were invalid: Condition parameter type does not match schema "
       "type"},
      {"h1 = :a AND h2 = :n AND r2 = :b", "RANGE key attributes r1" + gap + "r2"},
      {"h1 = :a AND h2 = :n AND r1 = :a AND r3 > :n", "RANGE key attributes r2" + gap + "r3"},
      {"h1 = :a AND h2 = :n AND r1 > :a AND r2 = :b", "RANGE key attributes r1" + gap + "r2"},
      {"h1 = :a AND h2 = :n AND r1 = :half AND r2 = :half",
       "One or more parameter values were invalid: Aggregated size of all range keys has exceeded "
       "the size limit of "
       "1024 bytes"},
      {"h1 = :a AND h2 = :n AND r1 = :half", "(long)"},
  };
  for (const auto& [text, result] : cases) EXPECT_EQ(Fit(text, schema), result) << text;
}

}  // namespace
}  // namespace dynarock::expression
