// stale-read: an eventually consistent read of an item that was written moments before.
//
// Sees GetItem, Query and Scan without ConsistentRead, and all reads of global indexes, that meet
// an item written at most `hazard_ms` and eight requests earlier; each write counts once. Items
// that the reader deletes within the next eight requests do not count: a test that cleans up.
// Speaks from `hazard_reads` on: a note. A warning for an index when twice as many were the very
// next request, of the client that wrote (others that poll see the index as it is); for the table
// from twenty times as many on, when half of the reads come so. There, reads of what the reader has
// just created stay a note: tests look at what they have made, and nothing tells them from an
// application that does.
// Why: on AWS such a read sometimes returns the old state; here, with one copy, never.
#include <algorithm>

#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "stale-read";

bool IsGlobal(const Case& given, const RequestKind& kind) {
  if (kind.index.empty()) return false;
  const TableCase* table = given.FindTable(kind.table);
  const Index* index = table == nullptr ? nullptr : table->table->FindIndex(kind.index);
  return index == nullptr || !index->local;
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    const auto less = [](uint64_t all, uint64_t part) { return all - std::min(all, part); };
    const ReadAfterWriteCounts counts = kind->reads_after_writes;
    const uint64_t hazards = less(counts.hazards, counts.deleted_hazards);
    if (!trace::IsRead(kind->access_kind) || hazards < given.thresholds().hazard_reads) continue;
    const bool global = IsGlobal(given, *kind);
    constexpr uint64_t kHabit = 20;
    const uint64_t direct = less(counts.direct_hazards, counts.deleted_hazards);
    const uint64_t relied = less(hazards, counts.created_hazards);
    const bool often = global ? direct >= 2 * given.thresholds().hazard_reads
                              : relied >= kHabit * given.thresholds().hazard_reads &&
                                    relied * 2 >= kind->traffic.eventual_reads();
    Finding& finding = findings.emplace_back(
        Of(*kind, kId, often ? Severity::kWarning : Severity::kNote,
           global ? "Index " + kind->index + " is read for items that were written moments before."
                  : "Eventually consistent reads follow moments after writes of the same items."));
    finding.count = hazards;
    finding.evidence.emplace_back("reads right after a write of the item", Figure(hazards));
    finding.evidence.emplace_back("of those by the writer, as its next request", Figure(direct));
    finding.evidence.emplace_back("eventually consistent reads in all",
                                  Figure(kind->traffic.eventual_reads()));
    finding.consequence =
        global ? "A global secondary index is updated after the write was acknowledged, usually "
                 "within a second, under load later: the item is missing from the result, or shown "
                 "as it was."
               : "A read that is not consistent may be answered by a replica that has not seen the "
                 "write: the item is missing, or shown as it was. It happens seldom, and in "
                 "production only.";
    finding.advice =
        global
            ? "Use what the write returned (ReturnValues) or what was written rather than asking "
              "the index; read the table with ConsistentRead when it must be the newest state; or "
              "let the user interface wait for the item."
            : "Set ConsistentRead where the newest state is needed, or use what the write returned "
              "(ReturnValues=ALL_NEW).";
  }
}

}  // namespace

extern const Rule kStaleRead{kId, Judge};

}  // namespace dynarock::advisor
