// large-item-small-change: how many writes of large items change little.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Rewrites {
  uint64_t count = 10;
};

void Build(CaseBuilder& builder, const Rewrites& rewrites) {
  auto& facts = builder.AddTable().facts;
  facts.rewrite = SeenTimes(rewrites.count);
  facts.rewrite.example = "rewrites";
  facts.rewrite_units = 120;
  facts.rewrite_bytes = 122'880;
  facts.changed_bytes = 500;
}

TEST(LargeItemSmallChangeTest, Rows) {
  ExpectRows(RuleNamed("large-item-small-change"), Build,
             {
                 {"ten", {}, "warning"},
                 {"nine", {.count = 9}, ""},
             });
}

TEST(LargeItemSmallChangeTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("large-item-small-change"), Build),
            "warning on T\n"
            "Items of 12 KB are rewritten to change 50 bytes of them.\n"
            "such writes: 10\n"
            "write units: 120\n"
            "write units if the changing part were an item of its own: 10\n"
            "count: 10\n"
            "example: rewrites\n");
}

}  // namespace
}  // namespace dynarock::advisor
