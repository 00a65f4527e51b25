// How much of a kind of request came, and what it cost.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "server/advisor/watch/counts.h"
#include "server/advisor/watch/seen.h"
#include "server/trace/lane.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

struct RequestKind;
class RequestSums;

// Every request adds to it. Units are counted in halves.
struct Traffic {
  // The most that one request cost; for writes in the table alone, without its indexes.
  Count most_halves;
  // Batches and transactions that count as requests of another kind as well.
  Count requests_of_others;
  // Batches and transactions that count as requests of another kind of the same table and index.
  Count requests_of_others_here;
  Count single;  // transactions that had no other action

  // One for each lane of threads.
  struct alignas(64) Cell {
    std::atomic<uint64_t> requests{0};
    std::atomic<uint64_t> entries{0};  // more than requests in batches
    std::atomic<int64_t> last_ms{0};   // of the wall clock
    std::atomic<uint64_t> read_halves{0};
    std::atomic<uint64_t> items_read{0};
    std::atomic<uint64_t> items_returned{0};
    std::atomic<uint64_t> bytes_read{0};
    std::atomic<uint64_t> eventual_reads{0};  // to here: what most reads add to, one cache line
    std::atomic<uint64_t> consistent_reads{0};
    std::atomic<uint64_t> write_halves{0};
    std::atomic<uint64_t> updated{0};  // updates of an item that was there
  };
  static constexpr size_t kCells = 8;
  std::array<Cell, kCells> cells;

  void Add(std::atomic<uint64_t> Cell::* count) {
    const auto lane = trace::Lane::OfThread(kCells);
    lane.Add(cells[lane.number].*count, 1);
  }
  uint64_t Sum(std::atomic<uint64_t> Cell::* count) const;
  uint64_t requests() const { return Sum(&Cell::requests); }
  uint64_t entries() const { return Sum(&Cell::entries); }
  double read_units() const { return static_cast<double>(Sum(&Cell::read_halves)) / 2; }
  double write_units() const { return static_cast<double>(Sum(&Cell::write_halves)) / 2; }
  uint64_t items_read() const { return Sum(&Cell::items_read); }
  uint64_t items_returned() const { return Sum(&Cell::items_returned); }
  uint64_t bytes_read() const { return Sum(&Cell::bytes_read); }
  uint64_t eventual_reads() const { return Sum(&Cell::eventual_reads); }
  uint64_t consistent_reads() const { return Sum(&Cell::consistent_reads); }
  uint64_t updated() const { return Sum(&Cell::updated); }
  // Of the wall clock; 0: there was none.
  int64_t last_ms() const;
};

// Counts an access: `sums` are those of its request, null where it has no other access. Returns how
// many of the kind the thread's lane had before.
uint64_t CountAccess(RequestKind& kind, RequestSums* sums, const SeenRequest& seen,
                     const trace::Access& access);

// What a batch or a transaction came to, by kind of entry: it may have several. When it ends, each
// kind has what this request cost at least as its most. One per thread at a time.
class RequestSums {
 public:
  RequestSums() { sums_.clear(); }
  ~RequestSums() {
    for (const Sum& sum : sums_) sum.most->Raise(sum.halves);
  }
  RequestSums(const RequestSums&) = delete;
  RequestSums& operator=(const RequestSums&) = delete;

  // Adds the units of an entry, in halves, to what the kind may have cost most. True for the first
  // entry of the kind.
  bool Add(const RequestKind& kind, Count& most, uint64_t halves);
  // Whether another kind came before, and whether one of the same table and index did.
  bool AnyBefore(const RequestKind& kind) const;
  bool AnyBeforeInTable(const RequestKind& kind) const;

 private:
  struct Sum {
    const RequestKind* kind;
    Count* most;
    uint64_t halves;
  };
  // The thread's memory, used again by each request.
  static thread_local std::vector<Sum> sums_;
};

}  // namespace dynarock::advisor
