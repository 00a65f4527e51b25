// UpdateItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
#include <algorithm>
#include <string>

#include "server/operations/request/item_write.h"
#include "server/operations/request/members.h"
#include "server/operations/request/newer_members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/protocol/envelope.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {
    ReturnConsumedCapacityMember(),
    ItemTableName(),
    {"ReturnValues", &kStringShape, OneOf(kReturnValues)},
    ReturnOnFailureMember(),
    ReturnItemCollectionMetricsMember(),
    {"AttributeUpdates", &kAttributeUpdatesMap},
    {"Expected", &kExpectedMap},
    {"ConditionalOperator", &kStringShape, OneOf(kConditionalOperator)},
    {"Key", &kAttributeMap, Required()},
    {"UpdateExpression", &kStringShape},
    {"ConditionExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
    {"ExpressionAttributeValues", &kAttributeMap},
};
constexpr Shape kInput = Structure("UpdateItemInput", kMembers);

// The newer layer looks for one fault after the other. Two of the enums it leaves to a check that
// does not join its finding to others (observed on 5 or more of 7 regions).
template <const EnumSet& kValues>
Result<void> CheckAlone(const JsonValue* value, std::string_view path) {
  if (value == nullptr || std::ranges::find(kValues.values, Text(*value)) != kValues.values.end()) {
    return {};
  }
  Violations violation;
  violation.Add(Text(*value), path, EnumRule(kValues));
  return Fail(Caused(Cause::kConstraint, {.parameter = std::string(path)},
                     Validation(violation.all().front().text)));
}
Result<void> CheckOnFailure(const JsonValue* value, Violations&) {
  return CheckAlone<kReturnValuesOnConditionCheckFailure>(value,
                                                          "returnValuesOnConditionCheckFailure");
}
Result<void> CheckConsumed(const JsonValue* value, Violations&) {
  return CheckAlone<kReturnConsumedCapacity>(value, "returnConsumedCapacity");
}
constexpr Member kNameFormat[] = {TableNameFormatWithPattern()};
constexpr Member kReturned[] = {ReturnValuesName()};
constexpr Member kOnFailure[] = {
    {"ReturnValuesOnConditionCheckFailure", &kStringShape, {.check = CheckOnFailure}}};
constexpr Member kMetrics[] = {ReturnItemCollectionMetricsMember()};
constexpr Member kConsumed[] = {
    {"ReturnConsumedCapacity", &kStringShape, {.check = CheckConsumed}}};
constexpr Stage kNewer[] = {kTableNameGiven, kNameFormat, kReturned,
                            kOnFailure,      kMetrics,    kConsumed};

constexpr std::string_view kLegacy[] = {"AttributeUpdates", "Expected", "ConditionalOperator"};
constexpr std::string_view kExpressions[] = {"UpdateExpression", "ConditionExpression"};

// What the answer shows of the item.
class Returned {
 public:
  Returned(ReturnValues wanted, const expression::Update& update, const WriteOutcome& outcome) {
    const auto keep = [this](std::optional<ItemView> item) { view_ = item; };
    switch (wanted) {
      case ReturnValues::kNone:
        break;
      case ReturnValues::kAllOld:
        keep(outcome.old_item());
        break;
      case ReturnValues::kAllNew:
        keep(outcome.item());
        break;
      case ReturnValues::kUpdatedOld:
        fragment_ = update.UpdatedOld(outcome.old_item());
        break;
      case ReturnValues::kUpdatedNew:
        fragment_ = update.UpdatedNew(outcome.item());
        break;
    }
    if (!fragment_.empty()) view_ = ItemView(fragment_);
  }
  std::optional<ItemView> view() const { return view_; }

 private:
  std::string fragment_;
  std::optional<ItemView> view_;
};

// What the request tells by itself, in the order of the service.
Result<void> Read(const JsonValue& input, Layer layer, UpdateWrite& write) {
  DYNAROCK_CHECK(CheckParameterStyles(input, StylesOfWrite(kLegacy, kExpressions, layer)));
  DYNAROCK_CHECK(write.ReadAttributes(*FindMember(input, "Key")));
  DYNAROCK_CHECK(write.ReadLegacy(input));
  return write.ReadExpressions(input);
}

Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  const Layer layer = call.context.layer;
  UpdateWrite write(layer, UpdateWrite::Measure::kStatement);
  DYNAROCK_CHECK(Enveloped(layer, Read(input, layer, write)));

  DYNAROCK_TRY(const auto table, FindUsableTable(call, StringOr(input, "TableName")));
  DYNAROCK_TRY(RowKey key, write.Bind(*table));
  WriteNote note(call, AccessKind::kUpdate, {table, StringOr(input, "TableName"), input},
                 write.attributes());
  DYNAROCK_TRY(WriteOutcome outcome, RunWrite(call, table, std::move(key), write, note));
  const Returned returned(ReadReturnValues(input), write.update(), outcome);
  WriteAnswer(call, *table, outcome, returned.view(), write.attributes());
  note.Done(std::move(outcome));
  return {};
}

}  // namespace

const Operation kUpdateItem{.name = "UpdateItem", .input = &kInput, .run = Run, .newer = kNewer};

}  // namespace dynarock::operations
