// put-drops-attributes: when puts that drop attributes are a warning.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Puts {
  uint64_t dropping = 1;
  uint64_t losing = 0;  // of those: what stays for good
};

void Build(CaseBuilder& builder, const Puts& puts) {
  auto& kind = builder.AddKind("PutItem", trace::AccessKind::kPut);
  kind.traffic.cells[0].requests = 40;
  kind.traffic.cells[0].entries = 40;
  kind.example = "any";
  kind.part_items.dropper.Give("the one that dropped", "agent");
  kind.part_items.put_dropping.Add(puts.dropping);
  kind.part_items.put_losing.Add(puts.losing);
}

TEST(PutDropsAttributesTest, Rows) {
  ExpectRows(RuleNamed("put-drops-attributes"), Build,
             {
                 {"one", {}, "note"},
                 {"none", {.dropping = 0}, ""},
                 {"many that may be meant", {.dropping = 40, .losing = 2}, "note"},
                 {"three that are not", {.dropping = 40, .losing = 3}, "warning"},
             });
}

TEST(PutDropsAttributesTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("put-drops-attributes"), Build, {.dropping = 4, .losing = 3}),
            "warning on T\n"
            "4 puts replaced an item by a few of its attributes; the others are gone.\n"
            "operation: PutItem\n"
            "puts without a condition, in all: 40\n"
            "count: 4\n"
            "example: the one that dropped\n");
}

}  // namespace
}  // namespace dynarock::advisor
