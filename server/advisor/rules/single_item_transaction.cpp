// single-item-transaction: transactions of one item.
//
// Sees TransactWriteItems, TransactGetItems and ExecuteTransaction with one action. Speaks from
// `single_transactions` on: a warning when at least nine in ten transactions with the action are
// so, a note when more than half are.
// Why: a single write is atomic and takes conditions by itself, at half the price.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "single-item-transaction";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    const uint64_t single = kind->traffic.single;
    const uint64_t all = kind->traffic.requests();
    if (single < given.thresholds().single_transactions || single * 2 <= all) continue;
    // A transaction of as many actions as there are lines in an order has one now and then.
    const bool nearly_all = single * 10 >= all * 9;
    const bool read = trace::IsRead(kind->access_kind);
    Finding& finding = findings.emplace_back(
        Of(*kind, kId, nearly_all ? Severity::kWarning : Severity::kNote,
           kind->operation + " with one item costs twice what the plain operation costs."));
    finding.count = single;
    finding.evidence.emplace_back("transactions of one item", Figure(single));
    finding.evidence.emplace_back("transactions with this action", Figure(all));
    finding.evidence.emplace_back(
        "units", Units(read ? kind->traffic.read_units() : kind->traffic.write_units()));
    finding.consequence = "Every item of a transaction is charged twice, and conflicts cancel it.";
    finding.advice =
        read ? "Use GetItem with ConsistentRead."
             : "Use PutItem, UpdateItem or DeleteItem, with the same ConditionExpression: a "
               "single write is atomic. For idempotency, a condition on a version or request id "
               "is enough.";
  }
}

}  // namespace

extern const Rule kSingleItemTransaction{kId, Judge};

}  // namespace dynarock::advisor
