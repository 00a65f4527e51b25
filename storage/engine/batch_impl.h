// What a Batch is inside; for the files of this room that hand it to RocksDB.
#pragma once

#include <rocksdb/write_batch.h>

#include "storage/engine/engine.h"

namespace dynarock {

struct Batch::Impl {
  rocksdb::WriteBatch batch;
};

}  // namespace dynarock
