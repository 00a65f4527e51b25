// conditions-fail-often: conditional writes that mostly fail.
//
// Sees, per distinct conditional write (transactions included), how many were sent and how many
// failed their condition. Speaks from `failed_conditions` failures on when they are
// `failed_conditions_percent` of all: a warning.
// Why: a failed write is paid for like one that succeeds, and usually retried.
#include "server/advisor/rules.h"

namespace dynarock::advisor {

namespace {

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const Shape* shape : given.shapes) {
    const uint64_t failed = shape->condition_failed;
    const uint64_t all = shape->entries();
    if (failed < given.thresholds().failed_conditions) continue;
    if (failed * 100 < all * given.thresholds().failed_conditions_percent) continue;
    Finding& finding =
        findings.emplace_back(Of(*shape, kConditionsFailOften.id, Severity::kWarning,
                                 Percent(static_cast<double>(failed), static_cast<double>(all)) +
                                     " of these conditional writes fail."));
    finding.count = failed;
    shape->failed.Show(finding);
    finding.evidence.emplace_back("writes", Figure(all));
    finding.evidence.emplace_back("conditions that failed", Figure(failed));
    finding.evidence.emplace_back("write units in all", Units(shape->write_units()));
    finding.consequence =
        "A write whose condition fails costs as many units as one that succeeds; under contention "
        "retries multiply, and the slowest writer may never get through.";
    finding.advice =
        "Read first where failing is the usual case; a counter without a limit needs no "
        "condition, ADD is enough (a stock or balance that must not fall below zero keeps its "
        "condition: without it too much is taken); for optimistic locking read the item again "
        "(ReturnValuesOnConditionCheckFailure=ALL_OLD "
        "brings "
        "it) and wait a random time; make items finer where many writers meet.";
  }
}

}  // namespace

const Rule kConditionsFailOften{"conditions-fail-often", Judge};

}  // namespace dynarock::advisor
