// consistent-read-unneeded: strongly consistent reads of items that nobody has just written.
//
// Sees, per distinct request with ConsistentRead, how many of them met an item that had been
// written within the last five seconds, or was written, conditionally or not, within the next: the
// application decided on what it read. Speaks from `consistent_reads` on when at most one in
// twenty did: a note, a warning from five times as many on. Why: they cost twice as much, and fail
// where a replica would still answer.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "consistent-read-unneeded";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    const uint64_t reads = kind->traffic.consistent_reads();
    if (reads < given.thresholds().consistent_reads ||
        kind->reads_after_writes.consistent_needed * 20 > reads)
      continue;
    Finding& finding = findings.emplace_back(
        Of(*kind, kId,
           reads >= 5 * given.thresholds().consistent_reads ? Severity::kWarning : Severity::kNote,
           "Reads are strongly consistent, but hardly any follows a write of the item."));
    finding.count = reads;
    finding.evidence.emplace_back("consistent reads", Figure(reads));
    finding.evidence.emplace_back("within five seconds of a write",
                                  Figure(kind->reads_after_writes.consistent_needed));
    finding.evidence.emplace_back("read units", Units(kind->traffic.read_units()));
    finding.evidence.emplace_back("read units without ConsistentRead",
                                  Units(kind->traffic.read_units() / 2));
    finding.consequence =
        "A strongly consistent read costs twice the units, is slower, and is refused when the "
        "partition's leader cannot be reached.";
    finding.advice =
        "Leave ConsistentRead out; keep it where the application reads what it has just written or "
        "decides on the newest state.";
  }
}

}  // namespace

extern const Rule kConsistentReadUnneeded{kId, Judge};

}  // namespace dynarock::advisor
