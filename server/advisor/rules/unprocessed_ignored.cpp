// unprocessed-ignored: UnprocessedItems or UnprocessedKeys that nobody sent again.
//
// Sees entries that a batch handed back, and requests of the next minute that do the same to the
// same items (another value is another write, and the entry is lost); a BatchGetItem only when it
// asks for nothing else, since a page that is asked for once more as a whole leaves the same keys
// out. Speaks when at least one was not sent again so far; of entries handed back in the last 200
// ms before the report it is too early to tell. An error for writes, since they are lost, a warning
// for reads. Why: a batch answers 200 although a part of it was not done.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "unprocessed-ignored";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const Unprocessed::Row& row : given.unprocessed) {
    const uint64_t settled = row.sent_again + row.waiting;
    if (row.handed_back <= settled) continue;
    const uint64_t lost = row.handed_back - settled;
    const bool writes = row.operation == "BatchWriteItem";
    const std::string member = writes ? "UnprocessedItems" : "UnprocessedKeys";
    const std::string title =
        lost == 1 ? "1 entry of a batch came back in " + member + " and nobody sent it again."
                  : Figure(lost) + " entries of batches came back in " + member +
                        " and nobody sent them again.";
    Finding& finding = findings.emplace_back(
        Of(row.table, row.seen, kId, writes ? Severity::kError : Severity::kWarning, title));
    finding.count = lost;
    finding.evidence.emplace_back("handed back", Figure(row.handed_back));
    finding.evidence.emplace_back("sent again", Figure(row.sent_again));
    if (row.waiting > 0) {
      finding.evidence.emplace_back("too early to tell, just before this report",
                                    Figure(row.waiting));
    }
    finding.consequence = writes ? "These writes were not done although the request succeeded: "
                                   "data is lost without an error. "
                                   "In production throttling hands entries back, under load."
                                 : "These items are missing from the result although the request "
                                   "succeeded. In production "
                                   "throttling, and answers above 16 MB, hand keys back.";
    finding.advice =
        "Send " + member +
        " again until there are none, with a growing random wait between the attempts.";
  }
}

}  // namespace

extern const Rule kUnprocessedIgnored{kId, Judge};

}  // namespace dynarock::advisor
