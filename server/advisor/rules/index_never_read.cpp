// index-never-read: an index that every write pays for and nothing reads.
//
// Sees, per index, the writes that changed it and their units, and all reads of the table and its
// indexes. Speaks when nothing read the index, `unused_index_writes` writes or more maintained it,
// and the table was read 20 times otherwise: a warning. Why: an index costs write units and storage
// with every item, whether it is used or not.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "index-never-read";

constexpr uint64_t kReadsElsewhere = 20;

struct Upkeep {
  uint64_t writes = 0;
  double units = 0;
};

Upkeep UpkeepOf(const TableCase& table, std::string_view index) {
  Upkeep upkeep;
  for (const RequestKind* kind : table.kinds) {
    for (const IndexWrites::Arm& arm : kind->index_writes.arms()) {
      if (arm.index != index) continue;
      upkeep.writes += arm.writes;
      upkeep.units += static_cast<double>(arm.halves) / 2;
    }
  }
  return upkeep;
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    uint64_t reads = 0;
    for (const RequestKind* kind : table.kinds) {
      if (trace::IsRead(kind->access_kind)) reads += kind->traffic.requests();
    }
    if (reads < kReadsElsewhere) continue;
    for (const Index& index : table.table->indexes()) {
      bool read = index.deleting;
      for (const RequestKind* kind : table.kinds) read = read || kind->index == index.name;
      const Upkeep upkeep = UpkeepOf(table, index.name);
      if (read || upkeep.writes < given.thresholds().unused_index_writes) continue;
      Sighting seen;
      seen.count = upkeep.writes;
      seen.first_ms = table.first_ms;
      seen.last_ms = table.last_ms;
      Finding& finding = findings.emplace_back(
          Of(table, seen, kId, Severity::kWarning,
             "Nothing reads index " + index.name + ", and every write pays for it."));
      finding.index = index.name;
      finding.evidence.emplace_back("reads of the index", "0");
      finding.evidence.emplace_back("other reads of the table", Figure(reads));
      finding.evidence.emplace_back("writes that maintained it", Figure(upkeep.writes));
      finding.evidence.emplace_back("write units spent on it", Units(upkeep.units));
      finding.consequence =
          "The index costs at least one write unit per write that changes it, two when its key "
          "changes, and the storage of every entry once more.";
      finding.advice =
          index.local
              ? "Leave the local secondary index out when the table is made anew; it cannot be "
                "removed from an existing one."
              : "Delete the index (UpdateTable, or take it out of the template), unless "
                "something outside these tests queries it.";
    }
  }
}

}  // namespace

extern const Rule kIndexNeverRead{kId, Judge};

}  // namespace dynarock::advisor
