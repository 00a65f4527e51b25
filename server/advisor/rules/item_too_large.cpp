// item-too-large: writes that were refused because the item is above 400 KB.
//
// Sees, per operation and table, requests that failed with "Item size has exceeded the maximum
// allowed size" or "Item size to update has exceeded the maximum allowed size", also as the reason
// of a cancelled transaction. Speaks at once: a note, since tests try it on purpose; a warning from
// the second on, an error from the third. Why: nothing of such a request is written, and no retry
// helps.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "item-too-large";

Severity SeverityOf(uint64_t refused) {
  constexpr uint64_t kMany = 3;
  return refused >= kMany ? Severity::kError : refused > 1 ? Severity::kWarning : Severity::kNote;
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const ErrorWatch::TooLarge& entry : given.too_large) {
    Finding& finding =
        findings.emplace_back(Of(entry.table, entry.seen, kId, SeverityOf(entry.seen.count),
                                 Counted(entry.seen.count, entry.operation + " request") +
                                     (entry.seen.count == 1 ? " was" : " were") +
                                     " refused: an item may have at most 400 KB."));
    finding.evidence.emplace_back("operation", entry.operation);
    finding.evidence.emplace_back("requests refused", Figure(entry.seen.count));
    finding.evidence.emplace_back("largest request", Bytes(entry.largest));
    finding.consequence =
        "Nothing of such a request is written, in a batch or transaction also the other items, and "
        "sending it again fails again: the data is lost unless the application handles the error.";
    finding.advice =
        "Check the size before writing (names and values count, in UTF-8), and keep large parts in "
        "S3 or in several items under one partition key; compress long texts.";
  }
}

}  // namespace

extern const Rule kItemTooLarge{kId, Judge};

}  // namespace dynarock::advisor
