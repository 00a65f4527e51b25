#include "storage/table/held_items.h"

namespace dynarock {

std::vector<bool> HeldItems::Hold(std::span<const std::string_view> keys) {
  std::vector<bool> taken(keys.size(), false);
  const std::lock_guard lock(mutex_);
  for (size_t i = 0; i < keys.size(); ++i) {
    const auto it = until_ms_.find(keys[i]);
    if (it == until_ms_.end()) {
      until_ms_.emplace(keys[i], kRunning);
    } else if (Gone(it->second)) {
      it->second = kRunning;
    } else {
      taken[i] = true;
    }
  }
  count_.store(until_ms_.size());
  return taken;
}

void HeldItems::Release(std::span<const std::string_view> keys, int64_t at_ms) {
  const std::lock_guard lock(mutex_);
  for (const std::string_view key : keys) {
    const auto it = until_ms_.find(key);
    if (it == until_ms_.end()) continue;
    if (at_ms == 0) {
      until_ms_.erase(it);
    } else {
      it->second = at_ms;
    }
  }
  count_.store(until_ms_.size());
}

bool HeldItems::Holds(std::string_view key) const {
  if (count_.load() == 0) return false;
  const std::lock_guard lock(mutex_);
  const auto it = until_ms_.find(key);
  return it != until_ms_.end() && !Gone(it->second);
}

void HeldItems::Clear() {
  if (count_.load() == 0) return;
  const std::lock_guard lock(mutex_);
  std::erase_if(until_ms_, [&](const auto& entry) { return Gone(entry.second); });
  count_.store(until_ms_.size());
}

}  // namespace dynarock
