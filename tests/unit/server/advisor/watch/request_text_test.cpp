#include "server/advisor/watch/request_text.h"

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

TEST(RequestTextTest, StructureForgetsNamesPlaceholdersAndLiterals) {
  struct Case {
    const char* name;
    const char* a;
    const char* b;
    bool statement;
    bool same;
  };
  const std::vector<Case> cases = {
      {"attribute names", "SET day1 = :v", "SET day2 = :v", false, true},
      {"placeholders", "SET #a = :v1", "SET #b = :v2", false, true},
      {"names are not placeholders", "SET a = :v", "SET #a = :v", false, false},
      {"list indexes", "REMOVE items[3]", "REMOVE items[17]", false, true},
      {"functions stay", "contains(a, :v)", "begins_with(a, :v)", false, false},
      {"more terms", "a = :a", "a = :a AND b = :b", false, false},
      {"literals", "SELECT * FROM T WHERE id = 'a'", "SELECT * FROM T WHERE id = 'b c'", true,
       true},
      {"numbers", "SELECT * FROM T WHERE n = 1", "SELECT * FROM T WHERE n = 22.5", true, true},
      {"spaces", "a=:v", "a  =  :v", false, true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(StructureOf(c.a, c.statement).text == StructureOf(c.b, c.statement).text, c.same)
        << c.name;
  }
  EXPECT_TRUE(StructureOf("SELECT * FROM T WHERE id = 'a'", true).literals);
  EXPECT_FALSE(StructureOf("SELECT * FROM T WHERE id = ?", true).literals);
  EXPECT_FALSE(StructureOf("SET #a = :a", false).names);
  EXPECT_EQ(WithoutPlaceholders("SET #a1 = :b, c = :d", false),
            WithoutPlaceholders("SET #a2 = :x, c = :y", false));
}

TEST(RequestTextTest, ListIndexesAreNotWrittenIn) {
  EXPECT_EQ(WithoutListIndexes("SET boxes[7].done = :d", false),
            WithoutListIndexes("SET boxes[12].done = :x", false));
  EXPECT_EQ(WithoutListIndexes("SET #b[0][1] = :d", false),
            WithoutListIndexes("SET #c[3][4] = :d", false));
  EXPECT_NE(WithoutListIndexes("SET boxes[7].done = :d", false),
            WithoutListIndexes("SET lists[7].done = :d", false));
  // The elements of a list that stands in a statement are values.
  EXPECT_NE(WithoutListIndexes("UPDATE \"T\" SET a=[1] WHERE p=?", true),
            WithoutListIndexes("UPDATE \"T\" SET a=[2] WHERE p=?", true));
}

TEST(RequestTextTest, TermsNameAttributesAndOperators) {
  const std::vector<std::pair<std::string, std::string>> names = {{"#s", "status"}};
  struct Case {
    const char* expression;
    std::vector<std::pair<std::string, std::string>> terms;
  };
  const std::vector<Case> cases = {
      {"#s = :s", {{"status", "="}}},
      {":s = #s", {{"status", "="}}},
      {"total >= :t AND address.city = :c", {{"total", ">="}, {"address", "="}}},
      {"SELECT id FROM \"T\" WHERE #s = ? AND n between ? AND ?",
       {{"id", ""}, {"T", ""}, {"status", "="}, {"n", "BETWEEN"}}},
      {":t <= total", {{"total", ">="}}},
      {":t > total AND :c <> #s", {{"total", "<"}, {"status", "<>"}}},
      {"attribute_exists(openSince)", {{"openSince", "attribute_exists"}}},
      {"a BETWEEN :l AND :h", {{"a", "BETWEEN"}}},
      {"id, tags[0], #s", {{"id", ""}, {"tags", ""}, {"status", ""}}},
  };
  for (const Case& c : cases) {
    std::vector<std::pair<std::string, std::string>> found;
    for (const Term& term : TermsOf(c.expression, names))
      found.emplace_back(term.attribute, term.op);
    EXPECT_EQ(found, c.terms) << c.expression;
  }
}

TEST(RequestTextTest, KeepsCountInBounds) {
  const std::vector<std::pair<std::string, std::string>> names = {{"#n", "hits"}};
  struct Case {
    const char* condition;
    const char* update;
    bool keeps;
  };
  const std::vector<Case> cases = {
      {"stock >= :n", "SET stock = stock - :n, seen = :t", true},
      {":n <= stock", "SET stock = stock - :n", true},
      {"attribute_not_exists(#n) OR #n < :most", "ADD #n :one", true},
      {"hits < :most", "SET #n = if_not_exists(#n, :zero) + :one", true},
      {"quota.used < :most", "SET quota.used = quota.used + :one", true},
      {"version = :v", "SET version = version + :one", false},
      {"expires < :now", "SET owner = :me, expires = :later", false},
      {"hits <> :seen", "ADD hits :one", false},
      {"attribute_exists(id)", "ADD hits :one", false},
      {"stock >= :n", "SET sold = sold + :n", false},
      {"", "", false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(KeepsCountInBounds(c.condition, c.update, names), c.keeps)
        << c.condition << " / " << c.update;
  }
}

TEST(RequestTextTest, CompactStaysSmall) {
  JsonDocument document;
  std::string text = R"({"Item":{"id":{"S":")" + std::string(100'000, 'x') + R"("}},"L":[)";
  for (int i = 0; i < 1000; ++i) text += std::string(i > 0 ? "," : "") + R"({"a":1})";
  ASSERT_TRUE(document.Parse(text + R"(],"UpdateExpression":"SET a = :v"})"));
  const std::string compact = Compact(document.root());
  EXPECT_LT(compact.size(), 2000u);
  EXPECT_NE(compact.find("(100000 bytes)"), std::string::npos);
  EXPECT_NE(compact.find("997 more"), std::string::npos);
  EXPECT_NE(compact.find("SET a = :v"), std::string::npos);
  JsonDocument again;
  EXPECT_TRUE(again.Parse(compact)) << compact;
}

TEST(RequestTextTest, StatementsLoseTheirLiterals) {
  EXPECT_EQ(WithoutLiterals("SELECT * FROM \"T\" WHERE id = 'secret' AND n > 5"),
            "SELECT * FROM \"T\" WHERE id = ? AND n > ?");
  EXPECT_EQ(WithoutLiterals("INSERT INTO T value {'pk': 'it''s', 'n':-5, 'open"),
            "INSERT INTO T value {'pk': ??, 'n':-?, ?");
  EXPECT_EQ(WithoutLiterals("INSERT INTO T value {'a':11,'m':{'b':5.5e3,'c':-1E-7},'d':true}"),
            "INSERT INTO T value {'a':?,'m':{'b':?,'c':-?},'d':?}");
  EXPECT_EQ(WithoutLiterals("UPDATE T SET e3=n1+12 SET s=<<3,4.0>> WHERE ok = FALSE AND a.b[2]>7"),
            "UPDATE T SET e3=n1+? SET s=<<?,?>> WHERE ok = ? AND a.b[?]>?");
  JsonDocument document;
  ASSERT_TRUE(document.Parse(
      R"({"Statement":"SELECT * FROM T WHERE password='hunter2' AND a=?","Parameters":[{"S":"x"}]})"));
  EXPECT_EQ(Compact(document.root()),
            R"({"Statement":"SELECT * FROM T WHERE password=? AND a=?","Parameters":[{"S":"x"}]})");
}

}  // namespace
}  // namespace dynarock::advisor
