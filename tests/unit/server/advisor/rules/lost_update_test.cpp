// lost-update: what of two writers that read the same state is told.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Writes {
  uint64_t undoing = 0;
  uint64_t same = 0;  // set a number to the same value
  uint64_t back = 0;  // whole items that were put back, changed
  trace::AccessKind kind = trace::AccessKind::kPut;
};

void Build(CaseBuilder& builder, const Writes& writes) {
  auto& kind = builder.AddKind("PutItem", writes.kind);
  kind.traffic.cells[0].requests = 100;
  kind.copies.undoer.Give("undoes", "agent");
  kind.copies.same_maker.Give("counts", "agent");
  kind.copies.copy.Give("puts back", "agent");
  kind.copies.undoing.Add(writes.undoing);
  kind.copies.same_made.Add(writes.same);
  kind.copies.written_back.Add(writes.back);
}

TEST(LostUpdateTest, Rows) {
  ExpectRows(RuleNamed("lost-update"), Build,
             {
                 {"nothing", {}, ""},
                 {"one is undone", {.undoing = 1}, "note"},
                 {"two are", {.undoing = 2}, "note"},
                 {"three are", {.undoing = 3}, "warning"},
                 {"many of the same number", {.same = 30}, "note"},
                 {"ten put back", {.back = 10}, "note"},
                 {"nine put back", {.back = 9}, ""},
             });
}

TEST(LostUpdateTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("lost-update"), Build, {.undoing = 3, .same = 2, .back = 4}),
            "warning on T\n"
            "3 changes were undone by another client that had read the item before.\n"
            "operation: PutItem\n"
            "writes that undid another one: 3\n"
            "the same number set twice: 2\n"
            "items put back after they were read: 9\n"
            "count: 3\n"
            "example: undoes\n");
  const auto shows = [](const Writes& writes, std::string_view example) {
    return SaidOf(RuleNamed("lost-update"), Build, writes).find(example) != std::string::npos;
  };
  EXPECT_TRUE(shows({.same = 1}, "count: 1\nexample: counts\n"));
  EXPECT_TRUE(shows({.back = 12}, "count: 12\nexample: puts back\n"));
  EXPECT_FALSE(shows({.undoing = 1, .kind = trace::AccessKind::kUpdate}, "put back after"));
}

}  // namespace
}  // namespace dynarock::advisor
