// GetItem. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html
#include "server/operations/request/capacity.h"
#include "server/operations/request/expression_parameters.h"
#include "server/operations/request/members.h"
#include "server/operations/request/newer_members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/projection_parameters.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {
    {"Key", &kAttributeMap, Required()},
    ItemTableName(),
    ReturnConsumedCapacityMember(),
    {"AttributesToGet", &kStringListShape, {.min_length = 1}},
    {"ConsistentRead", &kBooleanShape},
    {"ProjectionExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
};
constexpr Shape kInput = Structure("GetItemInput", kMembers);

constexpr Member kNewerMembers[] = {
    TableNameFormat(),
    ReturnConsumedCapacityMember(),
    {"AttributesToGet", &kStringListShape, {.min_length = 1}},
};
constexpr Stage kNewer[] = {kTableNameGiven, kNewerMembers};

constexpr std::string_view kLegacy[] = {"AttributesToGet"};
constexpr std::string_view kExpressions[] = {"ProjectionExpression"};

// Order of checks as recorded by dynalite.
Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  DYNAROCK_CHECK(CheckParameterStyles(
      input, {.legacy = kLegacy, .expressions = kExpressions, .with_values = {}}));
  std::string key_item;
  DYNAROCK_CHECK(EncodeItem(*FindMember(input, "Key"), key_item, call.context.layer));
  ProjectionParameters projection;
  DYNAROCK_CHECK(projection.ReadAttributesToGet(input));
  PlaceholderReader reader;
  expression::Placeholders placeholders(call.context.layer);
  DYNAROCK_CHECK(reader.Read(input, placeholders));
  DYNAROCK_CHECK(projection.ReadExpression(input, placeholders));
  DYNAROCK_CHECK(placeholders.CheckAllUsed());

  DYNAROCK_TRY(const auto table, FindUsableTable(call, StringOr(input, "TableName")));
  DYNAROCK_TRY(const RowKey key, KeyOfKey(*table, ItemView(key_item)));
  DYNAROCK_CHECK(projection.CheckPaths(*table));

  const bool consistent = BoolOr(input, "ConsistentRead", false);
  Pinned row;
  const bool found = call.store.Get(key, row, call.context.ViewOf(consistent));
  const double units = static_cast<double>(ReadUnits(found ? ItemView(row.bytes()).size() : 0)) *
                       (consistent ? 1.0 : 0.5);
  const std::string_view table_name = StringOr(input, "TableName");
  NoteGet(call, {table, table_name, input}, ItemView(key_item),
          found ? std::optional(ItemView(row.bytes())) : std::nullopt, consistent, units);
  const CapacityMode mode = ReadCapacityMode(input);
  JsonWriter& out = call.out;
  out.BeginObject();
  if (found) {
    out.Key("Item");
    projection.Write(ItemView(row.bytes()), out.Slot());
  }
  if (mode != CapacityMode::kNone) {
    Consumed consumed;
    consumed.table = units;
    out.Key("ConsumedCapacity");
    WriteConsumed(out, mode, table_name, consumed);
  }
  out.EndObject();
  return {};
}

}  // namespace

const Operation kGetItem{.name = "GetItem", .input = &kInput, .run = Run, .newer = kNewer};

}  // namespace dynarock::operations
