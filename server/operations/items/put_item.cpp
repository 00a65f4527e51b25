// PutItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
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
    {"ReturnValues", &kStringShape, OneOf(kReturnValues)},
    ReturnItemCollectionMetricsMember(),
    ReturnOnFailureMember(),
    ItemTableName(),
    {"Item", &kAttributeMap, Required()},
    {"Expected", &kExpectedMap},
    {"ConditionalOperator", &kStringShape, OneOf(kConditionalOperator)},
    {"ConditionExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
    {"ExpressionAttributeValues", &kAttributeMap},
};
constexpr Shape kInput = Structure("PutItemInput", kMembers);

constexpr Member kNamesAndEnums[] = {
    TableNameFormat(),       ReturnConsumedCapacityMember(),
    ReturnValuesName(),      ReturnItemCollectionMetricsMember(),
    ReturnOnFailureMember(),
};
constexpr Member kOldOrNone[] = {ReturnsOldOrNone()};
constexpr Stage kNewer[] = {kTableNameGiven, kNamesAndEnums, kOldOrNone};

constexpr std::string_view kLegacy[] = {"Expected", "ConditionalOperator"};
constexpr std::string_view kExpressions[] = {"ConditionExpression"};

// What the request tells by itself, in the order of the service.
Result<void> Read(const JsonValue& input, Layer layer, PutWrite& write) {
  DYNAROCK_CHECK(CheckParameterStyles(input, StylesOfWrite(kLegacy, kExpressions, layer)));
  DYNAROCK_CHECK(write.ReadAttributes(*FindMember(input, "Item")));
  DYNAROCK_CHECK(CheckOldOrNone(input));
  DYNAROCK_CHECK(write.CheckSize());
  DYNAROCK_CHECK(write.ReadLegacy(input));
  return write.ReadExpressions(input);
}

Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  const Layer layer = call.context.layer;
  PutWrite write(layer);
  DYNAROCK_CHECK(Enveloped(layer, Read(input, layer, write)));

  DYNAROCK_TRY(const auto table, FindUsableTable(call, StringOr(input, "TableName")));
  DYNAROCK_TRY(RowKey key, write.Bind(*table));
  DYNAROCK_CHECK(write.CheckSizeIn(*table));
  WriteNote note(call, AccessKind::kPut, {table, StringOr(input, "TableName"), input},
                 write.attributes());
  DYNAROCK_TRY(WriteOutcome outcome, RunWrite(call, table, std::move(key), write, note));
  const bool all_old = ReadReturnValues(input) == ReturnValues::kAllOld;
  WriteAnswer(call, *table, outcome, all_old ? outcome.old_item() : std::nullopt,
              ItemView(outcome.new_item));
  note.Done(std::move(outcome));
  return {};
}

}  // namespace

const Operation kPutItem{.name = "PutItem", .input = &kInput, .run = Run, .newer = kNewer};

}  // namespace dynarock::operations
