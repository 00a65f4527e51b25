// Items that are stored, for rules that ask.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/advisor/watch/stored.h"
#include "tests/unit/storage/key/owned_value.h"

namespace dynarock::advisor {

class FakeStored final : public Stored {
 public:
  void AddTable(std::shared_ptr<const Table> table) { tables_.push_back(std::move(table)); }
  void AddItem(const Table& table, const test::Attributes& attributes) {
    items_.emplace_back(table.storage_id(), test::Item(attributes));
  }

  std::vector<std::shared_ptr<const Table>> Tables() const override { return tables_; }
  bool Has(const Table& table, ItemView key) const override;
  // Shows items in the order in which they were added.
  void Look(const Place& place, ValueView partition, std::optional<ValueView> sort_prefix,
            size_t most, FunctionRef<bool(ItemView)> look) const override;

 private:
  std::vector<std::shared_ptr<const Table>> tables_;
  std::vector<std::pair<StorageId, std::string>> items_;
};

}  // namespace dynarock::advisor
