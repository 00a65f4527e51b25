#include "server/advisor/unprocessed.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "server/advisor/request_text.h"
#include "storage/catalog/table.h"

namespace dynarock::advisor {

namespace {

using protocol::AccessKind;
using protocol::HashBytes;

// Of an AttributeValue or an item. Clients may write a number otherwise when they send it again
// (1.50 as 1.5), and the elements of a set in another order.
uint64_t HashOf(const JsonValue& value, uint64_t seed, int depth) {
  constexpr int kMostDepth = 100;
  if (depth > kMostDepth) return seed;
  if (value.IsObject()) {
    uint64_t sum = seed + 1;
    for (const auto& member : value.GetObject()) {
      const std::string_view name = Text(member.name);
      const uint64_t named = HashBytes(name, seed);
      if (name == "N" && member.value.IsString()) {
        const double number = std::strtod(member.value.GetString(), nullptr);
        sum += named * 31 + std::bit_cast<uint64_t>(number);
      } else if (member.value.IsArray() && name != "L") {
        for (const JsonValue& element : member.value.GetArray()) {
          sum += HashOf(element, named, depth + 1);
        }
      } else {
        sum += HashOf(member.value, named, depth + 1);
      }
    }
    return sum;
  }
  if (value.IsArray()) {
    for (const JsonValue& element : value.GetArray()) seed = HashOf(element, seed * 31, depth + 1);
    return seed + 2;
  }
  if (value.IsString()) return HashBytes(Text(value), seed);
  return seed * 31 + static_cast<uint64_t>(value.GetType());
}

// What a request does to its item, apart from the key; 0: cannot be told.
uint64_t ContentOf(const protocol::Access& access) {
  if (protocol::IsRead(access.kind)) return 0;
  if (access.kind != AccessKind::kPut) return 1 + static_cast<uint64_t>(access.kind);
  const JsonValue* item = FindMember(*access.input, "Item");
  return item == nullptr ? 0 : HashOf(*item, 1, 0);
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
  for (const protocol::Access& access : accesses) {
    if (access.key_hash != 0) LookAtEntry(observation, access, resends, now, wall_ms);
  }
  waiting_count_.store(waiting_.size(), std::memory_order_relaxed);
}

void Unprocessed::LookAtEntry(const protocol::Observation& observation,
                              const protocol::Access& access, bool resends, Moment now,
                              int64_t wall_ms) {
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
  std::string key(observation.operation.name);
  key.append("\n").append(access.table->name());
  if (!rows_.contains(key) && rows_.size() >= kMostRows) return;
  Row& row = rows_[key];
  if (row.seen.See(wall_ms)) {
    row.operation = observation.operation.name;
    row.table = access.table->name();
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
