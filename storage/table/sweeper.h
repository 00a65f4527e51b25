// What happens because time passes: expired items are deleted, stream shards roll over, old stream
// records and tokens go. One thread, which goes by the store's clock: when the clock is set, all
// that is due happens at once; while it stands still, nothing does.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

#include "storage/clock/sleeper.h"

namespace dynarock {

class Store;
struct StoreOptions;

class Sweeper {
 public:
  Sweeper(Store& store, const StoreOptions& options);
  ~Sweeper();
  // `at_once`: whether items that expired meanwhile are looked for now; else after an interval.
  void Start(bool at_once);
  void Stop();

 private:
  void Loop(int64_t next_expiry);

  Store& store_;
  const int64_t ttl_interval_ms_;
  const int64_t tick_ms_;
  std::thread thread_;
  Sleeper sleeper_;
  std::atomic<bool> stop_{false};
};

}  // namespace dynarock
