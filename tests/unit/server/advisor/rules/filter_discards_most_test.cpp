// filter-discards-most: how much a filter may throw away.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Reads {
  uint64_t requests = 3;
  uint64_t read = 60;
  uint64_t returned = 15;
  uint64_t read_halves = 0;
  trace::AccessKind kind = trace::AccessKind::kQuery;
  std::string filter = "a = :a";
};

void Build(CaseBuilder& builder, const Reads& reads) {
  TableCase& table = builder.AddTable();
  table.facts.attributes["a"].types[static_cast<size_t>(Type::kString)].count = 60;
  const bool scan = reads.kind == trace::AccessKind::kScan;
  auto& kind = builder.AddKind(scan ? "Scan" : "Query", reads.kind);
  kind.expressions = {{"FilterExpression", reads.filter}};
  kind.traffic.cells[0].requests = reads.requests;
  kind.traffic.cells[0].items_read = reads.read;
  kind.traffic.cells[0].items_returned = reads.returned;
  kind.traffic.cells[0].read_halves = reads.read_halves;
}

TEST(FilterDiscardsMostTest, Speaks) {
  ExpectRows(RuleNamed("filter-discards-most"), Build,
             {
                 {"75 % of 60 items", {}, "warning"},
                 {"less than 75 %", {.returned = 16}, ""},
                 {"50 items", {.requests = 2, .read = 50, .returned = 12}, "note"},
                 {"49 items", {.requests = 2, .read = 49, .returned = 12}, ""},
                 {"two requests", {.requests = 2}, "note"},
                 {"one request", {.requests = 1}, ""},
                 {"a Scan", {.kind = trace::AccessKind::kScan}, "warning"},
                 {"no page", {.kind = trace::AccessKind::kGet}, ""},
                 {"nothing is thrown away", {.returned = 60}, ""},
             });
}

TEST(FilterDiscardsMostTest, SmallPartitions) {
  ExpectRows(
      RuleNamed("filter-discards-most"), Build,
      {
          {"less than 20 items each", {.requests = 4}, ""},
          {"that waste 10 units", {.requests = 4, .returned = 12, .read_halves = 25}, "warning"},
          {"that waste a little less", {.requests = 4, .returned = 12, .read_halves = 24}, ""},
      });
}

TEST(FilterDiscardsMostTest, PlainTheFirstTime) {
  constexpr auto kScan = trace::AccessKind::kScan;
  ExpectRows(RuleNamed("filter-discards-most"), Build,
             {
                 {"nine of ten", {.requests = 1, .read = 100, .returned = 10}, "warning"},
                 {"less", {.requests = 1, .read = 100, .returned = 11}, ""},
                 {"of 99", {.requests = 1, .read = 99, .returned = 9}, ""},
                 {"a Scan", {.requests = 1, .read = 100, .returned = 10, .kind = kScan}, ""},
             });
}

TEST(FilterDiscardsMostTest, ProposesAnIndexWhereOneServes) {
  const auto blocks = [](const Reads& reads) {
    CaseBuilder builder;
    Build(builder, reads);
    const auto findings = builder.Findings(RuleNamed("filter-discards-most"));
    return findings.size() == 1 ? findings.front().blocks.size() : 99;
  };
  EXPECT_EQ(blocks({}), 2U) << "Terraform, CloudFormation";
  EXPECT_EQ(blocks({.filter = "a > :a"}), 0U) << "not an equality";
  EXPECT_EQ(blocks({.filter = "a = :a OR a = :b"}), 0U) << "no one key serves both";
  EXPECT_EQ(blocks({.filter = "unseen = :a"}), 0U) << "of an unknown type";
}

TEST(FilterDiscardsMostTest, Says) {
  EXPECT_EQ(
      SaidOf(RuleNamed("filter-discards-most"), Build, {.read_halves = 32, .filter = "a > :a"}),
      "warning on T\n"
      "A filter throws away 75 % of what this Query reads.\n"
      "operation: Query\n"
      "expression: FilterExpression: a > :a\n"
      "items read: 60\n"
      "items returned: 15\n"
      "read units: 16\n"
      "read units wasted: 12\n"
      "requests: 3\n"
      "count: 3\n");
}

}  // namespace
}  // namespace dynarock::advisor
