#include "server/advisor/watch/unprocessed.h"

#include <algorithm>

#include "server/advisor/watch/request_text.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

namespace {

using trace::AccessKind;

// What a request does to its item, apart from the key; 0: cannot be told.
uint64_t ContentOf(const trace::Access& access) {
  if (trace::IsRead(access.kind)) return 0;
  if (access.kind != AccessKind::kPut) return 1 + static_cast<uint64_t>(access.kind);
  const JsonValue* item = FindMember(*access.input, "Item");
  return item == nullptr ? 0 : HashOfContents(*item);
}

}  // namespace

void Unprocessed::LookClosely(const protocol::Observation& observation, Moment now,
                              int64_t wall_ms) {
  const auto accesses = observation.trace.accesses();
  const std::lock_guard lock(mutex_);
  // A page of keys that is asked for once more as a whole is no answer to the keys handed back. A
  // writer may well fill up the next batch with them.
  const bool resends = observation.operation.name != "BatchGetItem" ||
                       std::all_of(accesses.begin(), accesses.end(), [&](const auto& access) {
                         return waiting_.contains(access.key_hash);
                       });
  for (const trace::Access& access : accesses) {
    if (access.key_hash != 0) LookAtEntry(observation, access, resends, now, wall_ms);
  }
  waiting_count_.store(waiting_.size(), std::memory_order_relaxed);
}

void Unprocessed::LookAtEntry(const protocol::Observation& observation, const trace::Access& access,
                              bool resends, Moment now, int64_t wall_ms) {
  // Later it is another run of the job.
  constexpr uint64_t kPlausibleMs = 60'000;
  const auto found = waiting_.find(access.key_hash);
  const uint64_t content = ContentOf(access);
  if (resends && found != waiting_.end() && now.ms - found->second.ms <= kPlausibleMs &&
      (content == 0 || content == found->second.content)) {
    ++rows_[found->second.row].sent_again;
    waiting_.erase(found);
  }
  if (!access.unprocessed) return;
  const std::string table = names_.NameOf(*access.table);
  std::string key(observation.operation.name);
  key.append("\n").append(table);
  if (!rows_.contains(key) && rows_.size() >= kMostRows) return;
  Row& row = rows_[key];
  if (row.seen.See(wall_ms)) {
    row.operation = observation.operation.name;
    row.table = table;
    row.seen.example = Compact(observation.input);
    row.seen.user_agent = observation.user_agent;
  }
  ++row.handed_back;
  if (waiting_.size() < kMostWaiting) waiting_[access.key_hash] = {key, now.ms, content};
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
