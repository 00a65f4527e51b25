#include "server/operations/request/write_parameters.h"

#include "server/operations/request/errors.h"
#include "server/operations/request/legacy_parameters.h"
#include "server/operations/request/members.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

Result<void> WriteCondition::ReadExpectedParameters(const JsonValue& input, Layer layer) {
  ReadReturnOnFailure(input);
  DYNAROCK_TRY(const auto join, ReadConditionalOperator(input, {"Expected"}));
  if (FindMember(input, "Expected") == nullptr) return {};
  DYNAROCK_TRY(const auto entries, ReadExpected(input, arena_, layer));
  DYNAROCK_TRY(condition_, expression::FromExpected(entries, join));
  given_ = true;
  return {};
}

void WriteCondition::ReadReturnOnFailure(const JsonValue& input) {
  return_item_ = StringOr(input, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
}

Result<void> WriteCondition::ReadExpression(const JsonValue& input,
                                            expression::Placeholders& placeholders) {
  const JsonValue* text = FindMember(input, "ConditionExpression");
  if (text == nullptr) return {};
  DYNAROCK_TRY(condition_, expression::ParseCondition(expression::Language::kCondition, Text(*text),
                                                      placeholders));
  given_ = true;
  return {};
}

Result<void> WriteCondition::Check(std::optional<ItemView> stored) const {
  if (!given_ || condition_.Matches(stored)) return {};
  return Fail(ConditionFailed(return_item_ && stored ? std::string(stored->bytes()) : ""));
}

ReturnValues ReadReturnValues(const JsonValue& input) {
  const std::string_view name = StringOr(input, "ReturnValues");
  if (name == "ALL_OLD") return ReturnValues::kAllOld;
  if (name == "ALL_NEW") return ReturnValues::kAllNew;
  if (name == "UPDATED_OLD") return ReturnValues::kUpdatedOld;
  if (name == "UPDATED_NEW") return ReturnValues::kUpdatedNew;
  return ReturnValues::kNone;
}

Result<void> CheckOldOrNone(const JsonValue& input) {
  const ReturnValues values = ReadReturnValues(input);
  if (values == ReturnValues::kNone || values == ReturnValues::kAllOld) return {};
  return Fail(OldOrNoneOnly());
}

WriteOptions WriteOptionsOf(const Call& call) {
  return {
      .index_units = call.trace != nullptr || ReadCapacityMode(call.input) != CapacityMode::kNone,
      .collection_size = StringOr(call.input, "ReturnItemCollectionMetrics") == "SIZE",
      .conflict = call.context.transaction_conflict};
}

void WriteAnswer(Call& call, const Table& table, const WriteOutcome& outcome,
                 std::optional<ItemView> attributes, ItemView key) {
  const CapacityMode mode = ReadCapacityMode(call.input);
  JsonWriter& out = call.out;
  if (!attributes && mode == CapacityMode::kNone && !outcome.collection_bytes) return;
  out.BeginObject();
  if (attributes) {
    out.Key("Attributes");
    WriteItem(*attributes, out.Slot());
  }
  if (mode != CapacityMode::kNone) {
    Consumed consumed;
    consumed.Add(outcome);
    out.Key("ConsumedCapacity");
    WriteConsumed(out, mode, StringOr(call.input, "TableName"), consumed);
  }
  if (outcome.collection_bytes) {
    out.Key("ItemCollectionMetrics");
    WriteCollectionMetrics(out, table, key, *outcome.collection_bytes);
  }
  out.EndObject();
}

}  // namespace dynarock::operations
