// What PutItem, UpdateItem and DeleteItem have in common: condition, return values, answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "expression/condition.h"
#include "expression/placeholders.h"
#include "server/operations/request/capacity.h"
#include "server/operations/request/expression_parameters.h"
#include "server/operations/request/table_lookup.h"

namespace dynarock::operations {

enum class ReturnValues { kNone, kAllOld, kAllNew, kUpdatedOld, kUpdatedNew };

// The conditional part of a single-item write. Borrows from the request.
class WriteCondition {
 public:
  // Expected and ConditionalOperator (errors: those of values and of the rules for Expected).
  // Called before the expressions are read.
  Result<void> ReadExpectedParameters(const JsonValue& input, Layer layer);
  // ReturnValuesOnConditionCheckFailure, which ReadExpectedParameters reads as well.
  void ReadReturnOnFailure(const JsonValue& input);
  // ConditionExpression, with the request's placeholders.
  Result<void> ReadExpression(const JsonValue& input, expression::Placeholders& placeholders);

  std::span<const expression::Path> paths() const { return condition_.paths(); }

  // ConditionalCheckFailed unless the stored item meets the condition; carries the item when the
  // request asked for it.
  Result<void> Check(std::optional<ItemView> stored) const;

 private:
  expression::Condition condition_;
  bool given_ = false;
  bool return_item_ = false;  // ReturnValuesOnConditionCheckFailure: ALL_OLD
  ValueArena arena_;
};

ReturnValues ReadReturnValues(const JsonValue& input);
// PutItem and DeleteItem: "ReturnValues can only be ALL_OLD or NONE".
Result<void> CheckOldOrNone(const JsonValue& input);

// What the write path shall report for this request: what it asks for, and what observers want. And
// what the request is to suffer there.
WriteOptions WriteOptionsOf(const Call& call);

// The answer: Attributes (when `attributes` holds an encoded item), ConsumedCapacity,
// ItemCollectionMetrics. `key`: an item that has the key attributes.
void WriteAnswer(Call& call, const Table& table, const WriteOutcome& outcome,
                 std::optional<ItemView> attributes, ItemView key);

}  // namespace dynarock::operations
