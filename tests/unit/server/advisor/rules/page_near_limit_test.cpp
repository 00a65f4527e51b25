// page-near-limit: pages on their way to 1 MB.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Pages {
  uint64_t bytes = 256 * 1024;
  uint64_t more = 0;  // were cut
  uint64_t limited = 0;
  uint64_t followed = 0;
};

void Build(CaseBuilder& builder, const Pages& pages) {
  auto& kind = builder.AddKind("Query", trace::AccessKind::kQuery, "T", "by-a");
  kind.traffic.cells[0].requests = 5;
  kind.pages.most_bytes.Add(pages.bytes);
  kind.pages.most_items.Add(64);
  kind.pages.more_pages.Add(pages.more);
  kind.pages.limited_pages.Add(pages.limited);
  kind.pages.tokens_followed.Add(pages.followed);
}

TEST(PageNearLimitTest, Rows) {
  ExpectRows(RuleNamed("page-near-limit"), Build,
             {
                 {"256 KB", {}, "note"},
                 {"a byte less", {.bytes = 256 * 1024 - 1}, ""},
                 {"was cut already", {.more = 1}, ""},
                 {"with a Limit", {.limited = 1}, ""},
                 {"followed", {.followed = 1}, ""},
             });
}

TEST(PageNearLimitTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("page-near-limit"), Build),
            "note on T, index by-a\n"
            "One page read 256 KB; at 1 MB the result will be cut.\n"
            "operation: Query\n"
            "items of that page: 64\n"
            "items that fit into a page: 256\n"
            "count: 5\n");
}

}  // namespace
}  // namespace dynarock::advisor
