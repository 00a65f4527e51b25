#pragma once

#include <rocksdb/write_batch.h>

#include "storage/engine/engine.h"

namespace dynarock {

struct Batch::Impl {
  rocksdb::WriteBatch batch;
};

}  // namespace dynarock
