#include "storage/table/background.h"

#include <algorithm>
#include <utility>

#include <pthread.h>

#include "storage/key/key_part.h"

namespace dynarock {

Background::Background(Engine& engine, Catalog& catalog, Streams& streams, Latches& latches,
                       const Clock& clock, MemoryGauge* memory)
    : engine_(engine),
      catalog_(catalog),
      streams_(streams),
      latches_(latches),
      clock_(clock),
      memory_(memory),
      sleeper_(clock) {}

Background::~Background() {
  Stop();
}

void Background::Start(bool recount) {
  const std::string dropped = RecordKey(Record::kDropped);
  const auto iterator = engine_.NewIterator(dropped, PrefixSuccessor(dropped));
  for (iterator->SeekToFirst(); iterator->valid(); iterator->Next()) {
    Free(ReadU64(iterator->key(), dropped.size()), ReadU32(iterator->key(), dropped.size() + 8));
  }
  const auto tables = catalog_.All();
  if (recount && !tables.empty()) {
    // Nobody writes yet: what later writes add comes on top of what this state holds.
    const View view = engine_.Snapshot();
    for (const auto& table : tables) {
      ++uncounted_;
      Add({Job::Kind::kRecount, table->storage_id(), kTableRows, view});
    }
  }
  for (const auto& table : tables) {
    if (table->description().status == Status::kDeleting) watching_ = true;
    for (const Index& index : table->indexes()) {
      if (index.backfilling && !index.deleting) Backfill(table->storage_id(), index.id);
    }
    const TimeToLiveEntries& ttl = table->description().ttl_entries;
    if (ttl.id != 0 && ttl.backfilling) Backfill(table->storage_id(), ttl.id);
  }
  thread_ = std::thread([this] { Loop(); });
}

void Background::Stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  engine_.Interrupt();
  changed_.notify_all();
  sleeper_.Wake();
  thread_.join();
  jobs_.clear();
}

void Background::Backfill(StorageId storage, IndexId index) {
  Add({Job::Kind::kBackfill, storage, index, {}});
}

void Background::Free(StorageId storage, IndexId index) {
  Add({Job::Kind::kFree, storage, index, {}});
}

void Background::Reclaim() {
  if (memory_ == nullptr || !memory_->WorthReclaiming()) return;
  Add({Job::Kind::kReclaim, 0, kTableRows, {}});
}

void Background::Add(Job job) {
  const std::lock_guard lock(mutex_);
  jobs_.push_back(std::move(job));
  changed_.notify_all();
  sleeper_.Wake();
}

void Background::WatchDeleting() {
  const std::lock_guard lock(mutex_);
  watching_ = true;
  changed_.notify_all();
  sleeper_.Wake();
}

bool Background::counters_true() {
  const std::lock_guard lock(mutex_);
  return uncounted_ == 0;
}

bool Background::Wait(std::optional<StorageId> storage, std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, timeout, [&] {
    return std::none_of(jobs_.begin(), jobs_.end(), [&](const Job& job) {
      return !storage || (job.storage == *storage && job.kind != Job::Kind::kFree);
    });
  });
}

void Background::Loop() {
  constexpr std::chrono::milliseconds kTryAgain(500);
  pthread_setname_np(pthread_self(), "table jobs");
  std::unique_lock lock(mutex_);
  while (!stop_) {
    if (!jobs_.empty()) {
      const Job job = jobs_.front();
      lock.unlock();
      bool done = true;
      try {
        Run(job);
      } catch (const std::exception&) {
        // The disk takes no writes, or memory is short; those who ask are told so. Every job can be
        // taken up where it was, and its record remains for the next start.
        done = false;
      }
      lock.lock();
      if (stop_) break;  // it may be unfinished
      if (!done) {
        changed_.wait_for(lock, kTryAgain, [&] { return stop_.load(); });
        continue;
      }
      if (job.kind == Job::Kind::kRecount) --uncounted_;
      jobs_.pop_front();
      changed_.notify_all();
    } else if (watching_) {
      watching_ = false;  // whoever says otherwise from here on is not to be missed
      lock.unlock();
      std::optional<int64_t> next;
      bool done = true;
      try {
        next = DropGone();
        if (next) sleeper_.SleepUntil(*next);
      } catch (const std::exception&) {
        done = false;  // as above
      }
      lock.lock();
      if (next || !done) watching_ = true;
      if (!done) changed_.wait_for(lock, kTryAgain, [&] { return stop_.load(); });
    } else {
      changed_.wait(lock, [&] { return stop_ || watching_ || !jobs_.empty(); });
    }
  }
}

std::optional<int64_t> Background::DropGone() {
  std::optional<int64_t> next;
  for (const auto& table : catalog_.All()) {
    const TableDescription& description = table->description();
    if (description.status != Status::kDeleting) continue;
    if (!table->GoneAt(clock_.now_ms())) {
      next = std::min(next.value_or(description.settles_ms), description.settles_ms);
      continue;
    }
    if (!catalog_.Drop(table->storage_id())) continue;
    Free(table->storage_id(), kTableRows);
    if (description.stream.id != 0) streams_.Disable(description.stream.id);
  }
  return next;
}

void Background::Run(const Job& job) {
  switch (job.kind) {
    case Job::Kind::kBackfill:
      return RunBackfill(job);
    case Job::Kind::kFree:
      return RunFree(job);
    case Job::Kind::kRecount:
      return RunRecount(job);
    case Job::Kind::kReclaim:
      return RunReclaim();
  }
}

void Background::RunFree(const Job& job) {
  const std::string begin =
      job.index == kTableRows ? StoragePrefix(job.storage) : IndexPrefix(job.storage, job.index);
  engine_.DropRange(begin, PrefixSuccessor(begin));
  Batch batch;
  batch.Delete(RecordKey(Record::kDropped, job.storage, job.index));
  engine_.Write(batch);
  if (memory_ != nullptr) RunReclaim();
}

void Background::RunReclaim() {
  memory_->SetReclaiming(true);
  try {
    engine_.Reclaim();
  } catch (...) {
    memory_->SetReclaiming(false);
    throw;
  }
  memory_->SetReclaiming(false);
}

}  // namespace dynarock
