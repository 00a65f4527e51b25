// What is stored at this moment, for rules that ask for it when a report is made.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "storage/catalog/table.h"
#include "storage/item/encoded.h"
#include "storage/item/function_ref.h"

namespace dynarock::advisor {

// Thread safe.
class Stored {
 public:
  virtual ~Stored() = default;

  // All tables, of all name spaces.
  virtual std::vector<std::shared_ptr<const Table>> Tables() const = 0;

  // Whether the table has the item. `key`: its key attributes, of the table's types.
  virtual bool Has(const Table& table, ItemView key) const = 0;

  // Where to look for what a value leads to.
  struct Place {
    std::shared_ptr<const Table> table;
    const Index* index = nullptr;  // of `table`, with one HASH attribute; null: the table itself
  };
  // Shows `look` the first `most` items or index entries under a partition key of the HASH
  // attribute's type, in key order, until it returns false. With `sort_prefix` (of the sort key's
  // type, S or B) only those whose sort key begins with it.
  virtual void Look(const Place& place, ValueView partition, std::optional<ValueView> sort_prefix,
                    size_t most, FunctionRef<bool(ItemView)> look) const = 0;
};

}  // namespace dynarock::advisor
