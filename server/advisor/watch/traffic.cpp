#include "server/advisor/watch/traffic.h"

#include <algorithm>
#include <numeric>

#include "server/advisor/watch/request_kind.h"

namespace dynarock::advisor {

namespace {

uint64_t Halves(double units) {
  return static_cast<uint64_t>(static_cast<int64_t>(units * 2 + 0.5));
}

// Raises, or adds to, what a request of the kind cost most. True for the request's first entry of
// the kind.
bool AddToMost(const RequestKind& kind, RequestSums* sums, Count& most, uint64_t halves) {
  if (sums != nullptr) return sums->Add(kind, most, halves);
  most.Raise(halves);
  return true;
}

void CountIndexWrites(RequestKind& kind, RequestSums* sums, const SeenRequest& seen,
                      const trace::Access& access) {
  for (const trace::TracedArm& traced : seen.observation.trace.arms(access)) {
    IndexWrites::Arm* arm = kind.index_writes.ArmOf(traced.index);
    if (arm == nullptr) continue;
    arm->writes.Add();
    arm->halves.Add(Halves(traced.units));
    AddToMost(kind, sums, arm->most_halves, Halves(traced.units));
  }
}

}  // namespace

uint64_t Traffic::Sum(std::atomic<uint64_t> Cell::* count) const {
  return std::accumulate(cells.begin(), cells.end(), uint64_t{0},
                         [&](uint64_t sum, const Cell& cell) {
                           return sum + (cell.*count).load(std::memory_order_relaxed);
                         });
}

int64_t Traffic::last_ms() const {
  int64_t last = 0;
  for (const Cell& cell : cells)
    last = std::max(last, cell.last_ms.load(std::memory_order_relaxed));
  return last;
}

uint64_t CountAccess(RequestKind& kind, RequestSums* sums, const SeenRequest& seen,
                     const trace::Access& access) {
  const auto lane = trace::Lane::OfThread(Traffic::kCells);
  Traffic::Cell& cell = kind.traffic.cells[lane.number];
  const bool read = trace::IsRead(access.kind);
  // Writes: what they cost in indexes is counted there.
  const uint64_t halves = Halves(read ? access.units() : access.table_units);
  if (AddToMost(kind, sums, kind.traffic.most_halves, halves)) {
    lane.Add(cell.requests, 1);
    if (sums != nullptr) [[unlikely]] {
      if (sums->AnyBefore(kind)) kind.traffic.requests_of_others.Add();
      if (sums->AnyBeforeInTable(kind)) kind.traffic.requests_of_others_here.Add();
    }
  }
  if (access.transactional && sums == nullptr && !access.unprocessed) [[unlikely]] {
    kind.traffic.single.Add();
  }
  const uint64_t number = cell.entries.load(std::memory_order_relaxed);
  lane.Add(cell.entries, 1);
  cell.last_ms.store(seen.wall_ms, std::memory_order_relaxed);
  if (!read) {
    lane.Add(cell.write_halves, halves);
    CountIndexWrites(kind, sums, seen, access);
  } else {
    lane.Add(cell.read_halves, halves);
    if (access.items_read == 0) return number;
    lane.Add(cell.items_read, access.items_read);
    lane.Add(cell.items_returned, access.items_returned);
    lane.Add(cell.bytes_read, access.bytes_read);
  }
  return number;
}

thread_local std::vector<RequestSums::Sum> RequestSums::sums_;

bool RequestSums::Add(const RequestKind& kind, Count& most, uint64_t halves) {
  for (Sum& sum : sums_) {
    if (sum.most != &most) continue;
    sum.halves += halves;
    return false;
  }
  sums_.push_back({&kind, &most, halves});
  return true;
}

bool RequestSums::AnyBefore(const RequestKind& kind) const {
  return !sums_.empty() && sums_.front().kind != &kind;
}

bool RequestSums::AnyBeforeInTable(const RequestKind& kind) const {
  return std::any_of(sums_.begin(), sums_.end(), [&](const Sum& sum) {
    return sum.kind != &kind && sum.kind->table == kind.table && sum.kind->index == kind.index;
  });
}

}  // namespace dynarock::advisor
