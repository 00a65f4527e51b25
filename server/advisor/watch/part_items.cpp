#include "server/advisor/watch/part_items.h"

#include <algorithm>

#include "server/advisor/watch/evidence.h"
#include "server/advisor/watch/request_kind.h"
#include "server/advisor/watch/request_text.h"
#include "server/advisor/watch/table_watch.h"
#include "server/advisor/words/entity_names.h"

namespace dynarock::advisor {

namespace {

using trace::Access;
using trace::AccessKind;

// Whether an item has lost something that nobody takes away on purpose.
bool HasLost(const Table& table, ItemView before, ItemView after) {
  for (const auto& [name, value] : before.attributes()) {
    if (after.Find(name)) continue;
    const bool key =
        std::any_of(table.indexes().begin(), table.indexes().end(),
                    [&](const Index& index) { return index.key.Find(name) != nullptr; });
    if (key || StaysForGood(name)) return true;
  }
  return false;
}

// Whether an item has no attributes other than those of another one.
bool HasNoOthers(ItemView item, ItemView than) {
  for (const auto& [name, value] : item.attributes()) {
    if (!than.Find(name)) return false;
  }
  return true;
}

void LookAtPut(RequestKind& kind, const SeenRequest& seen, const Access& access,
               const TableWatch& watch) {
  if (access.after->count() >= access.before->count() ||
      !HasNoOthers(*access.after, *access.before) ||
      !watch.IsSmallPart(*access.table, *access.after)) {
    return;
  }
  PartItemCounts& counts = kind.part_items;
  counts.put_dropping.Add();
  if (counts.dropper.Claim()) {
    counts.dropper.Give(ExampleOf(seen.observation, access), seen.observation.user_agent);
  }
  if (HasLost(*access.table, *access.before, *access.after)) counts.put_losing.Add();
}

void LookAtMade(RequestKind& kind, const SeenRequest& seen, const Access& access,
                const TableWatch* watch) {
  PartItemCounts& counts = kind.part_items;
  counts.created.Add();
  if (watch == nullptr || !watch->IsSmallPart(*access.table, *access.after)) return;
  counts.created_small.Add();
  if (counts.small.Claim()) {
    counts.small.Give(Compact(*access.input), seen.observation.user_agent);
  }
}

}  // namespace

void LookAtPartItem(RequestKind& kind, const SeenRequest& seen, const Access& access,
                    const TableWatch* watch) {
  if (!access.after) return;
  if (access.kind == AccessKind::kUpdate) {
    if (access.before) return kind.traffic.Add(&Traffic::Cell::updated);
    LookAtMade(kind, seen, access, watch);
  } else if (access.kind == AccessKind::kPut && !kind.conditional && access.before &&
             watch != nullptr) {
    LookAtPut(kind, seen, access, *watch);
  }
}

}  // namespace dynarock::advisor
