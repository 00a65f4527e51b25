#include "server/program/stored_items.h"

#include <utility>

namespace dynarock::program {

std::vector<std::shared_ptr<const Table>> StoredItems::Tables() const {
  std::vector<std::shared_ptr<const Table>> tables = store_.All();
  std::erase_if(tables, [&](const auto& table) { return !table->UsableAt(store_.now_ms()); });
  return tables;
}

bool StoredItems::Has(const Table& table, ItemView key) const {
  Pinned item;
  return store_.Get(KeyOfStored(table, key), item);
}

void StoredItems::Look(const Place& place, ValueView partition,
                       std::optional<ValueView> sort_prefix, size_t most,
                       FunctionRef<bool(ItemView)> look) const {
  ReadPlan plan;
  plan.table = place.table;
  plan.index = place.index;
  plan.hash = {partition};
  if (sort_prefix) {
    plan.op = RangeOperator::kBeginsWith;
    plan.operands[0] = *sort_prefix;
  }
  Cursor cursor = store_.Read(plan);
  for (size_t i = 0; i < most; ++i) {
    const auto item = cursor.Next();
    if (!item || !look(*item)) return;
  }
}

}  // namespace dynarock::program
