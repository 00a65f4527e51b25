// PartiQL: what is a statement, and what it is lowered to.
#include <gtest/gtest.h>

#include "expression/partiql/statement.h"
#include "expression/print.h"
#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

// Parameters from texts of text_values.h.
class Parameters {
 public:
  explicit Parameters(const std::vector<std::string_view>& texts) {
    for (const std::string_view text : texts) bytes_.push_back(EncodedValue(text));
    for (const std::string& encoded : bytes_) views_.emplace_back(encoded.data());
  }
  std::span<const ValueView> views() const { return views_; }

 private:
  std::vector<std::string> bytes_;
  std::vector<ValueView> views_;
};

std::string Where(const Statement& statement) {
  const auto condition = statement.ConditionOf(statement.conjuncts);
  return condition ? Print(*condition) : "-";
}

std::string ParseError(std::string_view text,
                       const std::vector<std::string_view>& parameters = {}) {
  const Parameters values(parameters);
  const auto statement = ParseStatement(text, values.views());
  if (statement && statement->fault) return statement->fault->message;
  return ErrorOf(statement);
}

TEST(Partiql, WhereIsLowered) {
  struct Case {
    std::string_view where;
    std::string_view printed;
  };
  const Case cases[] = {
      {"a = 1", "(a = {N:1})"},
      {"1 < a", "(a > {N:1})"},
      {"a = 'it''s'", "(a = {S:it's})"},
      {"\"a b\".c[2].\"d\"\"e\" = true", R"((a b.c[2].d"e = {BOOL:true}))"},
      {"a = -1.50e2", "(a = {N:-150})"},
      {"a.b >= 1 AND c = 2 OR d = 3", "(((a.b >= {N:1}) AND (c = {N:2})) OR (d = {N:3}))"},
      {"a = 1 AND (b = 2 OR c = 3)", "((a = {N:1}) AND ((b = {N:2}) OR (c = {N:3})))"},
      {"NOT a = 1", "(NOT (a = {N:1}))"},
      {"a <> 1", "(a <> {N:1})"},
      {"a != 1", "(a <> {N:1})"},
      {"a BETWEEN 1 AND 2 AND b = 3", "((a BETWEEN {N:1} AND {N:2}) AND (b = {N:3}))"},
      {"a IN [1, 'x']", "(a IN ({N:1}, {S:x}))"},
      {"a in (1, 2)", "(a IN ({N:1}, {N:2}))"},
      {"a NOT IN (1)", "(NOT (a IN ({N:1})))"},
      {"a IS MISSING", "attribute_not_exists(a)"},
      {"a is not missing", "(NOT attribute_not_exists(a))"},
      {"a IS NULL", "attribute_type(a, {S:NULL})"},
      {"a IS NOT NULL", "(NOT attribute_type(a, {S:NULL}))"},
      {"begins_with(a, 'x')", "begins_with(a, {S:x})"},
      {"CONTAINS(a, 1)", "contains(a, {N:1})"},
      {"attribute_type(a, 'SS')", "attribute_type(a, {S:SS})"},
      {"size(a) > 3", "(size(a) > {N:3})"},
      {"a = <<'b', 'a'>>", "(a = {SS:[a, b]})"},
      {"a = b", "(a = b)"},
  };
  for (const Case& c : cases) {
    const auto statement = ParseStatement("SELECT * FROM t WHERE " + std::string(c.where), {});
    ASSERT_TRUE(statement) << c.where << ": " << statement.error().message;
    EXPECT_EQ(Where(*statement), c.printed) << c.where;
  }
}

TEST(Partiql, SelectParts) {
  const auto statement = ParseStatement(
      R"(select a, b.c[1] From "my-table"."index" WHERE a = 1 ORDER BY a DESC, b;)", {});
  ASSERT_TRUE(statement) << statement.error().message;
  EXPECT_EQ(statement->kind, Statement::Kind::kSelect);
  EXPECT_EQ(statement->table, "my-table");
  EXPECT_EQ(statement->index, "index");
  ASSERT_EQ(statement->projection.size(), 2u);
  EXPECT_EQ(WritePath(statement->projection[1]), "b.c[1]");
  ASSERT_EQ(statement->order.size(), 2u);
  EXPECT_TRUE(statement->order[0].descending);
  EXPECT_EQ(statement->order[1].attribute, "b");
}

TEST(Partiql, InsertHasAnItem) {
  const Parameters parameters({"\"x\"", "[1]"});
  const auto statement = ParseStatement(
      "INSERT INTO t VALUE {'pk': ?, 'l': [1, ?, {'m': <<1, 2.0>>}], 'pk2': -0.5, 'n': null}",
      parameters.views());
  ASSERT_TRUE(statement) << statement.error().message;
  EXPECT_EQ(PrintItem(statement->item),
            PrintItem(Item("{pk: \"x\", l: [1, [1], {m: n<1, 2>}], pk2: -0.5, n: null}")));
}

TEST(Partiql, UpdateIsLowered) {
  struct Case {
    std::string_view actions;
    std::string_view old_item;
    std::string_view new_item;
  };
  const Case cases[] = {
      {"SET a = 1", "{}", "{a: 1}"},
      {"SET a = 1, b = 'x' REMOVE c SET d = 2", "{c: 1}", "{a: 1, b: \"x\", d: 2}"},
      {"SET a = a + 1", "{a: 1}", "{a: 2}"},
      {"SET a = a - 1", "{a: 1}", "{a: 0}"},
      {"SET a = a -1", "{a: 1}", "{a: 0}"},
      {"SET a = -1", "{}", "{a: -1}"},
      {"SET a = list_append(a, [2])", "{a: [1]}", "{a: [1, 2]}"},
      {"SET a = list_append(if_not_exists(a, []), [2])", "{}", "{a: [2]}"},
      {"SET a = set_add(a, <<2>>)", "{a: n<1>}", "{a: n<1, 2>}"},
      {"SET a = set_delete(a, <<2>>)", "{a: n<1, 2>}", "{a: n<1>}"},
      {"SET a.b[0] = b", "{a: {b: [1]}, b: 5}", "{a: {b: [5]}, b: 5}"},
      {"REMOVE a[0] REMOVE b", "{a: [1, 2], b: 3}", "{a: [2]}"},
  };
  for (const Case& c : cases) {
    const auto statement =
        ParseStatement("UPDATE t " + std::string(c.actions) + " WHERE pk = 1", {});
    ASSERT_TRUE(statement) << c.actions << ": " << statement.error().message;
    const std::string old_item = Item(c.old_item);
    const auto outcome = statement->update.Apply(ItemView(old_item), ItemView(old_item));
    ASSERT_TRUE(outcome) << c.actions << ": " << outcome.error().message;
    EXPECT_EQ(PrintItem(outcome->item), PrintItem(Item(c.new_item))) << c.actions;
  }
}

TEST(Partiql, Returning) {
  struct Case {
    std::string_view text;
    Returning returning;
  };
  const Case cases[] = {
      {"UPDATE t SET a = 1 WHERE pk = 1", Returning::kNone},
      {"UPDATE t SET a = 1 WHERE pk = 1 RETURNING ALL OLD *", Returning::kAllOld},
      {"UPDATE t SET a = 1 WHERE pk = 1 returning all new *", Returning::kAllNew},
      {"UPDATE t SET a = 1 WHERE pk = 1 RETURNING MODIFIED OLD *", Returning::kModifiedOld},
      {"UPDATE t SET a = 1 WHERE pk = 1 RETURNING MODIFIED NEW *", Returning::kModifiedNew},
      {"DELETE FROM t WHERE pk = 1 RETURNING ALL OLD *", Returning::kAllOld},
  };
  for (const Case& c : cases) {
    const auto statement = ParseStatement(c.text, {});
    ASSERT_TRUE(statement) << c.text;
    EXPECT_EQ(statement->returning, c.returning) << c.text;
  }
}

TEST(Partiql, Errors) {
  const std::string malformed = "Statement wasn't well formed, can't be processed: ";
  struct Case {
    std::string text;
    std::string error;
    std::vector<std::string_view> parameters = {};
  };
  const std::string mismatch = "Number of parameters in request and statement don't match.";
  const auto operand = [](std::string_view op, std::string_view type) {
    return "Incorrect operand type for operator or function; operator or function: " +
           std::string(op) + ", operand type: " + std::string(type);
  };
  const Case cases[] = {
      {"", malformed + "Unexpected term"},
      {"DROP TABLE t", malformed + "Unexpected keyword"},
      {"INSERT INTO t (a, b) VALUES (1, 2)", malformed + "Unexpected keyword"},
      {"SELECT", malformed + "Unexpected term"},
      {"SELECT * FROM", malformed + "Unexpected term"},
      {"SELECT * FROM t WHERE", malformed + "Unexpected term"},
      {"SELECT * FROM t WHERE a = 1 garbage", malformed + "Unexpected token after expression"},
      {"SELECT * FROM t WHERE (a = 1", malformed + "Expected RIGHT_PAREN"},
      {"SELECT * FROM Payment-x", "Only select from a single table or index is supported."},
      {"SELECT * FROM t WHERE a = 'open", malformed},
      {"SELECT COUNT(*) FROM t", "Unexpected path component at 1:8:5"},
      {"SELECT a,\n  count(b) FROM t", "Unexpected path component at 2:3:5"},
      {"SELECT \"\" FROM t", "Path component cannot be an empty string"},
      {"SELECT a.\"\" FROM t", "Path component cannot be an empty string"},
      {"SELECT * FROM \"\"", "Path component cannot be an empty string"},
      {"SELECT * FROM a.b.c", "A path may contain at most 2 components in the FROM clause"},
      {"INSERT INTO \"t\".\"i\" VALUE {'a': 1}",
       "FROM clause may only contain a single table name in data manipulation statements at "
       "1:13:3"},
      {"UPDATE \"t\".\"i\" SET a = 1 WHERE pk = 1", "This operation is not supported on an index"},
      {"DELETE FROM t.i WHERE pk = 1", "This operation is not supported on an index"},
      {"DELETE FROM t WHERE pk = 1 RETURNING ALL NEW *",
       "Invalid returning clause: RETURNING ALL NEW *. Only RETURNING ALL OLD * is allowed in "
       "DELETE "
       "statements."},
      {"DELETE FROM t WHERE pk = 1 RETURNING MODIFIED OLD *",
       "Invalid returning clause: RETURNING MODIFIED OLD *. Only RETURNING ALL OLD * is allowed in "
       "DELETE statements."},
      {"SELECT * FROM t WHERE a = ?", mismatch},
      {"SELECT * FROM t WHERE a < true", operand("<", "BOOL")},
      {"SELECT * FROM t WHERE a >= ?", operand(">=", "L"), {"[1]"}},
      {"SELECT * FROM t WHERE a BETWEEN 1 AND null", operand("BETWEEN", "NULL")},
      {"SELECT * FROM t WHERE a = <<>>", "Empty bags are not supported"},
      {"SELECT * FROM t WHERE a = <<1, 'a'>>",
       "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags"},
      {"SELECT * FROM t WHERE a = <<1, 1.0>>",
       "One or more parameter values were invalid: Input collection [1, 1] contains duplicates! under root"},
      {"INSERT INTO t VALUE 5", malformed + "Unexpected term"},
      {"UPDATE t WHERE pk = 1", malformed + "Unexpected keyword"},
      {"SELECT * FROM t WHERE a = 1e200",
       "Number overflow. Attempting to store a number with magnitude larger than supported range under root"},
      {"UPDATE t SET a = 1, a = 2 WHERE pk = 1",
       "Invalid UpdateExpression: Two document paths overlap with each other; must remove or "
       "rewrite one of these paths; path one: [a], path two: [a]"},
  };
  for (const Case& c : cases) EXPECT_EQ(ParseError(c.text, c.parameters), c.error) << c.text;
}

TEST(Partiql, DepthIsBounded) {
  const std::string start = "SELECT * FROM t WHERE ";
  std::string mixed = start + "a = ";
  for (int i = 0; i < 1000; ++i) mixed += "<<[{'a':";
  for (const std::string& text :
       {mixed, start + std::string(8000, '('), start + "a = " + std::string(8000, '['),
        "INSERT INTO t VALUE " + std::string(4000, '{'), start + "a = " + std::string(3000, '<'),
        std::string("SELECT ") + std::string(8000, '"')}) {
    EXPECT_NE(ParseError(text), "(no error)");
  }
  std::string nots = start;
  for (int i = 0; i < 1000; ++i) nots += "NOT ";
  const std::string many = "The expression contains too many operators; operator count: 301";
  EXPECT_EQ(ParseError(nots + "a = 1"), many);
  std::string ands = start + "a = 1";
  for (int i = 0; i < 900; ++i) ands += " AND a=1";
  EXPECT_EQ(ParseError(ands), many);
}

TEST(Partiql, MissingAttributes) {
  struct Case {
    std::string_view where;
    bool matches;
  };
  const Case cases[] = {
      {"x = 1", false},       {"NOT (x = 1)", true},  {"x <> 1", true},    {"NOT (x <> 1)", false},
      {"x IS MISSING", true}, {"x < 1", false},       {"NOT x < 1", true}, {"x IS NULL", false},
      {"x IN (1)", false},    {"size(x) = 0", false}, {"a = 1", true},     {"a <> 2", true},
  };
  const std::string item = Item("{a: 1}");
  for (const Case& c : cases) {
    const auto statement = ParseStatement("SELECT * FROM t WHERE " + std::string(c.where), {});
    ASSERT_TRUE(statement) << c.where;
    EXPECT_EQ(statement->ConditionOf(statement->conjuncts)->Matches(ItemView(item)), c.matches)
        << c.where;
  }
}

// How keys are found: "query pk sk-operator | rest".
std::string Found(std::string_view where) {
  const auto statement = ParseStatement("SELECT * FROM t WHERE " + std::string(where), {});
  if (!statement) return statement.error().message;
  const KeyAttribute schema[] = {{"pk", Type::kString, true}, {"sk", Type::kNumber, false}};
  const auto path = FindReadPath(*statement, schema);
  if (!path) return path.error().message;
  std::string out;
  for (const KeyQuery& query : path->queries) {
    out += "[" + Show(query.hash[0]);
    for (const ValueView value : query.range_equal) out += " = " + Show(value);
    if (query.range) out += " op " + Show(query.range->value);
    out += "]";
  }
  out += path->kind == ReadPath::Kind::kScan ? "scan" : "";
  return out + (path->rest ? " rest " + Print(*path->rest) : "");
}

TEST(Partiql, KeysAreFound) {
  struct Case {
    std::string_view where;
    std::string_view found;
  };
  const Case cases[] = {
      {"pk = 'a'", "[\"a\"]"},
      {"'a' = pk AND sk = 1", "[\"a\" = 1]"},
      {"sk > 1 AND pk = 'a'", "[\"a\" op 1]"},
      {"pk = 'a' AND sk > 1 AND sk < 5", "[\"a\" op 1] rest (sk < {N:5})"},
      {"pk = 'a' AND (sk = 1 AND x = 2)", "[\"a\" = 1] rest (x = {N:2})"},
      {"pk = 'a' AND pk = 'b'", "Multiple conditions on same key: pk"},
      {"pk IN ['a', 'b', 'a'] AND sk = 1", "[\"a\" = 1][\"b\" = 1]"},
      {"pk = 'a' OR pk = 'b'", "[\"a\"][\"b\"] rest ((pk = {S:a}) OR (pk = {S:b}))"},
      {"pk = 'a' OR sk = 1", "scan rest ((pk = {S:a}) OR (sk = {N:1}))"},
      {"pk > 'a'", "scan rest (pk > {S:a})"},
      {"pk.x = 'a'", "scan rest (pk.x = {S:a})"},
      {"NOT pk = 'a'", "scan rest (NOT (pk = {S:a}))"},
      {"pk = sk", "scan rest (pk = sk)"},
      {"size(pk) = 1", "scan rest (size(pk) = {N:1})"},
      {"pk = 5", "Key attribute's data type should match its data type in table's schema: Key pk"},
  };
  for (const Case& c : cases) EXPECT_EQ(Found(c.where), c.found) << c.where;
}

TEST(Partiql, NamedItems) {
  const std::vector<std::string> names = {"pk", "sk"};
  const auto parse = [](std::string_view where) {
    return *ParseStatement("DELETE FROM t WHERE " + std::string(where), {});
  };
  const Statement full = parse("sk = 1 AND pk = 'a' AND x = 2");
  const auto named = *FindNamedItem(full, names);
  ASSERT_TRUE(named);
  EXPECT_EQ(PrintItem(named->key), PrintItem(Item("{pk: \"a\", sk: 1}")));
  EXPECT_EQ(Print(*named->rest), "(x = {N:2})");
  EXPECT_FALSE(*FindNamedItem(parse("pk = 'a'"), names));
  EXPECT_FALSE(*FindNamedItem(parse("pk = 'a' AND sk > 1"), names));
  EXPECT_FALSE(*FindNamedItem(parse("pk = 'a' OR sk = 1"), names));
}

}  // namespace
}  // namespace dynarock::expression
