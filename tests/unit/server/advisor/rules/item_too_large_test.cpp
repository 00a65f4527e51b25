// item-too-large: how often an item was refused for its size.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Refused {
  uint64_t count = 1;
};

void Build(CaseBuilder& builder, const Refused& refused) {
  auto& entry = builder.rest().too_large.emplace_back();
  entry.operation = "PutItem";
  entry.table = "T";
  entry.largest = 512'000;
  entry.seen = SeenTimes(refused.count);
  entry.seen.example = "the largest";
}

TEST(ItemTooLargeTest, Rows) {
  ExpectRows(RuleNamed("item-too-large"), Build,
             {
                 {"once", {}, "note"},
                 {"twice", {.count = 2}, "warning"},
                 {"three times", {.count = 3}, "error"},
             });
}

TEST(ItemTooLargeTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("item-too-large"), Build, {.count = 3}),
            "error on T\n"
            "3 PutItem requests were refused: an item may have at most 400 KB.\n"
            "operation: PutItem\n"
            "requests refused: 3\n"
            "largest request: 500 KB\n"
            "count: 3\n"
            "example: the largest\n");
}

}  // namespace
}  // namespace dynarock::advisor
