// The watches of all tables, by the name under which each table is counted.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/advisor/watch/table_families.h"
#include "server/advisor/watch/table_watch.h"
#include "server/trace/trace.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

// Thread safe.
class TableWatches {
 public:
  // `names`: outlives the watches.
  explicit TableWatches(TableFamilies& names);

  // The watch of an access's table; null when there are too many tables.
  TableWatch* Of(const trace::Access& access, int64_t wall_ms);
  // They live as long as this.
  std::vector<const TableWatch*> All() const;

 private:
  TableWatch* Find(const Table& table, int64_t wall_ms);

  TableFamilies& names_;
  const uint64_t number_;  // tells them apart in each thread's memory
  mutable std::mutex mutex_;
  std::deque<TableWatch> watches_;
  std::unordered_map<std::string, TableWatch*> by_name_;
};

}  // namespace dynarock::advisor
