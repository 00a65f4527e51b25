#include "server/advisor/watch/table_lives.h"

namespace dynarock::advisor {

void TableLives::Look(const trace::TableChange& change, uint64_t now_ms) {
  if (!change.created() && !change.deleted()) return;
  const StorageId id = change.table().storage_id();
  const std::lock_guard lock(mutex_);
  if (change.created()) {
    ++counts_.made;
    if (made_ms_.size() < kMostAlive) made_ms_.emplace(id, now_ms);
    return;
  }
  const auto made = made_ms_.find(id);
  if (made == made_ms_.end()) return;
  if (now_ms <= made->second + kShortMs) ++counts_.short_lived;
  made_ms_.erase(made);
}

TableLives::Counts TableLives::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

}  // namespace dynarock::advisor
