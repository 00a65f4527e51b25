// large-item-small-change: a large item is written again and again for small changes.
//
// Sees writes of an existing item of 8 KB or more that changed at most a tenth of its bytes. Speaks
// from `rewrites` of them on: a warning.
// Why: a write costs a unit per KB of the whole item, however little changed.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "large-item-small-change";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    const TableWatch::Facts& facts = table.facts;
    const uint64_t count = facts.rewrite.count;
    if (count < given.thresholds().rewrites) continue;
    Finding& finding = findings.emplace_back(
        Of(table, facts.rewrite, kId, Severity::kWarning,
           "Items of " + Bytes(facts.rewrite_bytes / count) + " are rewritten to change " +
               Bytes(facts.changed_bytes / count) + " of them."));
    finding.evidence.emplace_back("such writes", Figure(count));
    finding.evidence.emplace_back("write units", Figure(facts.rewrite_units));
    finding.evidence.emplace_back("write units if the changing part were an item of its own",
                                  Figure(count));
    finding.consequence =
        "Every such write pays a unit per KB of the whole item (twice that in a transaction, and "
        "again for each index that projects it).";
    finding.advice =
        "Split the item: what changes often (counters, status, times) into a small item under the "
        "same partition key, the large part into another that is written once.";
  }
}

}  // namespace

extern const Rule kLargeItemSmallChange{kId, Judge};

}  // namespace dynarock::advisor
