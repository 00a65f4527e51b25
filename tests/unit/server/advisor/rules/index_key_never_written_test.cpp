// index-key-never-written: an index that is empty, and whether it is read.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Items {
  uint64_t with = 0;
  uint64_t without = 10;
  uint64_t queries = 0;
  int64_t entries = 0;
  bool backfilling = false;
  std::string attribute = "other";  // that the items have
  bool seen = true;                 // since the index was added
};

void Build(CaseBuilder& builder, const Items& items) {
  IndexDescription by_a = test::DescribeIndex("by-a", {"customerId"});
  by_a.backfilling = items.backfilling;
  TableCase& table = builder.AddTable(WithIndexes({by_a}));
  table.table->state().counters.items = static_cast<int64_t>(items.with + items.without);
  table.table->indexes().front().counters->items = items.entries;
  if (items.seen) {
    IndexFacts& facts = table.facts.indexes["by-a"];
    facts.with = items.with;
    facts.without = items.without;
    facts.missing = "customerId";
    facts.left_out = SeenTimes(items.without);
  }
  table.facts.attributes[items.attribute].name = items.attribute;
  auto& queries = builder.AddKind("Query", trace::AccessKind::kQuery, "T", "by-a");
  queries.traffic.cells[0].requests = items.queries;
}

TEST(IndexKeyNeverWrittenTest, Rows) {
  ExpectRows(RuleNamed("index-key-never-written"), Build,
             {
                 {"ten items", {}, "warning"},
                 {"nine", {.without = 9}, ""},
                 {"one has it", {.with = 1}, ""},
                 {"one is there from before", {.entries = 1}, ""},
                 {"not made yet", {.backfilling = true}, ""},
                 {"queried", {.queries = 1}, "error"},
                 {"nothing written since", {.seen = false}, "warning"},
                 {"nine items from before", {.without = 9, .seen = false}, ""},
             });
}

TEST(IndexKeyNeverWrittenTest, Says) {
  const std::string said =
      "error on T, index by-a\n"
      "No item has \"customerId\", the key of index by-a: the index is empty.\n"
      "items of the table: 10\n"
      "without it, of those looked at: 10\n"
      "entries of the index: 0\n"
      "requests to the index: 7\n";
  EXPECT_EQ(SaidOf(RuleNamed("index-key-never-written"), Build, {.queries = 7}),
            said + "count: 10\n");
  EXPECT_EQ(SaidOf(RuleNamed("index-key-never-written"), Build,
                   {.queries = 7, .attribute = "customer_ID"}),
            said + "attribute that is written: customer_ID\ncount: 10\n");
}

}  // namespace
}  // namespace dynarock::advisor
