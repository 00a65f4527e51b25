// BatchWriteItem.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
#include <algorithm>
#include <span>
#include <vector>

#include "server/operations/items/request_items.h"
#include "server/operations/request/errors.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/write_parameters.h"
#include "server/protocol/check.h"
#include "storage/item/size.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr size_t kMaxWrites = 25;

constexpr Member kPutRequestMembers[] = {{"Item", &kAttributeMap, Required()}};
constexpr Shape kPutRequest = Structure("PutRequest", kPutRequestMembers);
constexpr Member kDeleteRequestMembers[] = {{"Key", &kAttributeMap, Required()}};
constexpr Shape kDeleteRequest = Structure("DeleteRequest", kDeleteRequestMembers);
constexpr Member kWriteRequestMembers[] = {
    {"PutRequest", &kPutRequest},
    {"DeleteRequest", &kDeleteRequest},
};
constexpr Shape kWriteRequest = Structure("WriteRequest", kWriteRequestMembers);
constexpr Shape kWriteRequests = ListOf(kWriteRequest);
constexpr Shape kRequestItems = MapOf(kWriteRequests);

const JsonValue* ListOfTable(const JsonValue& entry) {
  return entry.IsArray() ? &entry : nullptr;
}

bool EachHasWrites(const JsonValue& request_items) {
  return std::ranges::all_of(request_items.GetObject(), [](const JsonMember& entry) {
    return entry.value.IsArray() && !entry.value.Empty();
  });
}

// The table of which most is asked.
std::string_view Busiest(const JsonValue& request_items) {
  std::string_view table;
  size_t most = 0;
  for (const JsonMember& entry : request_items.GetObject()) {
    if (!entry.value.IsArray() || entry.value.Size() <= most) continue;
    most = entry.value.Size();
    table = entry.name;
  }
  return table;
}

void AddMissingItems(const JsonValue& request_items, Violations& violations) {
  for (const auto& entry : request_items.GetObject()) {
    size_t i = 0;
    for (const JsonValue& request : entry.value.GetArray()) {
      ++i;
      if (!request.IsObject()) continue;
      const auto add = [&](std::string_view member) {
        violations.AddMissing("requestItems." + std::string(entry.name) + ".member." +
                              std::to_string(i) + ".member." + std::string(member));
      };
      const JsonValue* put = FindMember(request, "PutRequest");
      if (put != nullptr && FindMember(*put, "Item") == nullptr) add("putRequest.item");
      const JsonValue* deletion = FindMember(request, "DeleteRequest");
      if (deletion != nullptr && FindMember(*deletion, "Key") == nullptr) add("deleteRequest.key");
    }
  }
}

// Unknown enums stand before this member and alone; then names, then how much is asked. One table
// may ask for 25 writes, and so may all together (observed on the service).
Result<void> CheckEntries(const JsonValue& request_items, Layer layer, Violations& violations) {
  if (!violations.empty()) return {};
  if (HasBadTableName(request_items)) {
    violations.Add(Dump(kRequestItems, request_items), "requestItems", kTableNamesRule);
    return {};
  }
  const bool too_many = CountAll(request_items, ListOfTable) > kMaxWrites;
  if (too_many && layer == Layer::kNewer) {
    violations.AddWithoutValue("RequestItems." + std::string(Busiest(request_items)) + ".member",
                               LengthAtMostRule(kMaxWrites));
  } else if (too_many || !EachHasWrites(request_items)) {
    violations.Add(Dump(kRequestItems, request_items), "requestItems",
                   "Map value must satisfy constraint: [Member must have length less than or equal "
                   "to 25, Member must have length greater than or equal to 1]");
  } else {
    AddMissingItems(request_items, violations);
  }
  return {};
}

Result<void> CheckRequestItems(const JsonValue* value, Violations& violations) {
  if (!violations.empty()) return {};
  if (value == nullptr) {
    violations.AddMissing("requestItems");
    return {};
  }
  if (value->ObjectEmpty()) return Fail(RequestItemsRequired("BatchWriteItem"));
  return CheckEntries(*value, Layer::kOlder, violations);
}

Result<void> CheckNewerRequestItems(const JsonValue* value, Violations& violations) {
  return CheckEntries(*value, Layer::kNewer, violations);
}

constexpr Member kMembers[] = {
    ReturnConsumedCapacityMember(),
    ReturnItemCollectionMetricsMember(),
    {"RequestItems", &kRequestItems, {.required = true, .check = CheckRequestItems}},
};
constexpr Shape kInput = Structure("BatchWriteItemInput", kMembers);

constexpr Member kEnums[] = {
    ReturnConsumedCapacityMember(),
    ReturnItemCollectionMetricsMember(),
};
constexpr Member kItemsGiven[] = {
    {"RequestItems", &kRequestItems, {.check = CheckRequestItemsGiven}}};
constexpr Member kEntries[] = {{"RequestItems", &kRequestItems, {.check = CheckNewerRequestItems}}};
constexpr Stage kNewer[] = {kEnums, kItemsGiven, kEntries};

// One write of the batch.
struct BatchWrite {
  std::string_view table_name;
  const JsonValue* input = nullptr;  // the PutRequest or DeleteRequest
  bool put = false;
  std::string item;  // the item, or the key
  std::shared_ptr<const Table> table;
  std::string collection_key;  // for the metrics: the item's or key's own bytes
  // What the write path asks under the item's latch.
  Result<Change> operator()(std::optional<ItemView> stored) {
    if (put) return Change::Put(std::move(item));
    return stored ? Change::Delete() : Change::Keep();
  }
};

Result<BatchWrite> ReadWrite(std::string_view table_name, const JsonValue& request) {
  BatchWrite write{.table_name = table_name, .item = {}, .table = {}, .collection_key = {}};
  const JsonValue* put = request.IsObject() ? FindMember(request, "PutRequest") : nullptr;
  const JsonValue* deletion = request.IsObject() ? FindMember(request, "DeleteRequest") : nullptr;
  if ((put == nullptr) == (deletion == nullptr)) {
    return Fail(SeveralDatatypes());
  }
  write.put = put != nullptr;
  write.input = write.put ? put : deletion;
  // Values are told in the older layer's words even where the operation has moved.
  DYNAROCK_CHECK(EncodeItem(write.put ? *FindMember(*put, "Item") : *FindMember(*deletion, "Key"),
                            write.item));
  if (write.put && ItemView(write.item).size() > kMaxItemSize) {
    return Fail(ItemTooLarge());
  }
  return write;
}

Result<std::vector<BatchWrite>> ReadRequest(const JsonValue& input) {
  const JsonValue& request_items = *FindMember(input, "RequestItems");
  std::vector<BatchWrite> writes;
  for (const auto& entry : request_items.GetObject()) {
    if (!entry.value.IsArray()) continue;
    for (const JsonValue& request : entry.value.GetArray()) {
      DYNAROCK_TRY(BatchWrite write, ReadWrite(entry.name, request));
      writes.push_back(std::move(write));
    }
  }
  return writes;
}

// A put's key in a batch speaks as a Key map would (observed on the service).
Result<RowKey> KeyOf(const BatchWrite& write) {
  const ItemView item(write.item);
  if (!write.put) return KeyOfKey(*write.table, item);
  const Key& key = write.table->key();
  for (size_t i = 0; i < key.size(); ++i) {
    const auto value = item.Find(key.at(i).name);
    if (!value || value->type() != key.at(i).type) {
      return Fail(KeySchemaMismatch());
    }
  }
  DYNAROCK_TRY(RowKey row, KeyOfItem(*write.table, item));
  DYNAROCK_CHECK(CheckIndexKeysOfPut(*write.table, item));
  if (!FitsWithLocalIndexes(*write.table, item)) {
    return Fail(ItemTooLarge());
  }
  return row;
}

// Tables as the request names them, in order, each once.
std::vector<std::string_view> TablesOf(const std::vector<BatchWrite>& writes) {
  std::vector<std::string_view> names;
  for (const BatchWrite& write : writes) {
    if (names.empty() || names.back() != write.table_name) names.push_back(write.table_name);
  }
  return names;
}

// The collections that were written to.
std::vector<TouchedCollection> TouchedBy(const std::vector<BatchWrite>& writes,
                                         const std::vector<WriteOutcome>& outcomes) {
  std::vector<TouchedCollection> touched;
  for (size_t i = 0; i < writes.size(); ++i) {
    if (!outcomes[i].collection_bytes || outcomes[i].held) continue;
    touched.push_back({.table_name = writes[i].table_name,
                       .table = writes[i].table.get(),
                       .key = ItemView(writes[i].collection_key),
                       .bytes = *outcomes[i].collection_bytes});
  }
  return touched;
}

// The writes that were not done, to items that a transaction holds and by the request's context, as
// they were sent.
void WriteUnprocessed(JsonWriter& out, const std::vector<BatchWrite>& writes,
                      const std::vector<WriteOutcome>& outcomes) {
  out.Key("UnprocessedItems");
  out.BeginObject();
  for (const std::string_view name : TablesOf(writes)) {
    bool any = false;
    for (size_t i = 0; i < writes.size(); ++i) {
      if (writes[i].table_name != name || !outcomes[i].held) continue;
      if (!any) {
        out.Key(name);
        out.BeginArray();
        any = true;
      }
      out.BeginObject();
      out.Key(writes[i].put ? "PutRequest" : "DeleteRequest");
      out.BeginObject();
      out.Key(writes[i].put ? "Item" : "Key");
      WriteItem(ItemView(writes[i].item), out.Slot());
      out.EndObject();
      out.EndObject();
    }
    if (any) out.EndArray();
  }
  out.EndObject();
}

Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  DYNAROCK_TRY(std::vector<BatchWrite> writes, ReadRequest(input));
  for (BatchWrite& write : writes) {
    DYNAROCK_TRY(write.table, FindUsableTable(call, write.table_name));
  }
  WriteOptions wants = WriteOptionsOf(call);
  wants.leave_held = true;
  std::vector<RowKey> keys;
  for (BatchWrite& write : writes) {
    DYNAROCK_TRY(RowKey key, KeyOf(write));
    keys.push_back(std::move(key));
    if (wants.collection_size) write.collection_key = write.item;
  }
  std::vector<const RowKey*> sorted;
  for (const RowKey& key : keys) sorted.push_back(&key);
  std::sort(sorted.begin(), sorted.end(),
            [](const RowKey* a, const RowKey* b) { return a->bytes < b->bytes; });
  if (std::adjacent_find(sorted.begin(), sorted.end(), [](const RowKey* a, const RowKey* b) {
        return *a == *b;
      }) != sorted.end()) {
    return Fail(DuplicateItemKeys());
  }

  // None of the writes can fail on its own any more, so all of them can share one commit, but for
  // those that meet a transaction.
  std::vector<WriteNote> notes;
  std::vector<WriteAction> actions;
  for (size_t i = 0; i < writes.size(); ++i) {
    notes.emplace_back(call, writes[i].put ? AccessKind::kPut : AccessKind::kDelete,
                       AccessTarget{writes[i].table, writes[i].table_name, *writes[i].input},
                       ItemView(writes[i].item));
    actions.push_back({writes[i].table, std::move(keys[i]), writes[i]});
  }
  const auto processed = std::span(actions).first(EntriesToProcess(call.context, actions.size()));
  DYNAROCK_TRY(std::vector<WriteOutcome> outcomes, call.store.Write(processed, wants));
  outcomes.resize(actions.size());
  for (size_t i = processed.size(); i < outcomes.size(); ++i) outcomes[i].held = true;

  JsonWriter& out = call.out;
  out.BeginObject();
  WriteUnprocessed(out, writes, outcomes);
  if (const auto touched = TouchedBy(writes, outcomes); !touched.empty()) {
    out.Key("ItemCollectionMetrics");
    WriteCollections(out, touched);
  }
  const CapacityMode mode = ReadCapacityMode(input);
  if (mode != CapacityMode::kNone) {
    out.Key("ConsumedCapacity");
    out.BeginArray();
    for (const std::string_view name : TablesOf(writes)) {
      Consumed consumed;
      bool any = false;
      for (size_t i = 0; i < writes.size(); ++i) {
        if (writes[i].table_name != name || outcomes[i].held) continue;
        consumed.Add(outcomes[i]);
        any = true;
      }
      if (any) WriteConsumed(out, mode, name, consumed);
    }
    out.EndArray();
  }
  out.EndObject();
  for (size_t i = 0; i < writes.size(); ++i) {
    if (outcomes[i].held) {
      notes[i].Unprocessed();
    } else {
      notes[i].Done(std::move(outcomes[i]));
    }
  }
  return {};
}

}  // namespace

const Operation kBatchWriteItem{
    .name = "BatchWriteItem", .input = &kInput, .run = Run, .newer = kNewer};

}  // namespace dynarock::operations
