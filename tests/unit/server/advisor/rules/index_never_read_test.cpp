// index-never-read: an index that is kept up for nobody.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Upkeep {
  uint64_t writes = 20;         // that maintained it
  uint64_t reads = 20;          // of the table
  std::string read_index = "";  // the index that they read
  bool deleting = false;
};

void Build(CaseBuilder& builder, const Upkeep& upkeep) {
  IndexDescription by_a = test::DescribeIndex("by-a", {"a"});
  if (upkeep.deleting) by_a.status = Status::kDeleting;
  builder.AddTable(WithIndexes({by_a}));
  auto& puts = builder.AddKind("PutItem", trace::AccessKind::kPut);
  puts.traffic.cells[0].requests = 100;
  auto* arm = puts.index_writes.ArmOf("by-a");
  arm->writes.Add(upkeep.writes);
  arm->halves.Add(81);
  auto& reads = builder.AddKind("Query", trace::AccessKind::kQuery, "T", upkeep.read_index);
  reads.traffic.cells[0].requests = upkeep.reads;
}

TEST(IndexNeverReadTest, Rows) {
  ExpectRows(RuleNamed("index-never-read"), Build,
             {
                 {"twenty writes, twenty reads", {}, "warning"},
                 {"nineteen writes", {.writes = 19}, ""},
                 {"nineteen reads", {.reads = 19}, ""},
                 {"it is read", {.read_index = "by-a"}, ""},
                 {"another one is read", {.read_index = "by-b"}, "warning"},
                 {"it is going away", {.deleting = true}, ""},
             });
}

TEST(IndexNeverReadTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("index-never-read"), Build),
            "warning on T, index by-a\n"
            "Nothing reads index by-a, and every write pays for it.\n"
            "reads of the index: 0\n"
            "other reads of the table: 20\n"
            "writes that maintained it: 20\n"
            "write units spent on it: 40.5\n"
            "count: 20\n");
}

}  // namespace
}  // namespace dynarock::advisor
