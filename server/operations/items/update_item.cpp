// UpdateItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
#include "server/operations/request/item_write.h"
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {
    ItemTableName(/*alone=*/true),
    {"Key", &kAttributeMap, Required()},
    {"ReturnValues", &kStringShape, OneOf(kReturnValues)},
    ReturnConsumedCapacityMember(),
    {"ReturnItemCollectionMetrics", &kStringShape, OneOf(kReturnItemCollectionMetrics)},
    {"AttributeUpdates", &kAttributeUpdatesMap},
    {"Expected", &kExpectedMap},
    {"ConditionalOperator", &kStringShape, OneOf(kConditionalOperator)},
    {"UpdateExpression", &kStringShape},
    {"ConditionExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
    {"ExpressionAttributeValues", &kAttributeMap},
    {"ReturnValuesOnConditionCheckFailure", &kStringShape,
     OneOf(kReturnValuesOnConditionCheckFailure)},
};
constexpr Shape kInput = Structure("UpdateItemInput", kMembers);

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

// Order of checks as recorded by dynalite.
Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  DYNAROCK_CHECK(CheckParameterStyles(
      input, {.legacy = kLegacy, .expressions = kExpressions, .with_values = kExpressions}));
  UpdateWrite write(UpdateWrite::Measure::kWithOverhead);
  DYNAROCK_CHECK(write.ReadAttributes(*FindMember(input, "Key")));
  DYNAROCK_CHECK(write.ReadLegacy(input));
  DYNAROCK_CHECK(write.ReadExpressions(input));

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

const Operation kUpdateItem{.name = "UpdateItem", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
