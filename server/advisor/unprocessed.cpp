#include "server/advisor/unprocessed.h"

#include "server/advisor/request_text.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

void Unprocessed::Look(const protocol::Observation& observation, const protocol::Access& access,
                       Moment now, int64_t wall_ms) {
  if (!access.unprocessed) {
    if (waiting_count_.load(std::memory_order_relaxed) == 0 || access.key_hash == 0) return;
    const std::lock_guard lock(mutex_);
    const auto found = waiting_.find(access.key_hash);
    if (found == waiting_.end()) return;
    ++rows_[found->second.row].sent_again;
    waiting_.erase(found);
    waiting_count_.store(waiting_.size(), std::memory_order_relaxed);
    return;
  }
  const std::lock_guard lock(mutex_);
  std::string key(observation.operation.name);
  key.append("\n").append(access.table->name());
  if (!rows_.contains(key) && rows_.size() >= kMostRows) return;
  Row& row = rows_[key];
  // Handed back once more: the first time was answered.
  if (waiting_.contains(access.key_hash)) ++row.sent_again;
  if (row.seen.See(wall_ms)) {
    row.operation = observation.operation.name;
    row.table = access.table->name();
    row.seen.example = Compact(observation.input);
    row.seen.user_agent = observation.user_agent;
  }
  ++row.handed_back;
  if (waiting_.size() < kMostWaiting) waiting_[access.key_hash] = {key, now.ms};
  waiting_count_.store(waiting_.size(), std::memory_order_relaxed);
}

std::vector<Unprocessed::Row> Unprocessed::rows(Moment now) const {
  constexpr uint64_t kPatienceMs = 200;
  const std::lock_guard lock(mutex_);
  std::map<std::string, Row> rows = rows_;
  for (const auto& [hash, entry] : waiting_) {
    if (entry.ms + kPatienceMs > now.ms) ++rows[entry.row].waiting;
  }
  std::vector<Row> all;
  for (const auto& [key, row] : rows) all.push_back(row);
  return all;
}

}  // namespace dynarock::advisor
