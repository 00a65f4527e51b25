#include "server/advisor/advisor.h"

#include <algorithm>

#include "server/advisor/watch/answer_values.h"
#include "server/advisor/watch/conditions.h"
#include "server/advisor/watch/get_loop.h"
#include "server/advisor/watch/part_items.h"
#include "server/advisor/watch/traffic.h"

namespace dynarock::advisor {

using protocol::Observation;
using trace::Access;
using trace::AccessKind;

Advisor::Advisor(Settings settings, const Stored* stored, const Clock& clock)
    : settings_(std::move(settings)),
      stored_(stored),
      clock_(clock),
      start_(std::chrono::steady_clock::now()),
      start_wall_ms_(clock.now_ms()),
      reads_after_writes_(settings_.thresholds.hazard_ms) {}

// Notes the indexes that were added to a table.
void Advisor::LookAtChange(const trace::TableChange& change) {
  constexpr size_t kMostAdded = 1000;
  if (change.created() || change.deleted()) return;
  for (const Index& index : change.after->indexes()) {
    if (index.deleting || change.before->FindIndex(index.id) != nullptr) continue;
    const std::lock_guard lock(added_mutex_);
    if (added_.size() < kMostAdded) added_.emplace(names_.NameOf(change.after->name()), index.name);
  }
}

bool Advisor::WantsPage() {
  return NotesNextPage();
}

void Advisor::SeePageItem(ItemView item, trace::Trace& trace) {
  NoteValues(item, trace);
}

void Advisor::SeeItem(ItemView item, Access& access, trace::Trace& trace) {
  NoteElements(item, access, trace);
}

void Advisor::BeforeDelete(const Table& /*table*/) {
  if (stored_ == nullptr) return;
  const auto deletions = deletions_.All();
  if (deletions.empty()) return;
  const std::lock_guard lock(trails_mutex_);
  trails_ = OrphanSearch(*stored_, clock_.now_ms()).FollowAll(deletions, trails_);
}

void Advisor::Pause() {
  const std::lock_guard lock(pause_mutex_);
  if (paused()) return;
  paused_since_ = std::chrono::steady_clock::now();
  SetPaused(true);
}

void Advisor::Resume() {
  const std::lock_guard lock(pause_mutex_);
  if (!paused()) return;
  paused_for_ += std::chrono::steady_clock::now() - paused_since_;
  SetPaused(false);
}

void Advisor::Observe(const Observation& observation) {
  const auto accesses = observation.trace.accesses();
  const auto since = observation.finished - start_;
  SeenRequest seen{.observation = observation,
                   .now = {},
                   .sender = SenderOf(observation),
                   .wall_ms = observation.now_ms};
  seen.now.ms = static_cast<uint64_t>(
      std::max<int64_t>(0, std::chrono::duration_cast<std::chrono::milliseconds>(since).count()));
  if (!accesses.empty()) reads_after_writes_.Prefetch(accesses.front(), seen.now);
  seen.now.request = requests_.Next(seen.now.ms);
  if (observation.error != nullptr) [[unlikely]] {
    errors_.Look(observation, stored_, seen.now, seen.wall_ms);
  }
  unprocessed_.Look(observation, seen.now, seen.wall_ms);
  if (accesses.size() == 1) [[likely]] {
    return LookAt(seen, accesses.front(), nullptr);
  }
  for (const trace::TableChange& change : observation.trace.table_changes()) {
    lives_.Look(change, seen.now.ms);
    LookAtChange(change);
  }
  RequestSums sums;
  for (const Access& access : accesses) LookAt(seen, access, &sums);
}

void Advisor::LookAt(const SeenRequest& seen, const Access& access, RequestSums* sums) {
  RequestKind& kind = kinds_.Find(seen.observation, access, seen.wall_ms);
  const uint64_t number = CountAccess(kind, sums, seen, access);
  if (access.unprocessed) [[unlikely]] {
    return;
  }
  const bool reads = trace::IsRead(access.kind);
  const uint64_t weight = TableWatch::WeightOfAccess(number);
  TableWatch* watch = reads && weight == 0 ? nullptr : tables_.Of(access, seen.wall_ms);
  if (watch != nullptr) {
    watch->Look(seen.observation, access, weight, seen.now.ms / 1000, seen.wall_ms);
  }
  if (reads) {
    LookAtRead(kind, seen, access, number, sums == nullptr);
  } else {
    LookAtWrite(kind, seen, access, watch);
  }
}

// `number`: of the access, among those of its kind and lane. `alone`: it is all that its request
// does.
void Advisor::LookAtRead(RequestKind& kind, const SeenRequest& seen, const Access& access,
                         uint64_t number, bool alone) {
  if (access.kind != AccessKind::kGet) {
    pages_.Look(kind, access);
    follow_ups_.LookAtPage(kind, seen, access);
  } else if (kind.single_get && alone) {
    if (GetLoop::Watches(number, seen.now)) {
      kind.loop.Step(access.key_hash, seen.now, seen.sender.agent);
      copies_.Read(access.key_hash, seen.sender.connection, seen.now);
    }
    follow_ups_.LookAtGet(kind, seen, access);
  }
  reads_after_writes_.LookAtRead(kind, seen, access);
}

// A write that may have been refused.
void Advisor::LookAtWrite(RequestKind& kind, const SeenRequest& seen, const Access& access,
                          const TableWatch* watch) {
  reads_after_writes_.LookAtAttempt(seen, access);
  if (seen.observation.error != nullptr) [[unlikely]] {
    return LookAtCondition(kind, seen, access);
  }
  if (access.kind == AccessKind::kCheck) return;
  reads_after_writes_.LookAtWritten(seen, access);
  follow_ups_.LookAtWritten(seen, access);
  copies_.LookAtWritten(kind, seen, access);
  LookAtPartItem(kind, seen, access, watch);
  if (access.kind == AccessKind::kDelete && access.before && !access.after && stored_ != nullptr) {
    deletions_.Add(seen.observation, access, seen.wall_ms);
  }
}

}  // namespace dynarock::advisor
