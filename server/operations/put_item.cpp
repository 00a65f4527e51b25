// PutItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html
#include "server/operations/key_paths.h"
#include "server/operations/operation_list.h"
#include "server/operations/shapes.h"
#include "server/operations/single_write.h"
#include "storage/item/size.h"
#include "storage/item/wire_json.h"

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
  std::string item;
  DYNAROCK_CHECK(EncodeItem(*FindMember(input, "Item"), item));
  DYNAROCK_CHECK(CheckOldOrNone(input));
  if (ItemView(item).size() > kMaxItemSize) {
    return Fail(Validation("Item size has exceeded the maximum allowed size"));
  }
  WriteCondition condition;
  DYNAROCK_CHECK(condition.ReadExpectedParameters(input));
  PlaceholderReader reader;
  expression::Placeholders placeholders;
  DYNAROCK_CHECK(reader.Read(input, placeholders));
  DYNAROCK_CHECK(condition.ReadExpression(input, placeholders));
  DYNAROCK_CHECK(placeholders.CheckAllUsed());

  DYNAROCK_TRY(const auto table, FindUsableTable(call, StringOr(input, "TableName")));
  DYNAROCK_TRY(RowKey key, KeyOfItem(*table, ItemView(item)));
  DYNAROCK_CHECK(CheckIndexKeysOfPut(*table, ItemView(item)));
  if (!FitsWithLocalIndexes(*table, ItemView(item))) {
    return Fail(Validation("Item size has exceeded the maximum allowed size"));
  }
  DYNAROCK_CHECK(CheckKeyPaths(*table, condition.paths()));

  const auto decide = [&](std::optional<ItemView> stored) -> Result<Change> {
    DYNAROCK_CHECK(condition.Check(stored));
    return Change::Put(std::move(item));
  };
  DYNAROCK_TRY(const WriteOutcome outcome,
               call.services.store.Write({table, std::move(key), decide}, WriteOptionsOf(input)));
  const bool all_old = ReadReturnValues(input) == ReturnValues::kAllOld;
  WriteAnswer(call, *table, outcome, all_old ? outcome.old_item() : std::nullopt,
              ItemView(outcome.new_item));
  return {};
}

}  // namespace

const Operation kPutItem{.name = "PutItem", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
