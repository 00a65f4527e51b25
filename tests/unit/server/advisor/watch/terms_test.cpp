#include "server/advisor/watch/terms.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

TEST(TermsTest, TermsNameAttributesAndOperators) {
  const std::vector<std::pair<std::string, std::string>> names = {{"#s", "status"}};
  struct Case {
    const char* member;
    const char* text;
    std::vector<std::pair<std::string, std::string>> terms;
  };
  const std::vector<Case> cases = {
      {"FilterExpression", "#s = :s", {{"status", "="}}},
      {"FilterExpression", ":s = #s", {{"status", "="}}},
      {"FilterExpression",
       "total >= :t AND address.city = :c",
       {{"total", ">="}, {"address", "="}}},
      {"Statement",
       "SELECT id FROM \"T\" WHERE status = ? AND n between ? AND ?",
       {{"id", ""}, {"T", ""}, {"status", "="}, {"n", "BETWEEN"}}},
      {"FilterExpression", ":t <= total", {{"total", ">="}}},
      {"FilterExpression", ":t > total AND :c <> #s", {{"total", "<"}, {"status", "<>"}}},
      {"FilterExpression", "attribute_exists(openSince)", {{"openSince", "attribute_exists"}}},
      {"FilterExpression", "a BETWEEN :l AND :h", {{"a", "BETWEEN"}}},
      {"ProjectionExpression", "id, tags[0], #s", {{"id", ""}, {"tags", ""}, {"status", ""}}},
      {"UpdateExpression",
       "SET a = :a, b = b + :n REMOVE c",
       {{"a", "="}, {"b", "="}, {"b", ""}, {"c", ""}}},
      {"Statement",
       "SELECT * FROM T WHERE ? <= total AND begins_with(\"a\".b, ?)",
       {{"T", ""}, {"total", ">="}, {"a", "begins_with"}}},
      {"KeyConditionExpression", "p = ", {}},
      {"ScanFilter", "a, b", {}},
  };
  for (const Case& c : cases) {
    std::vector<std::pair<std::string, std::string>> found;
    for (const Term& term : TermsOf(c.member, c.text, names))
      found.emplace_back(term.attribute, term.op);
    EXPECT_EQ(found, c.terms) << c.text;
  }
}

TEST(TermsTest, KeepsCountInBounds) {
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
      {"stock >= :n", "SET stock = :n, seen = stock", false},
      {"stock >= :n", "SET stock = :n ADD sold :n", false},
      {"", "", false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(KeepsCountInBounds(c.condition, c.update, names), c.keeps)
        << c.condition << " / " << c.update;
  }
}

TEST(TermsTest, ConjunctionsHaveNoOrAndNoNot) {
  struct Case {
    const char* member;
    const char* text;
    bool conjunction;
  };
  const std::vector<Case> cases = {
      {"FilterExpression", "", true},
      {"FilterExpression", "a = :a AND (b = :b)", true},
      {"FilterExpression", "a = :a or b = :b", false},
      {"FilterExpression", "NOT a = :a", false},
      {"FilterExpression", "#or = :or AND a2or = :not", true},
      {"Statement", "SELECT * FROM T WHERE a = ? AND b = ?", true},
      {"Statement", "SELECT * FROM T WHERE a = ? or b = ?", false},
      {"Statement", "SELECT * FROM T WHERE a IS NOT MISSING", false},
      {"Statement", "SELECT * FROM \"OR\" WHERE a = ' OR '", true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(IsConjunction(c.member, c.text), c.conjunction) << c.text;
  }
}

}  // namespace
}  // namespace dynarock::advisor
