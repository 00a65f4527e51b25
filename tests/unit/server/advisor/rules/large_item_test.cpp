// large-item: how near to 400 KB items come.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Items {
  uint64_t largest = 100 * 1024;
  uint64_t near_limit = 0;  // writes of 300 KB and more
};

void Build(CaseBuilder& builder, const Items& items) {
  auto& facts = builder.AddTable().facts;
  facts.largest = items.largest;
  facts.large = SeenTimes(5);
  facts.large.example = "large";
  facts.near_limit = SeenTimes(items.near_limit);
  facts.near_limit.example = "near";
}

TEST(LargeItemTest, Rows) {
  ExpectRows(RuleNamed("large-item"), Build,
             {
                 {"100 KB", {}, "note"},
                 {"a byte less", {.largest = 100 * 1024 - 1}, ""},
                 {"one write of 300 KB", {.near_limit = 1}, "note"},
                 {"two", {.near_limit = 2}, "warning"},
             });
}

TEST(LargeItemTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("large-item"), Build, {.largest = 300 * 1024 + 1, .near_limit = 2}),
            "warning on T\n"
            "The largest item has 300 KB; 400 KB is the limit.\n"
            "largest item: 300 KB\n"
            "writes of 100 KB and more: 5\n"
            "writes of 300 KB and more: 2\n"
            "write units of the largest: 301\n"
            "count: 2\n"
            "example: near\n");
  EXPECT_NE(SaidOf(RuleNamed("large-item"), Build).find("count: 5\nexample: large\n"),
            std::string::npos);
}

}  // namespace
}  // namespace dynarock::advisor
