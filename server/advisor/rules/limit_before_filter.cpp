// limit-before-filter: Limit together with a filter, as if Limit counted what comes back.
//
// Sees first pages that had a Limit and a filter, returned fewer items than the Limit and ended
// with a page token, which nobody ever followed. Speaks from `unfollowed_pages` of them on. Why:
// Limit counts items before the filter; the answer can be empty although items match.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "limit-before-filter";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    const uint64_t few = kind->pages.more_short;
    if (few < given.thresholds().unfollowed_pages || kind->pages.tokens_followed > 0) continue;
    Finding& finding =
        findings.emplace_back(Of(*kind, kId, Severity::kWarning,
                                 "Limit counts items before the filter: " + Figure(few) +
                                     " answers had fewer items than asked for and more to come."));
    finding.evidence.emplace_back("answers that fell short", Figure(few));
    finding.evidence.emplace_back("Limit", Figure(kind->pages.most_limit));
    finding.evidence.emplace_back("items read", Figure(kind->traffic.items_read()));
    finding.evidence.emplace_back("items returned", Figure(kind->traffic.items_returned()));
    finding.consequence =
        "The application shows too few items, or none, although there are more that match.";
    finding.advice =
        "Follow LastEvaluatedKey until there are enough items, or put what the filter looks for "
        "into the key, so that Limit counts the right items.";
  }
}

}  // namespace

extern const Rule kLimitBeforeFilter{kId, Judge};

}  // namespace dynarock::advisor
