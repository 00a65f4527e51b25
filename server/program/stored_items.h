// The store, as the advisor asks it.
#pragma once

#include "server/advisor/watch/stored.h"
#include "storage/table/store.h"

namespace dynarock::program {

class StoredItems final : public advisor::Stored {
 public:
  // The store outlives it.
  explicit StoredItems(const Store& store) : store_(store) {}

  std::vector<std::shared_ptr<const Table>> Tables() const override;
  bool Has(const Table& table, ItemView key) const override;
  void Look(const Place& place, ValueView partition, std::optional<ValueView> sort_prefix,
            size_t most, FunctionRef<bool(ItemView)> look) const override;

 private:
  const Store& store_;
};

}  // namespace dynarock::program
