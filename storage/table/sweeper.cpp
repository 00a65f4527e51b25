#include "storage/table/sweeper.h"

#include <algorithm>
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
                        options.streams.retention_ms}))),
      sleeper_(*options.clock) {}

Sweeper::~Sweeper() {
  Stop();
}

void Sweeper::Start(bool at_once) {
  const int64_t first_expiry = store_.now_ms() + (at_once ? 0 : ttl_interval_ms_);
  thread_ = std::thread([this, first_expiry] { Loop(first_expiry); });
}

void Sweeper::Stop() {
  if (!thread_.joinable()) return;
  stop_ = true;
  sleeper_.Wake();
  thread_.join();
}

void Sweeper::Loop(int64_t next_expiry) {
  pthread_setname_np(pthread_self(), "expiry, streams");
  while (!stop_) {
    try {
      if (store_.now_ms() >= next_expiry) {
        store_.DeleteExpired();
        next_expiry = store_.now_ms() + ttl_interval_ms_;
      }
      store_.TendStreams();
      store_.TrimTokens();
    } catch (const std::exception&) {
      // The disk takes no writes, or memory is short; those who ask are told so. There is a next
      // time.
    }
    const Sleeper::Woken woken = sleeper_.SleepUntil(store_.now_ms() + tick_ms_);
    // Whoever sets the clock to see items expire does not want to wait for the interval to pass as
    // well. The other case is a machine's clock that was put back.
    next_expiry = woken == Sleeper::Woken::kSet
                      ? store_.now_ms()
                      : std::min(next_expiry, store_.now_ms() + ttl_interval_ms_);
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
