// scan-on-request-path: Scan as part of the application's ordinary work.
//
// Sees, per distinct Scan (PartiQL SELECT without a usable key included): how often one was begun.
// Parallel scans (Segment) are jobs, and scans whose items were deleted or written next are
// maintenance or a test that cleans up: silent. A note from `scans` on, a warning from three times
// as many unless the table is one page of less than 4 KB, or at once when a filter makes a search
// of it.
// Why: a Scan reads, and costs, the whole table each time.
#include "server/advisor/rules.h"

namespace dynarock::advisor {

namespace {

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const Shape* shape : given.shapes) {
    if (shape->kind != protocol::AccessKind::kScan) continue;
    const uint64_t begun = shape->first_pages;
    if (begun < given.thresholds().scans || shape->segmented_pages > 0) continue;
    if (shape->rewritten > 0 && shape->rewritten * 4 >= shape->items_returned()) continue;
    const bool searches = !shape->Expression("FilterExpression").empty() ||
                          !shape->Expression("ScanFilter").empty() ||
                          shape->Expression("Statement").find("WHERE") != std::string_view::npos ||
                          shape->Expression("Statement").find("where") != std::string_view::npos;
    // A few settings read whole are cheaper than any index.
    constexpr uint64_t kUnit = 4096;
    const bool small = shape->most_bytes < kUnit && shape->tokens_followed == 0;
    const bool often = begun >= 3 * given.thresholds().scans && !small;
    Finding& finding = findings.emplace_back(
        Of(*shape, kScanOnRequestPath.id, searches || often ? Severity::kWarning : Severity::kNote,
           (shape->index.empty() ? "The table" : "Index " + shape->index) + " is scanned " +
               Figure(begun) + " times" + (searches ? ", to search it." : ".")));
    finding.evidence.emplace_back("scans begun", Figure(begun));
    finding.evidence.emplace_back("pages", Figure(shape->requests()));
    finding.evidence.emplace_back("items read", Figure(shape->items_read()));
    finding.evidence.emplace_back("read units", Units(shape->read_units()));
    finding.consequence =
        "A Scan reads every item and is paid for all of them. With 1 GB of data one Scan takes "
        "about "
        "a thousand pages, 131,072 read units and minutes, and it takes the capacity from "
        "everybody "
        "else.";
    finding.advice =
        searches
            ? "Give the search a key: Query the table or a global secondary index whose partition "
              "key is the attribute in the filter."
            : "Query by key what a request needs. Where all items are really wanted, do it in a "
              "job: an export to S3, or a parallel Scan with a rate limit.";
  }
}

}  // namespace

const Rule kScanOnRequestPath{"scan-on-request-path", Judge};

}  // namespace dynarock::advisor
