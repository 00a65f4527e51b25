// page-token-ignored: which pages that were not followed are a loss.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Pages {
  trace::AccessKind kind = trace::AccessKind::kQuery;
  uint64_t more = 2;       // with a page token at the end
  uint64_t unlimited = 0;  // of those: cut at 1 MB
  uint64_t fell_short = 0;
  uint64_t limit = 25;
  uint64_t followed = 0;
  uint64_t backward = 0;
  std::string begins_with = "";  // the value that the sort key is to begin with
};

void Build(CaseBuilder& builder, const Pages& pages) {
  const bool scan = pages.kind == trace::AccessKind::kScan;
  auto& kind = builder.AddKind(scan ? "Scan" : "Query", pages.kind);
  if (!pages.begins_with.empty()) {
    kind.expressions = {{"KeyConditionExpression", "pk = :p AND begins_with(sk, :s)"}};
    kind.example = R"({":s":{"S":")" + pages.begins_with + R"("}})";
  }
  kind.traffic.cells[0].requests = 10;
  kind.pages.first_pages.Add(10);
  kind.pages.more_pages.Add(pages.more);
  kind.pages.more_unlimited.Add(pages.unlimited);
  kind.pages.more_short.Add(pages.fell_short);
  kind.pages.most_limit.Add(pages.limit);
  kind.pages.most_items.Add(pages.limit);
  kind.pages.tokens_followed.Add(pages.followed);
  kind.pages.backward_pages.Add(pages.backward);
}

TEST(PageTokenIgnoredTest, CutAtOneMegabyte) {
  ExpectRows(RuleNamed("page-token-ignored"), Build,
             {
                 {"once", {.more = 1, .unlimited = 1}, "error"},
                 {"followed", {.more = 1, .unlimited = 1, .followed = 1}, ""},
                 {"backwards all the same", {.more = 1, .unlimited = 1, .backward = 1}, "error"},
             });
}

TEST(PageTokenIgnoredTest, Limited) {
  constexpr auto kScan = trace::AccessKind::kScan;
  ExpectRows(RuleNamed("page-token-ignored"), Build,
             {
                 {"a Query", {}, "note"},
                 {"only once", {.more = 1}, ""},
                 {"never", {.more = 0}, ""},
                 {"followed", {.followed = 1}, ""},
                 {"for the newest", {.limit = 1}, ""},
                 {"for two", {.limit = 2}, "note"},
                 {"backwards", {.backward = 1}, ""},
                 {"half of them fell short", {.fell_short = 1}, ""},
                 {"less than half", {.more = 3, .fell_short = 1}, "note"},
                 {"a Scan", {.kind = kScan}, "warning"},
                 {"no page at all", {.kind = trace::AccessKind::kGet}, ""},
             });
}

TEST(PageTokenIgnoredTest, Completions) {
  ExpectRows(RuleNamed("page-token-ignored"), Build,
             {
                 {"of what was typed", {.limit = 10, .begins_with = "mil"}, ""},
                 {"many", {.limit = 11, .begins_with = "mil"}, "note"},
                 {"of an entity", {.limit = 10, .begins_with = "ORDER#"}, "note"},
             });
}

TEST(PageTokenIgnoredTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("page-token-ignored"), Build, {.more = 4, .unlimited = 1}),
            "error on T\n"
            "Answers end with LastEvaluatedKey and nobody asks for the next page.\n"
            "operation: Query\n"
            "first pages: 10\n"
            "of these with more to come: 4\n"
            "cut at 1 MB: 1\n"
            "next pages asked for: 0\n"
            "most items of a page: 25\n"
            "count: 10\n");
}

}  // namespace
}  // namespace dynarock::advisor
