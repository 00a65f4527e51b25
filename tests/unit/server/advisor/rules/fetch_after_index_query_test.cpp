// fetch-after-index-query: when an index makes its readers fetch the items.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Fetches {
  uint64_t pages = 2;  // followed by GetItems
  uint64_t gets = 10;
  uint64_t worked = 0;  // of items that the client wrote next
  ProjectionType projection = ProjectionType::kKeysOnly;
  std::string index = "by-a";
};

void Build(CaseBuilder& builder, const Fetches& fetches) {
  builder.AddTable(
      WithIndexes({test::DescribeIndex("by-a", {"a"}, {}, fetches.projection, {"n"})}));
  auto& kind = builder.AddKind("Query", trace::AccessKind::kQuery, "T", fetches.index);
  kind.traffic.cells[0].requests = 6;
  kind.follow_ups.fetch_runs.Add(fetches.pages);
  kind.follow_ups.fetches.Add(fetches.gets);
  kind.follow_ups.worked.Add(fetches.worked);
}

TEST(FetchAfterIndexQueryTest, Rows) {
  ExpectRows(RuleNamed("fetch-after-index-query"), Build,
             {
                 {"two pages", {}, "warning"},
                 {"one page", {.pages = 1}, ""},
                 {"one page, 20 GetItems", {.pages = 1, .gets = 20}, "warning"},
                 {"one page, 19 GetItems", {.pages = 1, .gets = 19}, ""},
                 {"a list of attributes", {.projection = ProjectionType::kInclude}, "warning"},
                 {"the index has it all", {.projection = ProjectionType::kAll}, ""},
                 {"of the table", {.index = ""}, ""},
                 {"of an index that is gone", {.index = "gone"}, ""},
                 {"half are worked on", {.worked = 5}, ""},
                 {"less than half", {.worked = 4}, "warning"},
             });
}

TEST(FetchAfterIndexQueryTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("fetch-after-index-query"), Build),
            "warning on T, index by-a\n"
            "After reading index by-a each item is fetched from the table, one GetItem at a time.\n"
            "operation: Query\n"
            "pages followed by GetItems: 2\n"
            "GetItems: 10\n"
            "projection: KEYS_ONLY\n"
            "count: 6\n");
}

}  // namespace
}  // namespace dynarock::advisor
