// What a Store is made of beside the engine, the catalog and the streams; for its own files only.
#pragma once

#include <atomic>

#include "storage/table/background.h"
#include "storage/table/held_items.h"
#include "storage/table/latches.h"
#include "storage/table/store.h"
#include "storage/table/sweeper.h"
#include "storage/table/token_log.h"

namespace dynarock {

struct Store::Parts {
  Parts(Store& store, const StoreOptions& options, Engine& engine, Catalog& catalog,
        Streams& streams, const Clock& clock)
      : held(clock),
        tokens(engine, clock),
        background(engine, catalog, streams, latches, clock, options.memory),
        sweeper(store, options) {}

  Latches latches;
  HeldItems held;
  TokenLog tokens;
  Background background;
  std::atomic<bool> stopping{false};
  Sweeper sweeper;
};

}  // namespace dynarock
