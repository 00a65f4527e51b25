// stale-read: when reads right after writes are a habit of the application.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Reads {
  uint64_t hazards = 10;
  uint64_t direct = 0;   // by the writer, as its next request
  uint64_t created = 0;  // of an item that the reader has made
  uint64_t deleted = 0;  // of an item that the reader deletes next
  uint64_t eventual = 400;
  std::string index = "";
  trace::AccessKind kind = trace::AccessKind::kQuery;
};

void Build(CaseBuilder& builder, const Reads& reads) {
  TableDescription description = WithIndexes({test::DescribeIndex("global", {"a"})});
  description.local_indexes = {test::DescribeIndex("local", {"pk"}, {"b"})};
  builder.AddTable(description);
  auto& kind = builder.AddKind("Query", reads.kind, "T", reads.index);
  kind.traffic.cells[0].requests = reads.eventual;
  kind.traffic.cells[0].eventual_reads = reads.eventual;
  kind.reads_after_writes.hazards.Add(reads.hazards);
  kind.reads_after_writes.direct_hazards.Add(reads.direct);
  kind.reads_after_writes.created_hazards.Add(reads.created);
  kind.reads_after_writes.deleted_hazards.Add(reads.deleted);
}

TEST(StaleReadTest, OfTheTable) {
  ExpectRows(RuleNamed("stale-read"), Build,
             {
                 {"ten", {}, "note"},
                 {"nine", {.hazards = 9}, ""},
                 {"one was to be deleted", {.deleted = 1}, ""},
                 {"a write", {.kind = trace::AccessKind::kPut}, ""},
                 {"half of 400", {.hazards = 200}, "warning"},
                 {"less than half", {.hazards = 200, .eventual = 401}, "note"},
                 {"199", {.hazards = 199, .eventual = 300}, "note"},
                 {"one was made by the reader", {.hazards = 200, .created = 1}, "note"},
             });
}

TEST(StaleReadTest, OfIndexes) {
  ExpectRows(
      RuleNamed("stale-read"), Build,
      {
          {"by others", {.hazards = 200, .index = "global"}, "note"},
          {"nineteen by the writer", {.hazards = 20, .direct = 19, .index = "global"}, "note"},
          {"twenty", {.hazards = 20, .direct = 20, .index = "global"}, "warning"},
          {"a local one is read with the table",
           {.hazards = 20, .direct = 20, .index = "local"},
           "note"},
      });
}

TEST(StaleReadTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("stale-read"), Build,
                   {.hazards = 25, .direct = 22, .deleted = 2, .index = "global"}),
            "warning on T, index global\n"
            "Index global is read for items that were written moments before.\n"
            "operation: Query\n"
            "reads right after a write of the item: 23\n"
            "of those by the writer, as its next request: 20\n"
            "eventually consistent reads in all: 400\n"
            "count: 23\n");
}

}  // namespace
}  // namespace dynarock::advisor
