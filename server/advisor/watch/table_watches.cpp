#include "server/advisor/watch/table_watches.h"

#include <array>
#include <atomic>

namespace dynarock::advisor {

namespace {

std::atomic<uint64_t> numbers{0};

// What the calling thread met last.
struct Remembered {
  uint64_t watches = 0;  // TableWatches::number_
  StorageId table = 0;   // never comes again, other than names
  TableWatch* watch = nullptr;
};
thread_local constinit std::array<Remembered, 16> remembered;

}  // namespace

TableWatches::TableWatches(TableFamilies& names) : names_(names), number_(++numbers) {}

TableWatch* TableWatches::Of(const trace::Access& access, int64_t wall_ms) {
  const Table* table = access.table;
  const StorageId id = table->storage_id();
  Remembered& slot = remembered[id % remembered.size()];
  if (slot.watches == number_ && slot.table == id) [[likely]] {
    return slot.watch;
  }
  TableWatch* watch = Find(*table, wall_ms);
  if (watch != nullptr) slot = {number_, id, watch};
  return watch;
}

TableWatch* TableWatches::Find(const Table& table, int64_t wall_ms) {
  constexpr size_t kMostTables = 256;
  const std::string name = names_.NameOf(table);
  const std::lock_guard lock(mutex_);
  TableWatch*& watch = by_name_[name];
  if (watch == nullptr) {
    if (watches_.size() >= kMostTables) {
      by_name_.erase(name);
      return nullptr;
    }
    watch = &watches_.emplace_back(name, wall_ms);
  }
  return watch;
}

std::vector<const TableWatch*> TableWatches::All() const {
  const std::lock_guard lock(mutex_);
  std::vector<const TableWatch*> all;
  for (const TableWatch& watch : watches_) all.push_back(&watch);
  return all;
}

}  // namespace dynarock::advisor
