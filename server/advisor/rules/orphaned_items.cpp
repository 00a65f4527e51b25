// orphaned-items: a user, project or order is deleted, and what belongs to it stays.
//
// Sees the items deleted last (64 of each table, 512 in all) and asks the store, when the report is
// made, what is there under their ids: the rest of a partition whose own item is gone ("PROFILE"
// under "USER#1"), items below it in the sort key ("PROJECT#1#TASK#2") or in the partition that it
// names (of ORG#1, BOARD#1 what is under BOARD#1; a note unless an index by the sort key shows that
// nothing else leads there), and items of other tables or index entries whose key attribute is
// named after it (projectId, Projects) or has an unmistakable value. Speaks from `orphaned_parents`
// deleted items that left something, when they are at least half of those deleted of their kind. A
// warning; a note for what is often kept on purpose: records (orders, payments, figures), works of
// people, results of jobs, ties that only a value shows, and tables with a stream, whose consumer
// may clean up. Silent for history and archives, for what TTL deletes or what says that it is
// deleted, for items that are there again or that another table of the kind has; before a table is
// dropped the store is asked once more. Why: nothing ever deletes what nobody finds any more, and a
// new item with the old id inherits it.
#include <algorithm>
#include <map>
#include <utility>

#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/orphan_search.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "orphaned-items";

// Deleted items of one kind that left something in one table.
struct Tally {
  uint64_t parents = 0;
  bool on_purpose = true;
  Leftover left;  // of the first
  const Deletion* deletion = nullptr;
  int64_t first_ms = 0;
  int64_t last_ms = 0;
};

std::string TitleOf(const Trail& kind, const Leftover& left) {
  const std::string what = kind.kind.empty() ? "Items" : "\"" + kind.kind + "\" items";
  const std::string deleted = what + " of " + kind.table + " are deleted, but ";
  switch (left.tie) {
    case Leftover::Tie::kPartition:
      return deleted + "the rest of their partitions stays.";
    case Leftover::Tie::kBelow:
      return deleted + "the items below them stay.";
    case Leftover::Tie::kOwn:
      return deleted + "what is in the partitions that their sort keys name stays.";
    default:
      break;
  }
  const std::string place = left.index.empty() ? "" : " (index " + left.index + ")";
  if (left.table == kind.table)
    return deleted + "other items go on referring to them" + place + ".";
  return deleted + "what belongs to them stays in " + left.table + place + ".";
}

std::string AdviceOn(const Leftover& left) {
  std::string advice = "Delete what belongs to an item with it: ";
  if (left.tie == Leftover::Tie::kPartition || left.tie == Leftover::Tie::kOwn) {
    advice += "Query the partition page by page and BatchWriteItem the deletes";
  } else if (left.tie == Leftover::Tie::kBelow) {
    advice += "Query with begins_with on the sort key and BatchWriteItem the deletes";
  } else {
    advice += "Query" + (left.index.empty() ? "" : " the index " + left.index) +
              " by its id and BatchWriteItem the deletes";
  }
  return advice +
         ", in one TransactWriteItems while there are few (up to 100). For many, let a consumer of "
         "the table's stream do it, or mark the item deleted first and clean up in the background. "
         "Where items may stay for a while, give them a TTL. If they stay on purpose, suppress "
         "this rule for the table and say why.";
}

void Say(const Trail& kind, uint64_t judged, const Tally& tally, std::vector<Finding>& findings) {
  const bool sure = !tally.on_purpose && !kind.cleaned_later;
  Finding& finding = findings.emplace_back();
  finding.id = kId;
  finding.severity = sure ? Severity::kWarning : Severity::kNote;
  finding.table = kind.table;
  finding.title = TitleOf(kind, tally.left);
  finding.evidence.emplace_back("deleted items looked at", Figure(judged));
  finding.evidence.emplace_back("of those that left something", Figure(tally.parents));
  finding.evidence.emplace_back("still there", tally.left.example);
  finding.example = tally.deletion->example;
  finding.user_agent = tally.deletion->user_agent;
  finding.count = tally.parents;
  finding.first_seen_ms = tally.first_ms;
  finding.last_seen_ms = tally.last_ms;
  finding.consequence =
      "Nothing deletes these items any more: storage, indexes and every Scan pay for them, data "
      "stays that should be gone (a person's, by law), and readers meet references that lead "
      "nowhere, or a new item with the same id that inherits them.";
  finding.advice = AdviceOn(tally.left);
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  if (given.stored == nullptr || given.deletions.empty()) return;
  OrphanSearch search(*given.stored, given.now_ms);
  struct Kind {
    Trail trail;
    uint64_t judged = 0;
    std::map<std::string, Tally> by_table;
  };
  std::map<std::pair<std::string, std::string>, Kind> kinds;  // by table and kind
  for (const Deletion& deletion : given.deletions) {
    auto trail = search.Follow(deletion, given.trails);
    if (!trail) continue;
    trail->table = given.names->NameOf(trail->table);
    Kind& kind = kinds[{trail->table, trail->kind}];
    ++kind.judged;
    for (Leftover& left : trail->left) {
      left.table = given.names->NameOf(left.table);
      Tally& tally = kind.by_table[left.table];
      tally.on_purpose = tally.on_purpose && (left.on_purpose || left.tie == Leftover::Tie::kValue);
      if (tally.parents++ == 0) {
        tally.left = std::move(left);
        tally.deletion = &deletion;
        tally.first_ms = tally.last_ms = deletion.wall_ms;
      }
      tally.first_ms = std::min(tally.first_ms, deletion.wall_ms);
      tally.last_ms = std::max(tally.last_ms, deletion.wall_ms);
    }
    trail->left.clear();
    kind.trail = *std::move(trail);
  }
  for (const auto& [key, kind] : kinds) {
    for (const auto& [table, tally] : kind.by_table) {
      if (tally.parents < given.thresholds().orphaned_parents) continue;
      if (tally.parents * 2 < kind.judged) continue;
      Say(kind.trail, kind.judged, tally, findings);
    }
  }
}

}  // namespace

extern const Rule kOrphanedItems{kId, Judge};

}  // namespace dynarock::advisor
