// DeleteItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html
#include "server/operations/key_paths.h"
#include "server/operations/operation_list.h"
#include "server/operations/shapes.h"
#include "server/operations/single_write.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {
    ItemTableName(/*alone=*/true),
    {"Key", &kAttributeMap, Required()},
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
constexpr Shape kInput = Structure("DeleteItemInput", kMembers);

constexpr std::string_view kLegacy[] = {"Expected", "ConditionalOperator"};
constexpr std::string_view kExpressions[] = {"ConditionExpression"};

// Order of checks as recorded by dynalite.
Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  DYNAROCK_CHECK(CheckParameterStyles(
      input, {.legacy = kLegacy, .expressions = kExpressions, .with_values = kExpressions}));
  std::string key_item;
  DYNAROCK_CHECK(EncodeItem(*FindMember(input, "Key"), key_item));
  DYNAROCK_CHECK(CheckOldOrNone(input));
  WriteCondition condition;
  DYNAROCK_CHECK(condition.ReadExpectedParameters(input));
  PlaceholderReader reader;
  expression::Placeholders placeholders;
  DYNAROCK_CHECK(reader.Read(input, placeholders));
  DYNAROCK_CHECK(condition.ReadExpression(input, placeholders));
  DYNAROCK_CHECK(placeholders.CheckAllUsed());

  DYNAROCK_TRY(const auto table, FindUsableTable(call, StringOr(input, "TableName")));
  DYNAROCK_TRY(RowKey key, KeyOfKey(*table, ItemView(key_item)));
  DYNAROCK_CHECK(CheckKeyPaths(*table, condition.paths()));

  const auto decide = [&](std::optional<ItemView> stored) -> Result<Change> {
    DYNAROCK_CHECK(condition.Check(stored));
    return stored ? Change::Delete() : Change::Keep();
  };
  DYNAROCK_TRY(const WriteOutcome outcome,
               call.services.store.Write({table, std::move(key), decide}, WriteOptionsOf(input)));
  const bool all_old = ReadReturnValues(input) == ReturnValues::kAllOld;
  WriteAnswer(call, *table, outcome, all_old ? outcome.old_item() : std::nullopt,
              ItemView(key_item));
  return {};
}

}  // namespace

const Operation kDeleteItem{.name = "DeleteItem", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
