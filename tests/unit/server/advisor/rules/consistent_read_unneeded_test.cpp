// consistent-read-unneeded: how many reads must have had a reason.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Reads {
  uint64_t consistent = 20;
  uint64_t needed = 1;
};

void Build(CaseBuilder& builder, const Reads& reads) {
  auto& kind = builder.AddKind("GetItem", trace::AccessKind::kGet);
  kind.traffic.cells[0].requests = 200;
  kind.traffic.cells[0].read_halves = 50;
  kind.traffic.cells[0].consistent_reads = reads.consistent;
  kind.reads_after_writes.consistent_needed.Add(reads.needed);
}

TEST(ConsistentReadUnneededTest, Rows) {
  ExpectRows(RuleNamed("consistent-read-unneeded"), Build,
             {
                 {"one in twenty needed", {}, "note"},
                 {"two in twenty", {.needed = 2}, ""},
                 {"fewer than twenty", {.consistent = 19, .needed = 0}, ""},
                 {"ninety-nine", {.consistent = 99}, "note"},
                 {"a hundred", {.consistent = 100}, "warning"},
             });
}

TEST(ConsistentReadUnneededTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("consistent-read-unneeded"), Build),
            "note on T\n"
            "Reads are strongly consistent, but hardly any follows a write of the item.\n"
            "operation: GetItem\n"
            "consistent reads: 20\n"
            "within five seconds of a write: 1\n"
            "read units: 25\n"
            "read units without ConsistentRead: 12.5\n"
            "count: 20\n");
}

}  // namespace
}  // namespace dynarock::advisor
