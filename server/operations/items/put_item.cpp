// PutItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
#include "server/operations/request/item_write.h"
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {
    ItemTableName(/*alone=*/true),
    {"Item", &kAttributeMap, Required()},
    ReturnConsumedCapacityMember(),
    {"ReturnValues", &kStringShape, OneOf(kReturnValues)},
    {"ReturnItemCollectionMetrics", &kStringShape, OneOf(kReturnItemCollectionMetrics)},
    {"Expected", &kExpectedMap},
    {"ConditionalOperator", &kStringShape, OneOf(kConditionalOperator)},
    {"ConditionExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &kStringShape,
     OneOf(kReturnValuesOnConditionCheckFailure)},
};
constexpr Shape kInput = Structure("PutItemInput", kMembers);

constexpr std::string_view kLegacy[] = {"Expected", "ConditionalOperator"};
constexpr std::string_view kExpressions[] = {"ConditionExpression"};

// Order of checks as recorded by dynalite.
Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  DYNAROCK_CHECK(CheckParameterStyles(
      input, {.legacy = kLegacy, .expressions = kExpressions, .with_values = kExpressions}));
  PutWrite write;
  DYNAROCK_CHECK(write.ReadAttributes(*FindMember(input, "Item")));
  DYNAROCK_CHECK(CheckOldOrNone(input));
  DYNAROCK_CHECK(write.CheckSize());
  DYNAROCK_CHECK(write.ReadLegacy(input));
  DYNAROCK_CHECK(write.ReadExpressions(input));

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

const Operation kPutItem{.name = "PutItem", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
