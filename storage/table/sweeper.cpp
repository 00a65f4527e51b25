#include "storage/table/sweeper.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <vector>

#include <pthread.h>

#include "storage/table/store.h"
#include "storage/table/store_parts.h"
#include "storage/table/ttl_entries.h"

namespace dynarock {

namespace {
constexpr int64_t kMostMs = 1000;  // between two looks at shards and tokens
}  // namespace

Sweeper::Sweeper(Store& store, const StoreOptions& options)
    : store_(store),
      ttl_interval_ms_(options.ttl_interval_ms),
      tick_ms_(std::max<int64_t>(
          10, std::min({kMostMs, options.ttl_interval_ms, options.streams.shard_ms,
                        options.streams.retention_ms}))) {}

Sweeper::~Sweeper() {
  Stop();
}

void Sweeper::Start() {
  thread_ = std::thread([this] { Loop(); });
}

void Sweeper::Stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Sweeper::Loop() {
  using SteadyClock = std::chrono::steady_clock;
  pthread_setname_np(pthread_self(), "expiry, streams");
  auto next_expiry = SteadyClock::now();
  std::unique_lock lock(mutex_);
  while (!stop_) {
    lock.unlock();
    try {
      if (SteadyClock::now() >= next_expiry) {
        store_.DeleteExpired();
        next_expiry = SteadyClock::now() + std::chrono::milliseconds(ttl_interval_ms_);
      }
      store_.TendStreams();
      store_.TrimTokens();
    } catch (const std::exception&) {
      // The disk takes no writes, or memory is short; those who ask are told so. There is a next
      // time.
    }
    lock.lock();
    if (!stop_) wake_.wait_for(lock, std::chrono::milliseconds(tick_ms_));
  }
}

// ---- Store: the work itself.

void Store::DeleteExpired() {
  constexpr size_t kAtOnce = 32;
  for (const auto& table : catalog_.All()) {
    const IndexId entries = table->description().ttl_entries.id;
    if (entries == 0 || table->description().status == Status::kDeleting) continue;
    const auto [first, end] = ExpiredSeconds(now_ms());
    std::string lower = IndexPrefix(table->storage_id(), entries);
    std::string upper = lower;
    AppendU64(lower, first);
    AppendU64(upper, end);
    const auto decide = [&](std::optional<ItemView> item) -> Result<Change> {
      const auto second = item ? ExpirySecond(*table, *item) : std::nullopt;
      return second && IsExpired(*second, now_ms()) ? Change::Delete() : Change::Keep();
    };
    const auto iterator = engine_->NewIterator(lower, upper);
    iterator->SeekToFirst();
    while (iterator->valid() && !parts_->stopping) {
      std::vector<WriteAction> actions;
      for (; iterator->valid() && actions.size() < kAtOnce; iterator->Next()) {
        actions.push_back({table, RowKey{RowOfTtlEntry(*table, iterator->key())}, decide});
      }
      const auto written = Write(actions, {.leave_held = true, .expiry = true});
      if (!written) break;  // the table is gone
    }
  }
}

void Store::TendStreams() {
  streams_.Tend();
}

void Store::TrimTokens() {
  parts_->held.Clear();
  parts_->tokens.Trim();
}

}  // namespace dynarock
