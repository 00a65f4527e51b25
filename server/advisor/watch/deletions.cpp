#include "server/advisor/watch/deletions.h"

#include <algorithm>

#include "server/advisor/watch/request_text.h"
#include "server/advisor/words/entity_names.h"
#include "storage/item/encoder.h"

namespace dynarock::advisor {

std::string EncodedKey(const Table& table, ItemView item) {
  ItemBuilder key;
  for (size_t i = 0; i < table.key().size(); ++i) {
    const std::string& name = table.key().at(i).name;
    const auto value = item.Find(name);
    if (!value) return {};
    key.Add(name, *value);
  }
  return key.Encode();
}

void Deletions::Add(const protocol::Observation& observation, const trace::Access& access,
                    int64_t wall_ms) {
  constexpr size_t kExample = 400;
  const Table& table = *access.table;
  Deletion deletion;
  deletion.storage_id = table.storage_id();
  deletion.key = EncodedKey(table, *access.before);
  if (deletion.key.empty() || deletion.key.size() > kLongestKey) return;
  if (access.transactional) {
    for (const trace::Access& other : observation.trace.accesses()) {
      if (!other.after) continue;
      deletion.written.emplace(other.table->storage_id(), EncodedKey(*other.table, *other.after));
    }
  }
  deletion.example = Compact(*access.input, kExample);
  deletion.user_agent = observation.user_agent;
  deletion.wall_ms = wall_ms;
  const bool root = table.has_range() && RootOf(table, ItemView(deletion.key)).has_value();
  const std::lock_guard lock(mutex_);
  auto full = places_.try_emplace({deletion.storage_id, root}).first;
  full->second.push_back(std::move(deletion));
  ++count_;
  if (full->second.size() <= kMostOfPlace) {
    if (count_ <= kMost) return;
    full = std::max_element(places_.begin(), places_.end(), [](const auto& a, const auto& b) {
      return a.second.size() < b.second.size();
    });
  }
  full->second.pop_front();
  --count_;
  if (full->second.empty()) places_.erase(full);
}

std::vector<Deletion> Deletions::All() const {
  const std::lock_guard lock(mutex_);
  std::vector<Deletion> all;
  std::set<std::pair<StorageId, std::string_view>> known;
  for (size_t i = 0; i < kMostOfPlace; ++i) {
    for (const auto& [place, deletions] : places_) {
      if (i >= deletions.size()) continue;
      const Deletion& deletion = deletions[deletions.size() - 1 - i];
      if (known.emplace(deletion.storage_id, deletion.key).second) all.push_back(deletion);
    }
  }
  return all;
}

}  // namespace dynarock::advisor
