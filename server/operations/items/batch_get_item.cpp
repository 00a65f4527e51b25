// BatchGetItem.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
#include <algorithm>
#include <vector>

#include "server/operations/items/request_items.h"
#include "server/operations/request/capacity.h"
#include "server/operations/request/errors.h"
#include "server/operations/request/expression_parameters.h"
#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/projection_parameters.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"
#include "storage/item/json_text.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr size_t kMaxKeys = 100;

constexpr Shape kKeyList = ListOf(kAttributeMap);
constexpr Member kKeysAndAttributesMembers[] = {
    {"Keys", &kKeyList},
    {"AttributesToGet", &kStringListShape},
    {"ConsistentRead", &kBooleanShape},
    {"ProjectionExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
};
constexpr Shape kKeysAndAttributes = Structure("KeysAndAttributes", kKeysAndAttributesMembers);
constexpr Shape kRequestItems = MapOf(kKeysAndAttributes);

// Names that are none are shown with the whole map, as it was sent (observed on the service).
Result<void> CheckNames(const JsonValue* value, Violations& violations) {
  if (value == nullptr || !HasBadTableName(*value)) return {};
  std::string echo;
  AppendJson(*value, echo);
  violations.Add(echo, "requestItems", kTableNamesRule);
  return {};
}

Result<void> CheckRequestItems(const JsonValue* value, Violations& violations) {
  if (value == nullptr) {
    violations.AddMissing("requestItems");
    return {};
  }
  if (value->ObjectEmpty()) return Fail(RequestItemsRequired("BatchGetItem"));
  return CheckNames(value, violations);
}

void CheckKeyCount(const JsonMember& entry, Violations& violations) {
  const JsonValue* keys = entry.value.IsNull() ? nullptr : FindMember(entry.value, "Keys");
  if (keys != nullptr && !keys->Empty() && keys->Size() <= kMaxKeys) return;
  const std::string table(entry.name);
  if (keys == nullptr) {
    violations.AddMissing("requestItems." + table + ".member.keys");
  } else {
    violations.AddWithoutValue("RequestItems." + table + ".member.Keys",
                               keys->Empty() ? LengthAtLeastRule(1) : LengthAtMostRule(kMaxKeys));
  }
}

void CheckAttributeCount(const JsonMember& entry, Violations& violations) {
  const JsonValue* names =
      entry.value.IsNull() ? nullptr : FindMember(entry.value, "AttributesToGet");
  if (names == nullptr || !names->Empty()) return;
  violations.Add("[]", "requestItems." + std::string(entry.name) + ".member.attributesToGet",
                 LengthAtLeastRule(1));
}

// Both layers print the paths of keys with capitals and no value (observed on the service).
Result<void> CheckCounts(const JsonValue& request_items) {
  Violations violations;
  for (const JsonMember& entry : request_items.GetObject()) {
    CheckKeyCount(entry, violations);
    CheckAttributeCount(entry, violations);
  }
  if (!violations.empty()) return Fail(violations.Join());
  return {};
}

constexpr Member kMembers[] = {
    {"RequestItems", &kRequestItems, {.required = true, .check = CheckRequestItems}},
    ReturnConsumedCapacityMember(),
};
constexpr Shape kInput = Structure("BatchGetItemInput", kMembers);

constexpr Member kItemsGiven[] = {
    {"RequestItems", &kRequestItems, {.check = CheckRequestItemsGiven}}};
constexpr Member kNamesAndEnums[] = {
    {"RequestItems", &kRequestItems, {.check = CheckNames}},
    ReturnConsumedCapacityMember(),
};
constexpr Stage kNewer[] = {kItemsGiven, kNamesAndEnums};

// One table's part of the request.
struct TableRead {
  explicit TableRead(Layer layer) : placeholders(layer) {}

  std::string_view name;
  const JsonValue* request = nullptr;
  std::vector<std::string> keys;  // encoded
  ProjectionParameters projection;
  expression::Placeholders placeholders;
  std::shared_ptr<const Table> table;
  std::vector<RowKey> rows;
  Consumed consumed;
};

Result<void> CheckStyles(const JsonValue& request_items) {
  bool attributes_to_get = false;
  bool expression = false;
  for (const auto& entry : request_items.GetObject()) {
    attributes_to_get |= FindMember(entry.value, "AttributesToGet") != nullptr;
    expression |= FindMember(entry.value, "ProjectionExpression") != nullptr;
  }
  if (attributes_to_get && expression) {
    return Fail(MixedParameterStyles("AttributesToGet", "ProjectionExpression"));
  }
  for (const auto& entry : request_items.GetObject()) {
    if (FindMember(entry.value, "ExpressionAttributeNames") != nullptr &&
        FindMember(entry.value, "ProjectionExpression") == nullptr) {
      return Fail(NamesWithoutExpression());
    }
  }
  return {};
}

Result<void> ReadKeys(TableRead& read, Layer layer) {
  for (const JsonValue& key : FindMember(*read.request, "Keys")->GetArray()) {
    std::string encoded;
    if (key.IsObject()) DYNAROCK_CHECK(EncodeItem(key, encoded, layer));
    read.keys.push_back(std::move(encoded));
  }
  std::vector<std::string_view> sorted(read.keys.begin(), read.keys.end());
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return Fail(DuplicateItemKeys());
  }
  return {};
}

// Everything that needs no table. Order as observed on the service.
Result<std::vector<TableRead>> ReadRequest(const JsonValue& input, Layer layer) {
  const JsonValue& request_items = *FindMember(input, "RequestItems");
  DYNAROCK_CHECK(CheckCounts(request_items));
  const auto keys_of = [](const JsonValue& entry) { return FindMember(entry, "Keys"); };
  if (CountAll(request_items, keys_of) > kMaxKeys) {
    return Fail(TooManyItems("BatchGetItem"));
  }
  DYNAROCK_CHECK(CheckStyles(request_items));
  std::vector<TableRead> reads;
  reads.reserve(request_items.MemberCount());
  for (const auto& entry : request_items.GetObject()) {
    TableRead& read = reads.emplace_back(layer);
    read.name = entry.name;
    read.request = &entry.value;
    PlaceholderReader reader;  // names only: nothing to keep alive
    DYNAROCK_CHECK(reader.Read(entry.value, read.placeholders));
    DYNAROCK_CHECK(read.projection.ReadExpression(entry.value, read.placeholders));
    DYNAROCK_CHECK(read.placeholders.CheckAllUsed());
  }
  for (TableRead& read : reads) DYNAROCK_CHECK(read.projection.ReadAttributesToGet(*read.request));
  for (TableRead& read : reads) DYNAROCK_CHECK(ReadKeys(read, layer));
  return reads;
}

// What the answer still has room for.
struct Room {
  size_t keys = 0;
  uint64_t bytes = 0;  // of whole items, before projection
};

// Answers one table's keys; returns how many were read before the answer was full.
size_t ReadTable(Call& call, TableRead& read, Room& room) {
  JsonWriter& out = call.out;
  const Store& store = call.store;
  const bool consistent = BoolOr(*read.request, "ConsistentRead", false);
  const double factor = consistent ? 1.0 : 0.5;
  out.Key(read.name);
  out.BeginArray();
  const View& view = call.context.ViewOf(consistent);
  size_t done = 0;
  Pinned row;
  for (; done < read.rows.size() && room.keys > 0; ++done) {
    const bool found = store.Get(read.rows[done], row, view);
    const uint64_t size = found ? ItemView(row.bytes()).size() : 0;
    // An item that is larger than an answer may be, which none is on the service, comes alone.
    if (size > room.bytes && room.bytes < call.context.batch_read_bytes) break;
    room.bytes -= std::min(size, room.bytes);
    --room.keys;
    const double units = static_cast<double>(ReadUnits(size)) * factor;
    read.consumed.table += units;
    NoteGet(call, {read.table, read.name, *read.request}, ItemView(read.keys[done]),
            found ? std::optional(ItemView(row.bytes())) : std::nullopt, consistent, units);
    if (found) read.projection.Write(ItemView(row.bytes()), out.Slot());
  }
  out.EndArray();
  for (size_t i = done; i < read.keys.size(); ++i) {
    NoteUnread(call, {read.table, read.name, *read.request}, ItemView(read.keys[i]));
  }
  return done;
}

// The request for the keys that are left, with everything else as it was sent.
void WriteUnprocessed(JsonWriter& out, const TableRead& read, size_t done) {
  out.Key(read.name);
  out.BeginObject();
  out.Key("Keys");
  out.BeginArray();
  for (size_t i = done; i < read.keys.size(); ++i) WriteItem(ItemView(read.keys[i]), out.Slot());
  out.EndArray();
  if (FindMember(*read.request, "ConsistentRead") != nullptr) {
    out.MemberBool("ConsistentRead", BoolOr(*read.request, "ConsistentRead", false));
  }
  if (const JsonValue* text = FindMember(*read.request, "ProjectionExpression")) {
    out.Member("ProjectionExpression", Text(*text));
  }
  if (const JsonValue* names = FindMember(*read.request, "ExpressionAttributeNames")) {
    out.Key("ExpressionAttributeNames");
    out.BeginObject();
    for (const auto& entry : names->GetObject()) {
      if (entry.value.IsString()) out.Member(entry.name, Text(entry.value));
    }
    out.EndObject();
  }
  if (const JsonValue* names = FindMember(*read.request, "AttributesToGet")) {
    out.Key("AttributesToGet");
    out.BeginArray();
    for (const JsonValue& name : names->GetArray()) {
      if (name.IsString()) out.String(Text(name));
    }
    out.EndArray();
  }
  out.EndObject();
}

Result<void> Run(Call& call) {
  DYNAROCK_TRY(std::vector<TableRead> reads, ReadRequest(call.input, call.context.layer));
  for (TableRead& read : reads) {
    DYNAROCK_TRY(read.table, FindUsableTable(call, read.name));
  }
  for (TableRead& read : reads) {
    for (const std::string& key : read.keys) {
      if (key.empty()) {
        return Fail(KeySchemaMismatch());
      }
      DYNAROCK_TRY(RowKey row, KeyOfKey(*read.table, ItemView(key)));
      read.rows.push_back(std::move(row));
    }
    DYNAROCK_CHECK(read.projection.CheckPaths(*read.table));
  }

  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Responses");
  out.BeginObject();
  size_t keys = 0;
  for (const TableRead& read : reads) keys += read.keys.size();
  Room room{.keys = EntriesToProcess(call.context, keys), .bytes = call.context.batch_read_bytes};
  std::vector<size_t> done;
  for (TableRead& read : reads) {
    done.push_back(ReadTable(call, read, room));
  }
  out.EndObject();
  out.Key("UnprocessedKeys");
  out.BeginObject();
  for (size_t i = 0; i < reads.size(); ++i) {
    if (done[i] < reads[i].keys.size()) WriteUnprocessed(out, reads[i], done[i]);
  }
  out.EndObject();
  const CapacityMode mode = ReadCapacityMode(call.input);
  if (mode != CapacityMode::kNone) {
    out.Key("ConsumedCapacity");
    out.BeginArray();
    for (const TableRead& read : reads) WriteConsumed(out, mode, read.name, read.consumed);
    out.EndArray();
  }
  out.EndObject();
  return {};
}

}  // namespace

// A small body can ask for many large items.
const Operation kBatchGetItem{
    .name = "BatchGetItem",
    .input = &kInput,
    .run = Run,
    .newer = kNewer,
    .inline_bytes = 4096,
};

}  // namespace dynarock::operations
