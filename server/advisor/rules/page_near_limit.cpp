// page-near-limit: a Query or Scan without Limit whose result will not fit into one page for long.
//
// Sees, per distinct request without a Limit, the most bytes that one page read. Speaks, as a note,
// from `page_near_limit_kb` on, while no page has been cut yet: tests hold less data than
// production.
// Why: at 1 MB, counted before filter and projection (Developer Guide, "Query operations in
// DynamoDB", "Paginating table query results"), the answer is cut, and code that has never met a
// page token may not look for one.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "page-near-limit";

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr uint64_t kPage = 1 << 20;
  for (const RequestKind* kind : given.kinds) {
    const PageCounts pages = kind->pages;
    if (pages.most_bytes < given.thresholds().page_near_limit_kb * 1024) continue;
    if (pages.more_pages > 0 || pages.limited_pages > 0 || pages.tokens_followed > 0) continue;
    Finding& finding = findings.emplace_back(
        Of(*kind, kId, Severity::kNote,
           "One page read " + Bytes(pages.most_bytes) + "; at 1 MB the result will be cut."));
    finding.evidence.emplace_back("items of that page", Figure(pages.most_items));
    const uint64_t fit = pages.most_items * kPage / pages.most_bytes;
    finding.evidence.emplace_back("items that fit into a page", Figure(fit));
    finding.consequence =
        "With more than about " + Figure(fit) +
        " items the answer ends with LastEvaluatedKey, and code that does not follow it loses the "
        "rest.";
    finding.advice =
        "Make sure that this code follows LastEvaluatedKey (the SDKs have paginators), and read in "
        "pages with a Limit. Naming attributes in the request does not help, since the 1 MB are "
        "counted before; where only a few are needed, a global secondary index that projects "
        "these, or large attributes kept in items of their own, make the pages hold more.";
  }
}

}  // namespace

extern const Rule kPageNearLimit{kId, Judge};

}  // namespace dynarock::advisor
