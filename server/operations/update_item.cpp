// UpdateItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
#include "expression/update.h"
#include "server/operations/key_paths.h"
#include "server/operations/legacy_parameters.h"
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

Result<void> CheckTargets(const Table& table, const expression::Update& update) {
  for (const expression::Path path : update.targets()) {
    if (path.size() > 1 || table.key().Find(path.front().name) == nullptr) continue;
    return Fail(InvalidParameter("Cannot update attribute " + std::string(path.front().name) +
                                 ". This attribute is part of the key"));
  }
  return {};
}

// The value that the request itself gives to a whole attribute; nullopt when it is computed or
// untouched.
std::optional<ValueView> GivenValue(const expression::Update& update, std::string_view attribute) {
  using expression::ActionKind;
  for (const expression::UpdateAction& action : update.actions()) {
    const expression::Path target = update.targets()[action.target];
    if (target.size() > 1 || target.front().name != attribute) continue;
    if (action.kind == ActionKind::kAdd) return action.value;
    if (action.kind != ActionKind::kSet) return std::nullopt;
    const expression::UpdateNode& root = update.nodes()[static_cast<size_t>(action.node)];
    if (root.kind == expression::UpdateNode::Kind::kValue) return root.value;
    return std::nullopt;
  }
  return std::nullopt;
}

// Index keys that are given a wrong type; of several indexes the first by name speaks. Comes before
// the condition.
Result<void> CheckGivenIndexKeys(const Table& table, const expression::Update& update) {
  const Index* worst = nullptr;
  Error error;
  for (const Index& index : table.indexes()) {
    if (index.deleting || (worst != nullptr && worst->name < index.name)) continue;
    for (size_t i = 0; i < index.key.size(); ++i) {
      const KeyAttribute& attribute = index.key.at(i);
      const auto value = GivenValue(update, attribute.name);
      if (!value || value->type() == attribute.type) continue;
      worst = &index;
      error = IndexKeyMismatch(index, attribute, *value);
      break;
    }
  }
  if (worst != nullptr) return Fail(std::move(error));
  return {};
}

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
  std::string key_item;
  DYNAROCK_CHECK(EncodeItem(*FindMember(input, "Key"), key_item));
  ValueArena arena;
  DYNAROCK_TRY(const auto attribute_updates, ReadAttributeUpdates(input, arena));
  DYNAROCK_TRY(expression::Update update, expression::FromAttributeUpdates(attribute_updates));
  WriteCondition condition;
  DYNAROCK_CHECK(condition.ReadExpectedParameters(input));
  PlaceholderReader reader;
  expression::Placeholders placeholders;
  DYNAROCK_CHECK(reader.Read(input, placeholders));
  if (const JsonValue* text = FindMember(input, "UpdateExpression")) {
    DYNAROCK_TRY(update, expression::ParseUpdate(Text(*text), placeholders));
  }
  DYNAROCK_CHECK(condition.ReadExpression(input, placeholders));
  DYNAROCK_CHECK(placeholders.CheckAllUsed());

  DYNAROCK_TRY(const auto table, FindUsableTable(call, StringOr(input, "TableName")));
  const ItemView key_view(key_item);
  DYNAROCK_TRY(RowKey key, KeyOfKey(*table, key_view));
  DYNAROCK_CHECK(CheckTargets(*table, update));
  DYNAROCK_CHECK(CheckGivenIndexKeys(*table, update));
  DYNAROCK_CHECK(CheckKeyPaths(*table, update.paths()));
  DYNAROCK_CHECK(CheckKeyPaths(*table, condition.paths()));

  const auto decide = [&](std::optional<ItemView> stored) -> Result<Change> {
    DYNAROCK_CHECK(condition.Check(stored));
    DYNAROCK_TRY(expression::UpdateOutcome result, update.Apply(stored, key_view));
    if (!result.write) return Change::Keep();
    const ItemView item(result.item);
    DYNAROCK_CHECK(CheckIndexKeysOfUpdate(*table, stored, item));
    DYNAROCK_CHECK(expression::CheckUpdatedSize(item, key_view.size(), update));
    if (!FitsWithLocalIndexes(*table, item)) {
      return Fail(Validation("Item size to update has exceeded the maximum allowed size"));
    }
    return Change::Put(std::move(result.item));
  };
  DYNAROCK_TRY(const WriteOutcome outcome,
               call.services.store.Write({table, std::move(key), decide}, WriteOptionsOf(input)));
  const Returned returned(ReadReturnValues(input), update, outcome);
  WriteAnswer(call, *table, outcome, returned.view(), key_view);
  return {};
}

}  // namespace

const Operation kUpdateItem{.name = "UpdateItem", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
