// date-partition-key: which partition keys are a day or a month.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Writes {
  std::vector<std::string> keys = {"2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28"};
  uint64_t count = 200;
};

void Build(CaseBuilder& builder, const Writes& writes) {
  TableCase& table = builder.AddTable();
  for (size_t i = 0; i < writes.keys.size(); ++i) {
    const uint64_t hash = (i + 1) << 20;
    table.facts.keys.Add(hash, 1, 1, 0, 0);
    table.facts.keys.Label(hash, writes.keys[i]);
  }
  table.facts.writes = writes.count;
  builder.AddKind("Query", trace::AccessKind::kQuery).example = "reads";
  builder.AddKind("PutItem", trace::AccessKind::kPut).example = "writes";
}

TEST(DatePartitionKeyTest, OfTheTable) {
  ExpectRows(RuleNamed("date-partition-key"), Build,
             {
                 {"four days", {}, "warning"},
                 {"199 writes", {.count = 199}, ""},
                 {"49 a day",
                  {.keys = {"2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"},
                   .count = 249},
                  ""},
                 {"50 a day",
                  {.keys = {"2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"},
                   .count = 250},
                  "warning"},
             });
}

TEST(DatePartitionKeyTest, Dates) {
  ExpectRows(RuleNamed("date-partition-key"), Build,
             {
                 {"a month", {.keys = {"2026-11"}}, "warning"},
                 {"without marks", {.keys = {"20261125"}}, "warning"},
                 {"with slashes", {.keys = {"2026/11/25"}}, "warning"},
                 {"with a prefix", {.keys = {"DAY#2026-11-25", "DAY#2026-11-26"}}, "warning"},
                 {"with two prefixes", {.keys = {"DAY#2026-11-25", "LOG#2026-11-26"}}, ""},
                 {"month 12", {.keys = {"2026-12"}}, "warning"},
                 {"month 13", {.keys = {"2026-13"}}, ""},
                 {"day 31", {.keys = {"2026-12-31"}}, "warning"},
                 {"day 32", {.keys = {"2026-12-32"}}, ""},
                 {"1990", {.keys = {"1990-01-01"}}, "warning"},
                 {"1989", {.keys = {"1989-01-01"}}, ""},
                 {"two kinds of marks", {.keys = {"2026-11/25"}}, ""},
                 {"a number", {.keys = {"12345678"}}, ""},
                 {"a user", {.keys = {"2026-11-25", "USER#1"}}, ""},
             });
}

struct Entries {
  uint64_t with = 200;
  std::string value = "2026-11-25";
  uint64_t different = 1;  // values
  bool many_values = false;
  std::vector<std::string> hash = {"a"};
};

void BuildIndex(CaseBuilder& builder, const Entries& entries) {
  TableCase& table = builder.AddTable(WithIndexes({test::DescribeIndex("by-a", entries.hash)}));
  table.facts.looked_at = table.facts.writes = entries.with;
  IndexFacts& facts = table.facts.indexes["by-a"];
  facts.with = entries.with;
  facts.many_values = entries.many_values;
  for (uint64_t value = 1; value <= entries.different; ++value) facts.values[value] = 1;
  facts.value_examples = {entries.value};
}

TEST(DatePartitionKeyTest, OfAnIndex) {
  ExpectRows(RuleNamed("date-partition-key"), BuildIndex,
             {
                 {"200 writes", {}, "note"},
                 {"199", {.with = 199}, ""},
                 {"50 a day", {.with = 250, .different = 5}, "note"},
                 {"fewer a day", {.with = 249, .different = 5}, ""},
                 {"999", {.with = 999}, "note"},
                 {"1000", {.with = 1000}, "warning"},
                 {"no date", {.value = "open"}, ""},
                 {"many values", {.many_values = true}, ""},
                 {"a second HASH attribute", {.hash = {"a", "b"}}, ""},
                 {"the table's own", {.hash = {"pk"}}, ""},
             });
  EXPECT_EQ(SaidOf(RuleNamed("date-partition-key"), BuildIndex),
            "note on T, index by-a\n"
            "The partition key \"a\" of index by-a is a date: everything of the moment is written "
            "to one partition of the index.\n"
            "values: \"2026-11-25\"\n"
            "different values, about: 1\n"
            "writes: 200\n"
            "count: 200\n");
}

TEST(DatePartitionKeyTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("date-partition-key"), Build, {.keys = {"2026-11"}}),
            "warning on T\n"
            "The partition key \"pk\" is a date: everything of the moment is written to one "
            "partition.\n"
            "values: \"2026-11\"\n"
            "different values, about: 1\n"
            "writes: 200\n"
            "count: 200\n"
            "example: writes\n");
}

}  // namespace
}  // namespace dynarock::advisor
