// scan-on-request-path: Scan as part of the application's ordinary work.
//
// Sees, per distinct Scan (PartiQL SELECT without a usable key included): how often one was begun.
// Parallel scans (Segment) are jobs, and scans whose items were deleted or written next are
// maintenance or a test that cleans up: silent. From `scans` on a warning when a filter makes a
// search of it; without one a note, and a warning from three times as many on, or twice as many
// that read 64 KB each. A note at most while the table is one page of less than 4 KB, unless the
// filter drops `filter_discarded_percent` of `filter_items` or more read: tests hold less data. A
// filter that compares the partition key with = is a warning always: Query was meant.
// Why: a Scan reads, and costs, the whole table each time.
#include <algorithm>

#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/terms.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "scan-on-request-path";

// What instead of a Scan that searches. Only an attribute that is compared by equality can be a
// partition key.
std::string SearchAdvice(const RequestKind& kind) {
  const bool statement = kind.Expression("FilterExpression").empty();
  // The legacy ScanFilter has its attributes' names only.
  const std::vector<Term> terms = TermsOf(kind, statement ? "Statement" : "FilterExpression");
  const auto any = [&](std::string_view op) {
    return std::any_of(terms.begin(), terms.end(), [&](const Term& term) { return term.op == op; });
  };
  if (any("=") || terms.empty()) {
    return "Give the search a key: Query the table or a global secondary index whose partition key "
           "is the attribute that the filter compares with =.";
  }
  if (any("contains")) {
    return "No key serves contains(): write an item for each word or element that is searched for, "
           "with the word as its partition key, or give the search to a search engine that a "
           "stream of the table feeds.";
  }
  return "A partition key takes = only: Query a global secondary index whose partition key is what "
         "the items wanted have in common (their kind, their owner) and whose sort key is the "
         "attribute in the filter.";
}

// The partition key of what is scanned, when the filter compares it with =: Query was meant.
std::string OwnKeyInFilter(const Case& given, const RequestKind& kind) {
  const TableCase* table = given.FindTable(kind.table);
  if (table == nullptr) return {};
  const Index* index = kind.index.empty() ? nullptr : table->table->FindIndex(kind.index);
  if (!kind.index.empty() && index == nullptr) return {};
  const Key& key = index == nullptr ? table->table->key() : index->key;
  const std::vector<Term> terms = TermsOf(kind, "FilterExpression");
  for (const Term& term : terms) {
    if (term.op == "=" && term.attribute == key.hash.front().name) return term.attribute;
  }
  return {};
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    if (kind->access_kind != trace::AccessKind::kScan) continue;
    const uint64_t begun = kind->pages.first_pages;
    if (begun < given.thresholds().scans || kind->pages.segmented_pages > 0) continue;
    if (kind->follow_ups.rewritten > 0 &&
        kind->follow_ups.rewritten * 4 >= kind->traffic.items_returned())
      continue;
    const bool searches = !kind->Expression("FilterExpression").empty() ||
                          !kind->Expression("ScanFilter").empty() ||
                          kind->Expression("Statement").find("WHERE") != std::string_view::npos ||
                          kind->Expression("Statement").find("where") != std::string_view::npos;
    // A few settings read whole are cheaper than any index.
    constexpr uint64_t kUnit = 4096;
    const uint64_t read = kind->traffic.items_read();
    const bool picks = read >= given.thresholds().filter_items &&
                       (read - std::min(read, kind->traffic.items_returned())) * 100 >=
                           read * given.thresholds().filter_discarded_percent;
    const bool small = kind->pages.most_bytes < kUnit && kind->pages.tokens_followed == 0 && !picks;
    constexpr uint64_t kMuch = 65'536;
    const bool often =
        begun >= 3 * given.thresholds().scans ||
        (begun >= 2 * given.thresholds().scans && kind->traffic.bytes_read() >= kMuch * begun);
    const std::string own_key = OwnKeyInFilter(given, *kind);
    const bool loud = !own_key.empty() || (!small && (searches || often));
    Finding& finding = findings.emplace_back(
        Of(*kind, kId, loud ? Severity::kWarning : Severity::kNote,
           (kind->index.empty() ? "The table" : "Index " + kind->index) + " is scanned " +
               Figure(begun) + " times" +
               (!own_key.empty() ? ", to search it by \"" + own_key + "\", its own partition key."
                : searches       ? ", to search it."
                                 : ".")));
    finding.evidence.emplace_back("scans begun", Figure(begun));
    finding.evidence.emplace_back("pages", Figure(kind->traffic.requests()));
    finding.evidence.emplace_back("items read", Figure(kind->traffic.items_read()));
    finding.evidence.emplace_back("read units", Units(kind->traffic.read_units()));
    finding.consequence =
        "A Scan reads every item, and you pay for all of them. With 1 GB of data one Scan takes "
        "about a thousand pages, 131,072 read units and minutes, and it takes the capacity from "
        "everybody else.";
    finding.advice =
        !own_key.empty()
            ? "Query with KeyConditionExpression \"" + own_key + " = ...\" reads only these items."
        : searches
            ? SearchAdvice(*kind)
            : "Query by key what a request needs. Where all items are really wanted, do it in a "
              "job: an export to S3, or a parallel Scan with a rate limit.";
  }
}

}  // namespace

extern const Rule kScanOnRequestPath{kId, Judge};

}  // namespace dynarock::advisor
