// INSERT, UPDATE, DELETE and EXISTS as writes of one item.
#pragma once

#include <optional>
#include <string>

#include "expression/partiql/statement.h"
#include "server/trace/trace.h"
#include "storage/table/row_key.h"
#include "storage/table/write.h"

namespace dynarock::operations {

// Borrows the statement and the table.
class StatementWrite {
 public:
  // A transaction says of a key's type what its own actions say, and a DELETE with a condition needs
  // an item there (observed on the service).
  enum class Within : uint8_t { kItself, kTransaction };
  // `return_item`: a failed condition carries the stored item
  // (ReturnValuesOnConditionCheckFailure=ALL_OLD).
  StatementWrite(const expression::Statement& statement, bool return_item,
                 Within within = Within::kItself)
      : statement_(statement), return_item_(return_item), within_(within) {}

  // "Item size has exceeded the maximum allowed size", of an INSERT: seen before the table.
  Result<void> CheckSize() const;
  // The item's key and what only the table can tell. Errors: "Where clause does not contain a
  // mandatory equality on all key attributes"; those of keys, index keys and updates.
  Result<RowKey> Bind(const Table& table);
  // The WHERE clause's other terms, then the change. Once.
  Result<Change> operator()(std::optional<ItemView> stored);

  // An item with the key attributes; after Bind.
  ItemView key_item() const;
  // Whether it depends on more than the key.
  bool has_condition() const { return named_ && named_->rest.has_value(); }
  // As observers are told of it.
  trace::AccessKind access_kind() const;
  // Write units that a failed attempt is charged.
  int64_t attempted_units() const { return attempted_units_; }
  // What the RETURNING clause shows, encoded; nullopt: nothing.
  std::optional<std::string> Returned(const WriteOutcome& outcome) const;

 private:
  const expression::Statement& statement_;
  const bool return_item_;
  const Within within_;
  const Table* table_ = nullptr;
  std::optional<expression::NamedItem> named_;
  int64_t attempted_units_ = 1;
};

}  // namespace dynarock::operations
