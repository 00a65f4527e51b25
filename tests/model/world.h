// dynarock in this process: a store, its operations and the dispatcher, asked in JSON.
#pragma once

#include <memory>
#include <string>

#include "server/operations/request/table_lookup.h"
#include "server/protocol/dispatcher.h"
#include "storage/clock/settable_clock.h"
#include "storage/item/json.h"
#include "storage/table/store.h"
#include "tests/model/operation.h"

namespace dynarock::model {

class World {
 public:
  // `directory`: where a run on disk keeps its data; empty: in memory.
  explicit World(std::string directory);

  struct Reply {
    unsigned status = 0;
    std::string text;
    JsonDocument json;
    // The name of the error, without its package; empty: success.
    std::string error() const;
  };
  std::unique_ptr<Reply> Send(const std::string& operation, const std::string& json,
                              bool streams = false);
  std::unique_ptr<Reply> Send(const Request& request);

  int64_t now() const { return clock_.now_ms() / 1000; }
  void Advance(int64_t seconds);
  bool on_disk() const { return !directory_.empty(); }
  // `clean`: closed before, rather than killed. On disk only. What has expired is gone then.
  void Restart(bool clean);

 private:
  void Open();

  const std::string directory_;
  SettableClock clock_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<protocol::Dispatcher> dispatcher_;
};

}  // namespace dynarock::model
