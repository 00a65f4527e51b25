#include "tests/unit/server/advisor/rules/fake_stored.h"

#include <algorithm>

#include "server/advisor/watch/deletions.h"

namespace dynarock::advisor {

bool FakeStored::Has(const Table& table, ItemView key) const {
  const std::string encoded = EncodedKey(table, key);
  return std::any_of(items_.begin(), items_.end(), [&](const auto& item) {
    return item.first == table.storage_id() && EncodedKey(table, ItemView(item.second)) == encoded;
  });
}

void FakeStored::Look(const Place& place, ValueView partition, std::optional<ValueView> sort_prefix,
                      size_t most, FunctionRef<bool(ItemView)> look) const {
  const Key& key = place.index == nullptr ? place.table->key() : place.index->key;
  for (const auto& [table, bytes] : items_) {
    const ItemView item(bytes);
    const auto hash = item.Find(key.hash.front().name);
    if (table != place.table->storage_id() || !hash || hash->text() != partition.text()) continue;
    if (sort_prefix) {
      const auto sort = item.Find(key.range.front().name);
      if (!sort || !sort->text().starts_with(sort_prefix->text())) continue;
    }
    if (most-- == 0 || !look(item)) return;
  }
}

}  // namespace dynarock::advisor
