#pragma once

#include "storage/table/background.h"
#include "storage/table/latches.h"
#include "storage/table/store.h"

namespace dynarock {

struct Store::Parts {
  Parts(Engine& engine, Catalog& catalog, const Clock& clock)
      : background(engine, catalog, latches, clock) {}
  Latches latches;
  Background background;
};

}  // namespace dynarock
