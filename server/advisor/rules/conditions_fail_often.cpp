// conditions-fail-often: conditional writes that mostly fail.
//
// Sees, per distinct conditional write (transactions included), how many were sent and how many
// failed their condition. Speaks from `failed_conditions` failures on when they are
// `failed_conditions_percent` of all: a warning. A note where failing is an answer: the condition
// asks that something is not there, or older or lower than what is to be written (the first or the
// newest one wins), that a lock or a lease is free or one's own, or that the item is in a certain
// state; or it keeps a
// number in bounds that the update counts (stock >= :n) and fewer than four items failed it. Why: a
// failed write is paid for like one that succeeds, and usually retried.
#include <algorithm>
#include <array>

#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/locks.h"
#include "server/advisor/watch/terms.h"
#include "server/advisor/words/entity_names.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "conditions-fail-often";

// Whether the condition lets the first or the newest one win, and so that failing is the answer
// that it has: the item or attribute is not there yet, what is there is older, lower or expired; or
// the item is in a certain state.
bool LetsOneWin(const RequestKind& kind) {
  static constexpr std::array<std::string_view, 6> kStates = {"status", "state", "phase",
                                                              "stage",  "step",  "lifecycle"};
  const std::vector<Term> terms = TermsOf(kind, "ConditionExpression");
  const auto settles = [](const Term& term) {
    if (term.op.starts_with("attribute_") || term.op == "<" || term.op == "<=" || term.op == ">" ||
        term.op == ">=") {
      return true;
    }
    const std::vector<std::string> words = WordsOf(term.attribute);
    return !words.empty() &&
           std::find(kStates.begin(), kStates.end(), words.back()) != kStates.end();
  };
  return !terms.empty() && std::all_of(terms.begin(), terms.end(), settles);
}

// A stock that is sold out, a limit that is reached: a few of them are a test of what happens then.
bool IsSoldOut(const RequestKind& kind) {
  return KeepsCountInBounds(kind.Expression("ConditionExpression"),
                            kind.Expression("UpdateExpression"), kind.names);
}

bool IsAnswer(const RequestKind& kind) {
  return IsSoldOut(kind) ? kind.conditions.failed_keys.count() < FewKeys::kMost
                         : LetsOneWin(kind) || LooksLikeLock(kind.Expression("ConditionExpression"),
                                                             kind.Expression("UpdateExpression"),
                                                             kind.names, kind.table);
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    const uint64_t failed = kind->conditions.condition_failed;
    const uint64_t all = kind->traffic.entries();
    if (failed < given.thresholds().failed_conditions) continue;
    // Once in each of many tables that tests make is what each of them tests.
    constexpr uint64_t kShare = 4;
    const uint64_t most = kind->conditions.failed_in.most();
    if (most != 0 && most * kShare < given.thresholds().failed_conditions) continue;
    if (failed * 100 < all * given.thresholds().failed_conditions_percent) continue;
    Finding& finding =
        findings.emplace_back(Of(*kind, kId, IsAnswer(*kind) ? Severity::kNote : Severity::kWarning,
                                 Percent(static_cast<double>(failed), static_cast<double>(all)) +
                                     " of these conditional writes fail."));
    finding.count = failed;
    kind->conditions.failed.Show(finding);
    finding.evidence.emplace_back("writes", Figure(all));
    finding.evidence.emplace_back("conditions that failed", Figure(failed));
    finding.evidence.emplace_back("write units of the table, without its indexes",
                                  Units(kind->traffic.write_units()));
    finding.consequence =
        "A write whose condition fails costs as many units as one that succeeds; under contention "
        "retries multiply, and the slowest writer may never get through.";
    finding.advice =
        "Read first where failing is the usual case; a counter without a limit needs no "
        "condition, ADD is enough (a stock or balance that must not fall below zero keeps its "
        "condition: without it too much is taken); for optimistic locking read the item again "
        "(ReturnValuesOnConditionCheckFailure=ALL_OLD brings it) and wait a random time; make "
        "items finer where many writers meet.";
  }
}

}  // namespace

extern const Rule kConditionsFailOften{kId, Judge};

}  // namespace dynarock::advisor
