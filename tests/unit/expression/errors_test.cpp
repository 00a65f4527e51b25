#include "expression/errors.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "expression/condition.h"
#include "expression/placeholders.h"

namespace dynarock::expression {
namespace {

TEST(ExpressionErrors, NameCauseAndFacts) {
  struct Case {
    const char* name;
    Error error;
    std::string message;
    Cause cause;
    std::string parameter;
    std::string attribute;
    std::vector<std::string> names;
  };
  const std::string condition = "Invalid ConditionExpression: ";
  const std::vector<Case> cases = {
      {"anything else",
       Invalid(Language::kUpdate, "wrong"),
       "Invalid UpdateExpression: wrong",
       Cause::kInvalidExpression,
       "UpdateExpression",
       "",
       {}},
      {"syntax",
       SyntaxError(Language::kCondition, "(", "a ("),
       condition + "Syntax error; token: \"(\", near: \"a (\"",
       Cause::kSyntaxError,
       "ConditionExpression",
       "",
       {}},
      {"reserved word",
       ReservedWord(Language::kCondition, "name"),
       condition + "Attribute name is a reserved keyword; reserved keyword: name",
       Cause::kReservedWord,
       "ConditionExpression",
       "name",
       {}},
      {"undefined name",
       UndefinedName(Language::kCondition, "#a"),
       condition +
           "An expression attribute name used in the document path is not defined; attribute "
           "name: #a",
       Cause::kUndefinedName,
       "ConditionExpression",
       "",
       {"#a"}},
      {"undefined value",
       UndefinedValue(Language::kCondition, ":a"),
       condition +
           "An expression attribute value used in expression is not defined; attribute value: :a",
       Cause::kUndefinedValue,
       "ConditionExpression",
       "",
       {":a"}},
      {"overlap",
       OverlappingPaths(Language::kProjection, "[a]", "[a, b]"),
       "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or "
       "rewrite one of these paths; path one: [a], path two: [a, b]",
       Cause::kOverlappingPaths,
       "ProjectionExpression",
       "",
       {}},
      {"empty map",
       EmptyPlaceholders("ExpressionAttributeValues"),
       "ExpressionAttributeValues must not be empty",
       Cause::kEmptyPlaceholders,
       "ExpressionAttributeValues",
       "",
       {}},
      {"unused",
       UnusedPlaceholders("ExpressionAttributeNames", {"#a", "#b"}),
       "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}",
       Cause::kUnusedPlaceholder,
       "ExpressionAttributeNames",
       "",
       {"#a", "#b"}},
      {"missed key",
       MissedKeyCondition("pk"),
       "Query condition missed key schema element: pk",
       Cause::kMissedKeyCondition,
       "",
       "pk",
       {}},
      {"path",
       InvalidUpdatePath(),
       "The document path provided in the update expression is invalid for update",
       Cause::kInvalidUpdatePath,
       "",
       "",
       {}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(c.error.message, c.message) << c.name;
    EXPECT_EQ(c.error.kind, ErrorKind::kValidation) << c.name;
    EXPECT_EQ(c.error.cause, c.cause) << c.name;
    EXPECT_EQ(c.error.facts->parameter, c.parameter) << c.name;
    EXPECT_EQ(c.error.facts->attribute, c.attribute) << c.name;
    EXPECT_EQ(c.error.facts->names, c.names) << c.name;
  }
}

TEST(ExpressionErrors, ParsersNameTheCause) {
  struct Case {
    const char* text;
    Cause cause;
  };
  const Case cases[] = {
      {"", Cause::kEmptyExpression},       {"a =", Cause::kSyntaxError},
      {"name = :v", Cause::kReservedWord}, {"#n = :v", Cause::kUndefinedName},
      {"a = :w", Cause::kUndefinedValue},  {"((a = :v))", Cause::kInvalidExpression},
  };
  const std::string bytes("\0", 1);  // NULL
  for (const Case& c : cases) {
    Placeholders placeholders;
    placeholders.AddValue(":v", ValueView(bytes.data()));
    const auto parsed = ParseCondition(Language::kFilter, c.text, placeholders);
    ASSERT_FALSE(parsed) << c.text;
    EXPECT_EQ(parsed.error().cause, c.cause) << c.text;
    EXPECT_EQ(parsed.error().facts->parameter, "FilterExpression") << c.text;
  }
}

}  // namespace
}  // namespace dynarock::expression
