// What happens because time passes: expired items are deleted, stream shards roll over, old stream
// records and tokens go. One thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace dynarock {

class Store;
struct StoreOptions;

class Sweeper {
 public:
  Sweeper(Store& store, const StoreOptions& options);
  ~Sweeper();
  void Start();
  void Stop();

 private:
  void Loop();

  Store& store_;
  const int64_t ttl_interval_ms_;
  const int64_t tick_ms_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stop_ = false;
};

}  // namespace dynarock
