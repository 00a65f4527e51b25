// What takes its time and waits for nobody: filling new indexes, freeing dropped data, counting
// after an unclean stop. One thread, one job after the other. Jobs keep their progress in the
// engine, so that a restart goes on with them.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "storage/catalog/catalog.h"
#include "storage/clock/sleeper.h"
#include "storage/engine/engine.h"
#include "storage/engine/memory_gauge.h"
#include "storage/key/keyspace.h"
#include "storage/stream/stream.h"
#include "storage/table/latches.h"

namespace dynarock {

class Background {
 public:
  Background(Engine& engine, Catalog& catalog, Streams& streams, Latches& latches,
             const Clock& clock, MemoryGauge* memory = nullptr);
  ~Background();

  // Takes up what an earlier run left undone, then starts the thread. `recount`: the counters are
  // not known.
  void Start(bool recount);
  // Ends the thread; an unfinished job stays for the next start.
  void Stop();

  // Makes the entries of an index, or the TTL entries, that writers maintain already.
  void Backfill(StorageId storage, IndexId index);
  // Frees what a kDropped record names.
  void Free(StorageId storage, IndexId index);
  // Gives the memory of what was deleted back, if anything was since the last time.
  void Reclaim();
  // Drops tables that are DELETING once their time has come.
  void WatchDeleting();

  // Waits for the jobs of one table that change what it shows; without a table for all jobs. False
  // on timeout.
  bool Wait(std::optional<StorageId> storage, std::chrono::milliseconds timeout);

  // False while a count is missing.
  bool counters_true();

 private:
  struct Job {
    enum class Kind : uint8_t { kBackfill, kFree, kRecount, kReclaim };
    Kind kind;
    StorageId storage;
    IndexId index;
    View view;  // kRecount
  };

  void Loop();
  void Add(Job job);
  void Run(const Job& job);
  void RunBackfill(const Job& job);
  // One step; false when there is nothing more to do.
  bool BackfillStep(const Job& job, std::string& last_row);
  void FinishBackfill(const Job& job);
  void RunRecount(const Job& job);
  void RunFree(const Job& job);
  void RunReclaim();
  // Drops the tables whose time has come. When the next one's comes; none: no table is left to be
  // watched.
  std::optional<int64_t> DropGone();

  Engine& engine_;
  Catalog& catalog_;
  Streams& streams_;
  Latches& latches_;
  const Clock& clock_;
  MemoryGauge* const memory_;  // null: no limit
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;  // the first one is running
  Sleeper sleeper_;       // where the thread waits while tables are watched
  size_t uncounted_ = 0;
  bool watching_ = false;
  std::atomic<bool> stop_{false};
};

}  // namespace dynarock
