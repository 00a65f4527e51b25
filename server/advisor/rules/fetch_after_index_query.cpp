// fetch-after-index-query: an index is queried, and then each item is fetched from the table.
//
// Sees GetItems by the keys of items that a Query or Scan of an index had returned up to ten
// seconds before, five or more of one page (all of a smaller one), when the index projects less
// than everything. GetItems with ConsistentRead do not count, nor those of items that the same
// client writes next: a worker that takes up one item after the other. Speaks from
// `fetched_one_by_one` pages or 20 GetItems on. Why: one read becomes 1 + N, each with its own
// latency and half a unit at least.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "fetch-after-index-query";

constexpr uint64_t kManyGets = 20;

ProjectionType ProjectionOf(const Case& given, const RequestKind& kind) {
  const TableCase* table = given.FindTable(kind.table);
  const Index* index = table == nullptr ? nullptr : table->table->FindIndex(kind.index);
  return index == nullptr ? ProjectionType::kAll : index->projection;
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    if (kind->index.empty()) continue;
    const uint64_t runs = kind->follow_ups.fetch_runs;
    if (runs < given.thresholds().fetched_one_by_one && kind->follow_ups.fetches < kManyGets)
      continue;
    const ProjectionType projection = ProjectionOf(given, *kind);
    if (projection == ProjectionType::kAll) continue;  // gets-one-by-one
    if (kind->follow_ups.worked * 2 >= kind->follow_ups.fetches) continue;
    Finding& finding =
        findings.emplace_back(Of(*kind, kId, Severity::kWarning,
                                 "After reading index " + kind->index +
                                     " each item is fetched from the table, one GetItem "
                                     "at a time."));
    finding.evidence.emplace_back("pages followed by GetItems", Figure(runs));
    finding.evidence.emplace_back("GetItems", Figure(kind->follow_ups.fetches));
    finding.evidence.emplace_back(
        "projection", projection == ProjectionType::kKeysOnly ? "KEYS_ONLY" : "INCLUDE");
    finding.consequence =
        "A page of 100 items costs 100 more requests, one after the other: seconds of latency, and "
        "read units for items whose index entry was already paid for.";
    finding.advice =
        "Project the attributes that are needed (INCLUDE, or ALL) so that the index answers alone; "
        "where the items are large and seldom needed whole, fetch up to 100 of them with one "
        "BatchGetItem.";
  }
}

}  // namespace

extern const Rule kFetchAfterIndexQuery{kId, Judge};

}  // namespace dynarock::advisor
