#include "storage/engine/memory_gauge.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>

#include <fcntl.h>
#include <unistd.h>

namespace dynarock {

namespace {

constexpr int64_t kLookMs = 50;
constexpr int64_t kReclaimMs = 2000;
// Rows have index entries, stream records and overhead beside them; a look puts it right.
constexpr uint64_t kFactor = 2;

int64_t CoarseMs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

// "size resident shared ...", in pages.
uint64_t ResidentIn(int statm) {
  std::array<char, 128> text;
  const ssize_t length = pread(statm, text.data(), text.size(), 0);
  if (length <= 0) return 0;
  const char* const end = text.data() + length;
  const char* at = std::find(static_cast<const char*>(text.data()), end, ' ');
  uint64_t pages = 0;
  if (at != end) std::from_chars(at + 1, end, pages);
  static const auto page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  return pages * page;
}

int OpenStatm() {
  return open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
}

}  // namespace

MemoryGauge::MemoryGauge(uint64_t limit)
    : limit_(limit), step_(std::max<uint64_t>(limit / 128, 256 << 10)), file_(OpenStatm()) {}

MemoryGauge::~MemoryGauge() {
  if (file_ >= 0) close(file_);
}

uint64_t MemoryGauge::Resident() {
  const int file = OpenStatm();
  if (file < 0) return 0;
  const uint64_t resident = ResidentIn(file);
  close(file);
  return resident;
}

void MemoryGauge::Look() {
  const std::lock_guard lock(looking_);
  if (CoarseMs() < look_at_ms_.load(std::memory_order_relaxed) &&
      noted_.load(std::memory_order_relaxed) < step_) {
    return;  // another thread just did
  }
  resident_.store(ResidentIn(file_), std::memory_order_relaxed);
  noted_.store(0, std::memory_order_relaxed);
  look_at_ms_.store(CoarseMs() + kLookMs, std::memory_order_relaxed);
}

uint64_t MemoryGauge::Used(size_t more) {
  const uint64_t noted = noted_.fetch_add(more, std::memory_order_relaxed) + more;
  if (noted >= step_ || CoarseMs() >= look_at_ms_.load(std::memory_order_relaxed)) Look();
  return used();
}

uint64_t MemoryGauge::used() const {
  return resident_.load(std::memory_order_relaxed) + noted_.load(std::memory_order_relaxed);
}

bool MemoryGauge::Grow(size_t bytes) {
  if (file_ < 0) return true;
  const uint64_t more = bytes * kFactor;
  const uint64_t most =
      data_limit() - (reclaiming_.load(std::memory_order_relaxed) ? limit_ / 8 : 0);
  // What is refused does not grow.
  if (Used(0) + more <= most) {
    Used(more);
    return true;
  }
  refusals_.fetch_add(1, std::memory_order_relaxed);
  return false;
}

bool MemoryGauge::WorthReclaiming() {
  const uint64_t freed = freed_.load(std::memory_order_relaxed);
  if (freed == 0) return false;
  const int64_t now = CoarseMs();
  if (freed < limit_ / 64 && now < reclaim_at_ms_.load(std::memory_order_relaxed)) return false;
  reclaim_at_ms_.store(now + kReclaimMs, std::memory_order_relaxed);
  // Of several threads one goes.
  return freed_.exchange(0, std::memory_order_relaxed) > 0;
}

bool MemoryGauge::Hold(int64_t bytes) {
  const int64_t held = held_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  if (bytes <= 0 || file_ < 0) return true;
  if (Used(0) + static_cast<uint64_t>(std::max<int64_t>(held, 0)) <= limit_) return true;
  held_.fetch_sub(bytes, std::memory_order_relaxed);
  refusals_.fetch_add(1, std::memory_order_relaxed);
  return false;
}

}  // namespace dynarock
