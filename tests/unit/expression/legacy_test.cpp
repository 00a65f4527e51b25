#include "expression/legacy.h"

#include <gtest/gtest.h>

#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";

// Keeps the bytes of the values of a test case.
class Values {
 public:
  ValueView One(std::string_view text) {
    return ValueView(kept_.emplace_back(std::make_unique<std::string>(EncodedValue(text)))->data());
  }
  // "[a, b]" as a list of values.
  std::vector<ValueView> List(std::string_view text) {
    std::vector<ValueView> values;
    for (const ValueView value : One(text).list()) values.push_back(value);
    return values;
  }

 private:
  std::vector<std::unique_ptr<std::string>> kept_;
};

TEST(Legacy, OperatorNames) {
  for (const char* name : {"EQ", "NE", "LT", "LE", "GT", "GE", "BETWEEN", "IN", "BEGINS_WITH",
                           "CONTAINS", "NOT_CONTAINS", "NULL", "NOT_NULL"}) {
    ASSERT_TRUE(ComparisonOperatorFromName(name)) << name;
    EXPECT_EQ(Name(*ComparisonOperatorFromName(name)), name);
  }
  EXPECT_FALSE(ComparisonOperatorFromName("eq"));
}

TEST(Legacy, Filters) {
  const std::string item =
      Item(R"({n: 5, s: "hello", t: true, l: [1, "x"], ss: s<"a", "b">, a.b: 1})");
  struct Case {
    std::string_view attribute;
    std::string_view op;
    std::string_view values;
    std::string result;  // "yes", "no" or the error
  };
  const std::string count = std::string(kInvalid) + "Invalid number of argument(s) for the ";
  const std::string type = std::string(kInvalid) + "ComparisonOperator ";
  const Case cases[] = {
      {"n", "EQ", "[5.0]", "yes"},
      {"n", "EQ", "[6]", "no"},
      {"t", "EQ", "[true]", "yes"},
      {"ss", "EQ", R"([s<"b", "a">])", "yes"},
      {"l", "EQ", R"([[1, "x"]])", "yes"},
      {"a.b", "EQ", "[1]", "yes"},
      {"gone", "EQ", "[1]", "no"},
      {"n", "NE", "[6]", "yes"},
      {"n", "NE", "[5]", "no"},
      {"n", "NE", R"(["5"])", "yes"},
      {"gone", "NE", "[1]", "yes"},
      {"n", "LT", "[6]", "yes"},
      {"n", "LE", "[4]", "no"},
      {"n", "GT", "[4]", "yes"},
      {"n", "GE", R"(["4"])", "no"},
      {"n", "BETWEEN", "[4, 6]", "yes"},
      {"gone", "BETWEEN", "[4, 6]", "no"},
      {"n", "IN", "[4, 5]", "yes"},
      {"n", "IN", "[4]", "no"},
      {"s", "BEGINS_WITH", R"(["he"])", "yes"},
      {"s", "CONTAINS", R"(["ell"])", "yes"},
      {"ss", "CONTAINS", R"(["a"])", "yes"},
      {"l", "CONTAINS", "[1]", "yes"},
      {"s", "NOT_CONTAINS", R"(["ell"])", "no"},
      {"s", "NOT_CONTAINS", R"(["q"])", "yes"},
      {"n", "NOT_CONTAINS", R"(["q"])", "yes"},
      {"gone", "NOT_CONTAINS", R"(["q"])", "no"},
      {"gone", "NULL", "[]", "yes"},
      {"n", "NULL", "[]", "no"},
      {"n", "NOT_NULL", "[]", "yes"},
      {"n", "EQ", "[]", count + "EQ ComparisonOperator"},
      {"n", "LT", "[1, 2]", count + "LT ComparisonOperator"},
      {"n", "BETWEEN", "[1]", count + "BETWEEN ComparisonOperator"},
      {"n", "IN", "[]", count + "IN ComparisonOperator"},
      {"n", "NULL", "[1]", count + "NULL ComparisonOperator"},
      {"n", "BETWEEN", R"([1, "2"])",
       std::string(kInvalid) + "AttributeValues inside AttributeValueList must be of same type"},
      {"n", "IN", "[1, true, 2]", type + "IN is not valid for BOOL AttributeValue type"},
      {"n", "LT", "[true]", type + "LT is not valid for BOOL AttributeValue type"},
      {"n", "IN", "[[1]]", type + "IN is not valid for L AttributeValue type"},
      {"n", "BEGINS_WITH", "[1]", type + "BEGINS_WITH is not valid for N AttributeValue type"},
      {"n", "CONTAINS", R"([s<"a">])", type + "CONTAINS is not valid for SS AttributeValue type"},
      {"n", "BETWEEN", "[6, 5]",
       "The BETWEEN condition was provided a range where the lower bound is greater than the upper "
       "bound"},
  };
  for (const Case& c : cases) {
    Values values;
    const LegacyCondition entry{c.attribute, *ComparisonOperatorFromName(c.op),
                                values.List(c.values)};
    const Result<> checked = CheckCondition(entry);
    const Condition condition = FromFilter({&entry, 1}, ConditionalOperator::kAnd);
    const std::string result = !checked                            ? checked.error().message
                               : condition.Matches(ItemView(item)) ? "yes"
                                                                   : "no";
    EXPECT_EQ(result, c.result) << c.attribute << ' ' << c.op << ' ' << c.values;
  }
}

TEST(Legacy, ConditionalOperatorJoins) {
  Values values;
  const LegacyCondition entries[] = {
      {"a", ComparisonOperator::kEq, values.List("[1]")},
      {"b.c", ComparisonOperator::kNotContains, values.List(R"(["x"])")},
      {"d", ComparisonOperator::kNull, {}}};
  EXPECT_EQ(
      Print(FromFilter(entries, ConditionalOperator::kAnd)),
      "(((a = {N:1}) AND (attribute_exists(b.c) AND (NOT contains(b.c, {S:x})))) AND attribute_not_exists(d))");
  const Condition either = FromFilter(entries, ConditionalOperator::kOr);
  EXPECT_EQ(
      Print(either),
      "(((a = {N:1}) OR (attribute_exists(b.c) AND (NOT contains(b.c, {S:x})))) OR attribute_not_exists(d))");
  const std::string item = Item(R"({a: 2, b.c: "x", d: 1})");
  EXPECT_FALSE(either.Matches(ItemView(item)));
  EXPECT_TRUE(either.Matches(std::nullopt));
  EXPECT_EQ(PrintPath(either.paths()[1]), "[b.c]");
  EXPECT_TRUE(FromFilter({}, ConditionalOperator::kAnd).Matches(std::nullopt));
}

TEST(Legacy, Expected) {
  Values values;
  const ValueView five = values.One("5");
  const std::vector<ValueView> list = values.List("[5]");
  const std::vector<ValueView> range = values.List("[6, 5]");
  const std::string item = Item("{n: 5}");
  const auto eq = ComparisonOperator::kEq;
  struct Case {
    LegacyExpected entry;
    std::string result;
  };
  const Case cases[] = {
      {{"n", {}, {}, five, {}}, "yes"},
      {{"n", {}, true, five, {}}, "yes"},
      {{"x", {}, true, five, {}}, "no"},
      {{"n", {}, false, {}, {}}, "no"},
      {{"x", {}, false, {}, {}}, "yes"},
      {{"n", eq, {}, five, {}}, "yes"},
      {{"n", eq, {}, {}, list}, "yes"},
      {{"n", ComparisonOperator::kNotNull, {}, {}, {}}, "yes"},
      {{"n", ComparisonOperator::kNull, {}, {}, {}}, "no"},
      {{"n", ComparisonOperator::kGt, {}, five, {}}, "no"},
      {{"n", {}, {}, five, list},
       "Value and AttributeValueList cannot be used together for Attribute: n"},
      {{"n", eq, true, five, {}},
       "Exists and ComparisonOperator cannot be used together for Attribute: n"},
      {{"n", eq, {}, {}, {}},
       "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: n"},
      {{"n", ComparisonOperator::kNull, {}, five, {}},
       "Invalid number of argument(s) for the NULL ComparisonOperator"},
      {{"n", ComparisonOperator::kBetween, {}, five, {}},
       "Invalid number of argument(s) for the BETWEEN ComparisonOperator"},
      {{"n", {}, {}, {}, list},
       "AttributeValueList can only be used with a ComparisonOperator for Attribute: n"},
      {{"n", {}, true, {}, {}}, "Value must be provided when Exists is true for Attribute: n"},
      {{"n", {}, {}, {}, {}}, "Value must be provided when Exists is null for Attribute: n"},
      {{"n", {}, false, five, {}}, "Value cannot be used when Exists is false for Attribute: n"},
  };
  for (const Case& c : cases) {
    const Result<Condition> condition = FromExpected({&c.entry, 1}, ConditionalOperator::kAnd);
    if (condition) {
      EXPECT_EQ(condition->Matches(ItemView(item)) ? "yes" : "no", c.result);
    } else {
      EXPECT_EQ(condition.error().message, std::string(kInvalid) + c.result);
    }
  }
  const LegacyExpected wrong_range{"n", ComparisonOperator::kBetween, {}, {}, range};
  EXPECT_EQ(ErrorOf(FromExpected({&wrong_range, 1}, ConditionalOperator::kAnd)),
            "The BETWEEN condition was provided a range where the lower bound is greater than the "
            "upper bound");
}

TEST(Legacy, KeyConditions) {
  Values values;
  const KeyAttribute schema[] = {{"pk", Type::kString, true}, {"sk", Type::kNumber, false}};
  const auto resolve = [&](std::vector<LegacyCondition> entries) {
    for (const LegacyCondition& entry : entries) {
      if (const auto checked = CheckCondition(entry); !checked) return checked.error().message;
    }
    const auto terms = FromKeyConditions(entries);
    const auto query = ResolveKeyTerms(terms, schema);
    if (!query) return query.error().message;
    return std::to_string(query->hash.size()) + " " + std::to_string(query->range_equal.size()) +
           " " + (query->range ? Show(query->range->value) : "-");
  };
  const LegacyCondition pk{"pk", ComparisonOperator::kEq, values.List(R"(["a"])")};
  EXPECT_EQ(resolve({pk}), "1 0 -");
  EXPECT_EQ(resolve({pk, {"sk", ComparisonOperator::kEq, values.List("[1]")}}), "1 1 -");
  EXPECT_EQ(resolve({pk, {"sk", ComparisonOperator::kBetween, values.List("[1, 2]")}}), "1 0 1");
  for (const auto op : {ComparisonOperator::kNe, ComparisonOperator::kIn,
                        ComparisonOperator::kContains, ComparisonOperator::kNotContains}) {
    EXPECT_EQ(resolve({pk, {"sk", op, values.List("[1]")}}),
              "Attempted conditional constraint is not an indexable operation");
  }
  EXPECT_EQ(resolve({pk, {"sk", ComparisonOperator::kNotNull, {}}}),
            "Attempted conditional constraint is not an indexable operation");
  EXPECT_EQ(resolve({pk, {"sk", ComparisonOperator::kBeginsWith, values.List("[1]")}}),
            std::string(kInvalid) +
                "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type");
  EXPECT_EQ(resolve({}), "Conditions can be of length 1 or 2 only");
  EXPECT_EQ(resolve({{"pk", ComparisonOperator::kGt, values.List(R"(["a"])")}}),
            "Query key condition not supported");
}

TEST(Legacy, AttributeUpdates) {
  struct Case {
    std::string_view attribute;
    LegacyAction action;
    std::string_view value;  // empty: none
    std::string_view old;    // empty: an absent item
    std::string result;
  };
  constexpr std::string_view kOld =
      R"({pk: "k", n: 1, s: "x", ss: s<"a", "b">, l: [1], m: {a: 1}})";
  const std::string invalid(kInvalid);
  const Case cases[] = {
      {"n", LegacyAction::kPut, "5", kOld,
       R"({l: [1], m: {a: 1}, n: 5, pk: "k", s: "x", ss: s<"a", "b">})"},
      {"m.a", LegacyAction::kPut, "5", R"({pk: "k"})", R"({m.a: 5, pk: "k"})"},
      {"n", LegacyAction::kAdd, "5", R"({n: 1})", "{n: 6}"},
      {"n", LegacyAction::kAdd, "5", R"({pk: "k"})", R"({n: 5, pk: "k"})"},
      {"ss", LegacyAction::kAdd, R"(s<"c">)", R"({ss: s<"a">})", R"({ss: s<"a", "c">})"},
      {"l", LegacyAction::kAdd, "[2, 3]", "{l: [1]}", "{l: [1, 2, 3]}"},
      {"l", LegacyAction::kAdd, "[2]", R"({pk: "k"})", R"({l: [2], pk: "k"})"},
      {"s", LegacyAction::kAdd, "5", R"({s: "x"})", "Type mismatch for attribute to update"},
      {"ss", LegacyAction::kDelete, R"(s<"a">)", R"({ss: s<"a", "b">})", R"({ss: s<"b">})"},
      {"ss", LegacyAction::kDelete, R"(s<"a">)", R"({pk: "k", ss: s<"a">})", R"({pk: "k"})"},
      {"s", LegacyAction::kDelete, R"(s<"a">)", R"({s: "x"})",
       "Type mismatch for attribute to update"},
      {"s", LegacyAction::kDelete, "", R"({pk: "k", s: "x"})", R"({pk: "k"})"},
      {"gone", LegacyAction::kDelete, "", R"({pk: "k"})", R"({pk: "k"})"},
      {"x", LegacyAction::kPut, "1", "", R"({pk: "k", x: 1})"},
      {"x", LegacyAction::kDelete, "", "", "(no write)"},
      {"x", LegacyAction::kDelete, R"(s<"a">)", "", "(no write)"},
      {"x", LegacyAction::kPut, "", kOld,
       invalid + "Only DELETE action is allowed when no attribute value is specified"},
      {"x", LegacyAction::kAdd, "", kOld,
       invalid + "Only DELETE action is allowed when no attribute value is specified"},
      {"x", LegacyAction::kDelete, "1", kOld,
       invalid + "DELETE action with value is not supported for the type N"},
      {"x", LegacyAction::kAdd, R"("a")", kOld,
       invalid + "ADD action is not supported for the type S"},
      {"x", LegacyAction::kAdd, "{a: 1}", kOld,
       invalid + "ADD action is not supported for the type M"},
  };
  for (const Case& c : cases) {
    Values values;
    LegacyUpdate entry{c.attribute, c.action, std::nullopt};
    if (!c.value.empty()) entry.value = values.One(c.value);
    const Result<Update> update = FromAttributeUpdates({&entry, 1});
    if (!update) {
      EXPECT_EQ(update.error().message, c.result);
      continue;
    }
    const std::string key = Item(R"({pk: "k"})");
    const std::string old = c.old.empty() ? "" : Item(c.old);
    const auto outcome =
        update->Apply(c.old.empty() ? std::nullopt : std::optional(ItemView(old)), ItemView(key));
    EXPECT_EQ(!outcome         ? outcome.error().message
              : outcome->write ? PrintItem(outcome->item)
                               : "(no write)",
              c.result)
        << c.attribute << ' ' << c.value;
  }
}

TEST(Legacy, UpdatesReturnWholeAttributes) {
  Values values;
  const LegacyUpdate entry{"l", LegacyAction::kAdd, values.One("[2]")};
  const Update update = FromAttributeUpdates({&entry, 1}).value();
  const std::string old = Item("{l: [1], x: 1}");
  const UpdateOutcome outcome = update.Apply(ItemView(old), ItemView(old)).value();
  EXPECT_EQ(PrintItem(update.UpdatedOld(ItemView(old))), "{l: [1]}");
  EXPECT_EQ(PrintItem(update.UpdatedNew(ItemView(outcome.item))), "{l: [1, 2]}");
}

}  // namespace
}  // namespace dynarock::expression
