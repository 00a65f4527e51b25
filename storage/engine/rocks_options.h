#pragma once

#include <rocksdb/options.h>

#include "storage/engine/engine.h"

namespace dynarock {

// RocksDB's settings for a small server: one column family, few threads, a quick start, no log of
// its own.
rocksdb::Options RocksOptions(const EngineOptions& options);

}  // namespace dynarock
