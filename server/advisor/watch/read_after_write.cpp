#include "server/advisor/watch/read_after_write.h"

#include <algorithm>

#include "server/advisor/watch/request_kind.h"

namespace dynarock::advisor {

namespace {

using trace::Access;
using trace::AccessKind;

constexpr uint64_t kNeededMs = 5'000;    // a consistent read so long after a write has a reason
constexpr uint64_t kHazardRequests = 8;  // "right after": so few requests in between

}  // namespace

void ReadsAfterWrites::Prefetch(const Access& access, Moment now) const {
  if (!trace::IsRead(access.kind) || writes_.Recent(now, hazard_ms_)) {
    writes_.Prefetch(access.key_hash);
  }
}

void ReadsAfterWrites::LookAtRead(RequestKind& kind, const SeenRequest& seen,
                                  const Access& access) {
  if (access.transactional) return;
  if (access.consistent) {
    kind.traffic.Add(&Traffic::Cell::consistent_reads);
    LookAtConsistent(kind, seen, access);
  } else {
    kind.traffic.Add(&Traffic::Cell::eventual_reads);
    if (writes_.Recent(seen.now, hazard_ms_)) LookAtEventual(kind, seen, access);
  }
}

void ReadsAfterWrites::LookAtConsistent(RequestKind& kind, const SeenRequest& seen,
                                        const Access& access) {
  const auto needed = [&](uint64_t key_hash) {
    const auto moment = writes_.Find(key_hash, seen.now);
    return moment && seen.now.ms - moment->ms <= kNeededMs;
  };
  const auto results = seen.observation.trace.results(access);
  if ((access.key_hash != 0 && needed(access.key_hash)) ||
      std::any_of(results.begin(), results.end(),
                  [&](const auto& result) { return needed(result.key_hash); })) {
    return kind.reads_after_writes.consistent_needed.Add();
  }
  // Of a page the first item stands for all.
  consistent_reads_.Add(
      access.key_hash != 0 || results.empty() ? access.key_hash : results.front().key_hash,
      {.kind = &kind, .agent = seen.sender.agent}, seen.now);
}

void ReadsAfterWrites::LookAtEventual(RequestKind& kind, const SeenRequest& seen,
                                      const Access& access) {
  const Moment now = seen.now;
  uint64_t met = 0;  // the first item that was written moments before
  bool direct = false;
  bool created = false;
  const auto look = [&](uint64_t key_hash) {
    if (key_hash == 0) return;
    const auto write = writes_.Find(key_hash, now);
    if (!write || now.ms - write->ms > hazard_ms_ ||
        now.request - write->request > kHazardRequests || !writes_.Claim(*write)) {
      return;
    }
    if (met == 0) met = key_hash;
    if (!RecentWrites::IsNext(*write, seen.sender, now)) return;
    direct = true;
    created = created || write->created;
  };
  look(access.key_hash);
  for (const auto& result : seen.observation.trace.results(access)) look(result.key_hash);
  if (met == 0) return;
  ReadAfterWriteCounts& counts = kind.reads_after_writes;
  counts.hazards.Add();
  if (direct) counts.direct_hazards.Add();
  if (created) counts.created_hazards.Add();
  hazards_.Add(met, {.kind = &kind, .agent = seen.sender.agent, .created = created}, now);
}

void ReadsAfterWrites::LookAtAttempt(const SeenRequest& seen, const Access& access) {
  if (const auto read = consistent_reads_.Take(access.key_hash, seen.now, kNeededMs)) [[unlikely]] {
    read->kind->reads_after_writes.consistent_needed.Add();
  }
}

void ReadsAfterWrites::LookAtWritten(const SeenRequest& seen, const Access& access) {
  writes_.Add(access.key_hash, seen.now, seen.sender, !access.before);
  if (access.kind != AccessKind::kDelete) return;
  const auto read = hazards_.Take(access.key_hash, seen.now, kNeededMs);
  if (read && read->agent == seen.sender.agent &&
      seen.now.request <= read->request + kHazardRequests) {
    ReadAfterWriteCounts& counts = read->kind->reads_after_writes;
    counts.deleted_hazards.Add();
    if (read->created) counts.created_hazards.Subtract();
  }
}

}  // namespace dynarock::advisor
