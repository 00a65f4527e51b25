// retry-without-backoff: the same failing request sent again and again, with hardly a pause.
//
// Sees requests that fail, by their whole input and their connection: `retries` attempts in a row
// with pauses of at most 25 ms each are a warning. The SDKs' own retries are fewer and wait longer.
// Requests that were under way at the same time do not count, and the row ends where more requests
// succeeded than failed since the last attempt. A failed condition that comes back 25 times in a
// row counts as well; fewer may be several buyers of a test that race for one item. A note where
// the condition fails by design: a rate limit that is hit again and again, a lock that another one
// has. Why: retries without a growing, random wait keep an overload alive.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "retry-without-backoff";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const ErrorWatch::Repeat& repeat : given.repeats) {
    const uint64_t least = repeat.error == "ConditionalCheckFailedException"
                               ? 5 * given.thresholds().retries
                               : given.thresholds().retries;
    if (repeat.attempts < least) continue;
    Finding& finding = findings.emplace_back(
        Of(repeat.table, repeat.seen, kId, repeat.by_design ? Severity::kNote : Severity::kWarning,
           "The same " + repeat.operation + " failed " + Figure(repeat.attempts) +
               " times in a row, each attempt sent at once."));
    finding.count = repeat.attempts;
    finding.evidence.emplace_back("error", repeat.error);
    finding.evidence.emplace_back("attempts in a row", Figure(repeat.attempts));
    finding.evidence.emplace_back("longest pause between them",
                                  Figure(repeat.longest_gap_ms) + " ms");
    finding.consequence =
        "When DynamoDB throttles or a transaction conflicts, clients that retry at once keep the "
        "partition busy with requests that fail: an overload of seconds becomes an outage.";
    finding.advice =
        "Wait before each retry, doubling the wait and taking a random part of it (exponential "
        "backoff with jitter), give up after a few; or leave it to the SDK (maxAttempts, "
        "retryMode \"standard\"). Do not retry what cannot succeed, such as ValidationException.";
  }
}

}  // namespace

extern const Rule kRetryWithoutBackoff{kId, Judge};

}  // namespace dynarock::advisor
