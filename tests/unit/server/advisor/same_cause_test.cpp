#include "server/advisor/same_cause.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

using findings::Finding;
using findings::Severity;

struct Told {
  const char* table;
  const char* title;
  const char* expression = "";
  const char* index = "";
  Severity severity = Severity::kWarning;
  uint64_t count = 1;
};

Finding FindingOf(const Told& told) {
  Finding finding;
  finding.id = "scan-on-request-path";
  finding.severity = told.severity;
  finding.table = told.table;
  finding.index = told.index;
  finding.title = told.title;
  finding.count = told.count;
  finding.first_seen_ms = 1000 + static_cast<int64_t>(told.count);
  finding.last_seen_ms = 2000 + static_cast<int64_t>(told.count);
  finding.evidence = {{"operation", "Scan"}};
  if (*told.expression != 0) finding.evidence.emplace_back("expression", told.expression);
  return finding;
}

// The tables of each finding that is left: "a+b" where b is told of with a.
std::string Left(const std::vector<Told>& told) {
  std::vector<Finding> findings;
  for (const Told& one : told) findings.push_back(FindingOf(one));
  std::string text;
  for (const Finding& finding : OneForEachCause(std::move(findings))) {
    text += (text.empty() ? "" : " ") + finding.table;
    for (const Finding& other : finding.also_at) text += "+" + other.table;
  }
  return text;
}

TEST(SameCauseTest, ATitleThatDiffersInFiguresIsOneCause) {
  struct Case {
    const char* name;
    std::vector<Told> told;
    const char* left;
  };
  const Case cases[] = {
      {"figures",
       {{"a", "The table is scanned 11 times."}, {"b", "The table is scanned 1,200 times."}},
       "a+b"},
      {"one of a thing", {{"a", "It has 3 values."}, {"b", "It has 1 value."}}, "a+b"},
      {"shares", {{"a", "98 % of it."}, {"b", "7.5 % of it."}}, "a+b"},
      {"the table's own name", {{"a", "Items of a are old."}, {"b", "Items of b are old."}}, "a+b"},
      {"names with digits", {{"a", "No item has gs1pk."}, {"b", "No item has gs2pk."}}, "a b"},
      {"figures in quotes", {{"a", "\"11 x\" is hot."}, {"b", "\"12 x\" is hot."}}, "a b"},
      {"types", {{"a", "\"x\" is S here, N there."}, {"b", "\"x\" is N here, BOOL there."}}, "a+b"},
      {"types in quotes", {{"a", "\"S\" is hot."}, {"b", "\"N\" is hot."}}, "a b"},
      {"words", {{"a", "It is scanned."}, {"b", "It is read."}}, "a b"},
      {"expressions", {{"a", "Scan.", "x = :x"}, {"b", "Scan.", "y = :x"}}, "a b"},
      {"the same expression", {{"a", "Scan.", "x = :x"}, {"b", "Scan.", "x = :x"}}, "a+b"},
      {"PartiQL names the table",
       {{"a", "S.", "SELECT * FROM \"a\""}, {"b", "S.", "SELECT * FROM \"b\""}},
       "a+b"},
      {"indexes", {{"a", "It.", "", "i"}, {"b", "It.", "", "j"}}, "a b"},
      {"severities",
       {{"a", "It.", "", "", Severity::kError}, {"b", "It.", "", "", Severity::kNote}},
       "a b"},
      {"one table twice", {{"a", "It 1."}, {"a", "It 2."}}, "a a"},
      {"one of two tables twice", {{"a", "It 1."}, {"b", "It 2."}, {"a", "It 3."}}, "a+b+a"},
      {"no table", {{"b", "It."}, {"", "It."}, {"c", "It."}, {"", "It."}}, "b+c  "},
      {"between others", {{"a", "It."}, {"x", "That."}, {"b", "It."}}, "a+b x"},
  };
  for (const Case& c : cases) EXPECT_EQ(Left(c.told), c.left) << c.name;
}

TEST(SameCauseTest, TheFirstTellsOfAll) {
  std::vector<Finding> findings;
  for (int at = 0; at < 12; ++at) {
    const std::string table = "t" + std::to_string(at);
    findings.push_back(FindingOf({.table = table.c_str(),
                                  .title = "The table is scanned 3 times.",
                                  .count = static_cast<uint64_t>(20 - at)}));
  }
  const std::vector<Finding> left = OneForEachCause(std::move(findings));
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].title, "The table is scanned 3 times; the same in 11 other tables.");
  EXPECT_EQ(left[0].evidence.back().first, "the same in");
  EXPECT_EQ(left[0].evidence.back().second, "t1, t2, t3, t4, t5, t6, t7, t8 and 3 more");
  EXPECT_EQ(left[0].count, 174U);
  EXPECT_EQ(left[0].first_seen_ms, 1009);
  EXPECT_EQ(left[0].last_seen_ms, 2020);
  ASSERT_EQ(left[0].also_at.size(), 11U);
  EXPECT_EQ(left[0].also_at[0].title, "The table is scanned 3 times.");
  EXPECT_EQ(left[0].also_at[0].count, 19U);
}

}  // namespace
}  // namespace dynarock::advisor
