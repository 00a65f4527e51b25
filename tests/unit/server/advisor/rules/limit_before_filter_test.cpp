// limit-before-filter: answers with fewer items than their Limit.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Pages {
  uint64_t fell_short = 2;
  uint64_t followed = 0;
};

void Build(CaseBuilder& builder, const Pages& pages) {
  auto& kind = builder.AddKind("Query", trace::AccessKind::kQuery, "T", "by-a");
  kind.expressions = {{"FilterExpression", "n > :n"}};
  kind.traffic.cells[0].requests = 5;
  kind.traffic.cells[0].items_read = 50;
  kind.traffic.cells[0].items_returned = 7;
  kind.pages.most_limit.Add(10);
  kind.pages.more_short.Add(pages.fell_short);
  kind.pages.tokens_followed.Add(pages.followed);
}

TEST(LimitBeforeFilterTest, Rows) {
  ExpectRows(RuleNamed("limit-before-filter"), Build,
             {
                 {"twice", {}, "warning"},
                 {"once", {.fell_short = 1}, ""},
                 {"followed", {.followed = 1}, ""},
             });
}

TEST(LimitBeforeFilterTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("limit-before-filter"), Build),
            "warning on T, index by-a\n"
            "Limit counts items before the filter: 2 answers had fewer items than asked for and "
            "more to come.\n"
            "operation: Query\n"
            "expression: FilterExpression: n > :n\n"
            "answers that fell short: 2\n"
            "Limit: 10\n"
            "items read: 50\n"
            "items returned: 7\n"
            "count: 5\n");
}

}  // namespace
}  // namespace dynarock::advisor
