// The writes of one item as PutItem, UpdateItem and DeleteItem make them, and the actions of
// TransactWriteItems, which are the same.
#pragma once

#include <optional>
#include <string>

#include "expression/placeholders.h"
#include "expression/update.h"
#include "server/operations/request/expression_parameters.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/write_parameters.h"
#include "storage/table/row_key.h"
#include "storage/table/write.h"

namespace dynarock::operations {

// What only the table can tell of an update: targets in the key, wrong types for index keys, paths
// into keys.
Result<void> CheckUpdate(const Table& table, const expression::Update& update);
// The item after the update, measured flat: index keys, size. `key`: of an item that is to be made.
Result<Change> DecideUpdate(const Table& table, const expression::Update& update,
                            std::optional<ItemView> stored, ItemView key);

// One write, in the order in which the service looks at it: its attributes, its expressions, the
// table, the stored item. Borrows from the request.
class ItemWrite {
 public:
  virtual ~ItemWrite() = default;
  ItemWrite(const ItemWrite&) = delete;
  ItemWrite& operator=(const ItemWrite&) = delete;

  // The Item of a put, the Key of the others. Errors: those of values.
  Result<void> ReadAttributes(const JsonValue& attributes);
  // Expected and ConditionalOperator, and an update's AttributeUpdates.
  virtual Result<void> ReadLegacy(const JsonValue& input);
  // Placeholders and expressions, each placeholder used.
  Result<void> ReadExpressions(const JsonValue& input);
  // For writes without legacy parameters: what is to be told of the item when its condition fails.
  void ReadReturnOnFailure(const JsonValue& input) { condition_.ReadReturnOnFailure(input); }

  // Has ReadExpressions not judge names and depth of values: where something else is to be found.
  void AcceptNamesAndDepth() { reader_.AcceptNamesAndDepth(); }
  // Of the values of expressions, in bytes.
  uint64_t value_bytes() const { return reader_.value_bytes(); }

  // What only the table can tell: key, index keys, paths into keys.
  // `table` is kept by reference.
  Result<RowKey> Bind(const Table& table);
  // The condition, then the change. Once.
  Result<Change> operator()(std::optional<ItemView> stored);

  // Write units that an attempt is charged whose condition fails: those of the stored item.
  double attempted_units() const { return static_cast<double>(WriteUnits(stored_bytes_)); }

  // The Item (until it is written) or the Key.
  ItemView attributes() const { return ItemView(attributes_); }

 protected:
  // `layer`: which judges the request. `transaction`: whether it is an action of one.
  ItemWrite(Layer layer, bool transaction)
      : placeholders_(layer, transaction || layer == Layer::kOlder) {}
  Layer layer() const { return placeholders_.layer(); }
  virtual Result<void> ParseOwn(const JsonValue&, expression::Placeholders&) { return {}; }
  // What is refused before the condition is looked at.
  virtual Result<void> CheckOwn(std::optional<ItemView>) const { return {}; }
  virtual Result<RowKey> BindOwn(const Table& table);
  virtual Result<Change> DecideOwn(const Table& table, std::optional<ItemView> stored) = 0;

  std::string attributes_;

  // Names and values of the placeholders, in bytes.
  uint64_t placeholder_bytes() const { return reader_.bytes(); }

 private:
  WriteCondition condition_;
  PlaceholderReader reader_;
  expression::Placeholders placeholders_;
  const Table* table_ = nullptr;
  uint64_t stored_bytes_ = 0;
};

// Writes one item of a single-item operation, noting a refusal. `note` is to be told what came of
// it. Error: as Store::Write.
Result<WriteOutcome> RunWrite(Call& call, const std::shared_ptr<const Table>& table, RowKey key,
                              ItemWrite& write, WriteNote& note);

class PutWrite final : public ItemWrite {
 public:
  explicit PutWrite(Layer layer, bool transaction = false) : ItemWrite(layer, transaction) {}
  // "Item size has exceeded the maximum allowed size" above 400 KB: of the item alone, and with its
  // local index entries.
  Result<void> CheckSize() const;
  Result<void> CheckSizeIn(const Table& table) const;

 protected:
  Result<RowKey> BindOwn(const Table& table) override;
  Result<Change> DecideOwn(const Table& table, std::optional<ItemView> stored) override;
};

class UpdateWrite final : public ItemWrite {
 public:
  enum class Measure {
    kStatement,  // in the newer layer the statement as well (expression::Update::Charge)
    kFlat,       // transactions of the older layer: the item's size alone
  };
  UpdateWrite(Layer layer, Measure measure, bool transaction = false)
      : ItemWrite(layer, transaction), measure_(measure) {}

  Result<void> ReadLegacy(const JsonValue& input) override;
  const expression::Update& update() const { return update_; }

 protected:
  Result<void> ParseOwn(const JsonValue& input, expression::Placeholders& placeholders) override;
  Result<RowKey> BindOwn(const Table& table) override;
  Result<Change> DecideOwn(const Table& table, std::optional<ItemView> stored) override;

 private:
  Result<void> CheckOwn(std::optional<ItemView> stored) const override;
  bool WritesTooDeep() const;

  const Measure measure_;
  // Whether the statement may be too large, by what its text and placeholders weigh.
  bool heavy_ = false;
  ValueArena arena_;
  expression::Update update_;
};

class DeleteWrite final : public ItemWrite {
 public:
  explicit DeleteWrite(Layer layer, bool transaction = false) : ItemWrite(layer, transaction) {}

 protected:
  Result<Change> DecideOwn(const Table& table, std::optional<ItemView> stored) override;
};

// An action of transactions, ConditionCheck: only the condition.
class CheckWrite final : public ItemWrite {
 public:
  explicit CheckWrite(Layer layer) : ItemWrite(layer, /*transaction=*/true) {}

 protected:
  Result<Change> DecideOwn(const Table& table, std::optional<ItemView> stored) override;
};

}  // namespace dynarock::operations
