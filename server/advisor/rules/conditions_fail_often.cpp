// conditions-fail-often: conditional writes that mostly fail.
//
// Sees, per distinct conditional write (transactions included), how many were sent and how many
// failed their condition. Speaks from `failed_conditions` failures on when they are
// `failed_conditions_percent` of all: a warning; a note when the condition is attribute_not_exists
// on the key, which makes a write idempotent, or keeps a number in bounds that the update counts
// (stock >= :n) and fewer than four items failed it. Why: a failed write is paid for like one that
// succeeds, and usually retried.
#include <algorithm>

#include "server/advisor/request_text.h"
#include "server/advisor/rules.h"

namespace dynarock::advisor {

namespace {

// Whether all it asks is that there is no item of the key: the write is to happen once, and failing
// is the answer that it has.
bool AsksForAbsence(const Case& given, const Shape& shape) {
  const TableCase* table = given.FindTable(shape.table);
  const std::vector<Term> terms = TermsOf(shape.Expression("ConditionExpression"), shape.names);
  return table != nullptr && !terms.empty() &&
         std::all_of(terms.begin(), terms.end(), [&](const Term& term) {
           return term.op == "attribute_not_exists" &&
                  table->table->key().Find(term.attribute) != nullptr;
         });
}

// A stock that is sold out, a limit that is reached, and no more than a few of them: a test of what
// happens then.
bool IsSoldOut(const Shape& shape) {
  return shape.failed_keys.count() < FewKeys::kMost &&
         KeepsCountInBounds(shape.Expression("ConditionExpression"),
                            shape.Expression("UpdateExpression"), shape.names);
}

bool IsAnswer(const Case& given, const Shape& shape) {
  return AsksForAbsence(given, shape) || IsSoldOut(shape);
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const Shape* shape : given.shapes) {
    const uint64_t failed = shape->condition_failed;
    const uint64_t all = shape->entries();
    if (failed < given.thresholds().failed_conditions) continue;
    if (failed * 100 < all * given.thresholds().failed_conditions_percent) continue;
    Finding& finding =
        findings.emplace_back(Of(*shape, kConditionsFailOften.id,
                                 IsAnswer(given, *shape) ? Severity::kNote : Severity::kWarning,
                                 Percent(static_cast<double>(failed), static_cast<double>(all)) +
                                     " of these conditional writes fail."));
    finding.count = failed;
    shape->failed.Show(finding);
    finding.evidence.emplace_back("writes", Figure(all));
    finding.evidence.emplace_back("conditions that failed", Figure(failed));
    finding.evidence.emplace_back("write units of the table", Units(shape->write_units()));
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
