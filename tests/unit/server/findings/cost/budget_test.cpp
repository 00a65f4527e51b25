#include "server/findings/cost/budget.h"

#include <gtest/gtest.h>

namespace dynarock::findings {
namespace {

Report TwoKinds() {
  Report report;
  report.costs = {
      {.operation = "Query",
       .table = "orders-test",
       .index = "by_customer",
       .expression = "c = :c; filter s = :s",
       .requests = 10,
       .read_units = 40,
       .items_read = 100,
       .items_returned = 5,
       .most_units = 9},
      {.operation = "PutItem",
       .table = "orders-test",
       .requests = 20,
       .write_units = 20,
       .most_units = 1},
  };
  report.prices = Prices{.region = "us-east-1",
                         .currency = "USD",
                         .million_read_requests = 0.125,
                         .million_write_requests = 0.625,
                         .read_capacity_hour = 0.00013,
                         .write_capacity_hour = 0.00065};
  return report;
}

// The titles of what an entry makes of the report.
std::vector<std::string> Titles(BudgetEntry entry) {
  Report report = TwoKinds();
  ApplyBudget({{std::move(entry)}}, report);
  std::vector<std::string> titles;
  for (const Finding& finding : report.findings) titles.push_back(finding.title);
  return titles;
}

TEST(BudgetTest, LimitsAreCompared) {
  using Lines = std::vector<std::string>;
  struct Case {
    const char* name;
    BudgetEntry entry;
    Lines expected;
  };
  const std::vector<Case> cases = {
      {"each request",
       {.operation = "Query", .units_per_request = 4},
       {"Query on orders-test / by_customer took 9 units in one request; the budget allows 4 "
        "units"}},
      {"exactly at the limit", {.operation = "Query", .units_per_request = 9}, {}},
      {"both kinds",
       {.units_per_request = 0.5},
       {"Query on orders-test / by_customer took 9 units in one request; the budget allows 0.5 "
        "units",
        "PutItem on orders-test took 1 unit in one request; the budget allows 0.5 units"}},
      {"average",
       {.operation = "Query", .average_units = 3.9},
       {"Query on orders-test / by_customer takes 4 units on average; the budget allows 3.9 "
        "units"}},
      {"all units", {.units = 59.5}, {"The run took 60 units; the budget allows 59.5"}},
      {"read units",
       {.table = "orders-*", .read_units = 39},
       {"The run took 40 read units; the budget allows 39"}},
      {"write units within", {.write_units = 20}, {}},
      {"requests",
       {.index = "", .requests = 10},
       {"The run took 20 requests; the budget allows 10"}},
      {"money",
       {.operation = "Query", .cost_per_month = 10},
       {"1 million of these requests a day cost $15.21 a month on demand; the budget allows "
        "$10.00"}},
      {"money at its own traffic",
       {.operation = "Query", .cost_per_month = 10, .requests_per_day = 500'000},
       {}},
      {"by expression",
       {.expression = "*filter s*", .average_units = 1},
       {"Query on orders-test / by_customer takes 4 units on average; the budget allows 1 unit"}},
      {"nothing matches",
       {.operation = "Scan", .table = "orders-*", .units = 1},
       {"No request matched this budget (operation \"Scan\", table \"orders-*\")"}},
  };
  for (const Case& c : cases) EXPECT_EQ(Titles(c.entry), c.expected) << c.name;
}

TEST(BudgetTest, AFindingNamesTheLineAndTheCost) {
  Report report = TwoKinds();
  ApplyBudget({{{.name = "A customer's orders",
                 .operation = "Query",
                 .units_per_request = 4,
                 .place = {"budget.yaml", 3, 5}}}},
              report);
  ASSERT_EQ(report.findings.size(), 1u);
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.id, "budget-exceeded");
  EXPECT_EQ(finding.severity, Severity::kError);
  EXPECT_EQ(finding.table, "orders-test");
  EXPECT_EQ(finding.index, "by_customer");
  EXPECT_EQ(finding.file, "budget.yaml");
  EXPECT_EQ(finding.line, 3);
  EXPECT_EQ(finding.evidence[0].second, "A customer's orders");
  EXPECT_EQ(finding.consequence,
            "1 million of these requests a day cost $15.21 a month on demand, $6.28 provisioned "
            "(us-east-1).");
  EXPECT_EQ(finding.advice,
            "Make the requests cheaper, or raise \"units-per-request\" of this budget.");
}

TEST(BudgetTest, WritesAreLimitedWithTheirIndexes) {
  Report report;
  report.costs = {
      {.operation = "PutItem", .table = "a", .requests = 10, .write_units = 10, .most_units = 1},
      {.operation = "PutItem",
       .table = "a",
       .index = "i",
       .requests = 10,
       .write_units = 20,
       .most_units = 2,
       .index_writes = true}};
  ApplyBudget({{{.operation = "PutItem", .units_per_request = 2},
                {.index = "i", .write_units = 15},
                {.requests = 10}}},
              report);
  ASSERT_EQ(report.findings.size(), 2u);
  EXPECT_EQ(report.findings[0].title,
            "PutItem on a took 3 units in one request; the budget allows 2 units");
  EXPECT_EQ(report.findings[1].title, "The run took 20 write units; the budget allows 15");
}

TEST(BudgetTest, PatternsMatch) {
  struct Case {
    const char* pattern;
    const char* text;
    bool expected;
  };
  for (const Case& c : std::vector<Case>{{"", "", true},
                                         {"", "a", false},
                                         {"*", "", true},
                                         {"*", "abc", true},
                                         {"abc", "abc", true},
                                         {"abc", "abcd", false},
                                         {"a*c", "abbc", true},
                                         {"a*c", "abcb", false},
                                         {"*a*b*", "xxaxxbxx", true},
                                         {"*a*b", "abab", true},
                                         {"a**", "a", true},
                                         {"*aab", "aaaab", true},
                                         {"A", "a", false}}) {
    EXPECT_EQ(Matches(c.pattern, c.text), c.expected) << c.pattern << " " << c.text;
  }
}

TEST(BudgetTest, APatternOfManyStarsIsQuick) {
  std::string pattern;
  for (int n = 0; n < 2'000; ++n) pattern += "a*";
  EXPECT_FALSE(Matches(pattern + "b", std::string(20'000, 'a')));
}

}  // namespace
}  // namespace dynarock::findings
