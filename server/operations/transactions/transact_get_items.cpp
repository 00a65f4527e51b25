// TransactGetItems.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html
#include <vector>

#include "server/operations/request/expression_parameters.h"
#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/projection_parameters.h"
#include "server/operations/request/shapes.h"
#include "server/operations/transactions/shapes.h"
#include "server/operations/transactions/transaction.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kGetMembers[] = {
    {"Key", &kAttributeMap, Required()},
    kActionTableName,
    {"ProjectionExpression", &kStringShape},
    {"ExpressionAttributeNames", &kNameMap},
};
constexpr Shape kGet = Structure("Get", kGetMembers);
constexpr Member kItemMembers[] = {{"Get", &kGet, Required()}};
constexpr Shape kItem = Structure("TransactGetItem", kItemMembers);
constexpr Shape kItems = ListOf(kItem);
constexpr Member kMembers[] = {
    ReturnConsumedCapacityMember(),
    {"TransactItems", &kItems, kActionCount},
};
constexpr Shape kInput = Structure("TransactGetItemsInput", kMembers);

constexpr Member kNewerMembers[] = {
    ReturnConsumedCapacityMember(),
    {"TransactItems", &kItems, {.check = CheckActionCount}},
    {"TransactItems", &kItems, kActions},
};
constexpr Stage kNewer[] = {kNewerMembers};

// One Get of the request.
struct GetRequest {
  GetRequest(const JsonValue& get, Layer layer) : input(&get), placeholders(layer, true) {}

  const JsonValue* input;
  std::string key;  // encoded
  ProjectionParameters projection;
  expression::Placeholders placeholders;
};

Result<void> Read(GetRequest& request) {
  const JsonValue& input = *request.input;
  // Names are accepted where nothing can use them.
  if (FindMember(input, "ProjectionExpression") != nullptr) {
    PlaceholderReader reader;  // names only: nothing to keep alive
    DYNAROCK_CHECK(reader.Read(input, request.placeholders));
    DYNAROCK_CHECK(request.projection.ReadExpression(input, request.placeholders));
    DYNAROCK_CHECK(request.placeholders.CheckAllUsed());
  }
  return EncodeItem(*FindMember(input, "Key"), request.key, request.placeholders.layer());
}

Result<RowKey> Bind(const GetRequest& request, const Table& table) {
  DYNAROCK_TRY(RowKey key, KeyOfKey(table, ItemView(request.key)));
  DYNAROCK_CHECK(request.projection.CheckPaths(table));
  return key;
}

// An item of which the projection shows nothing is answered as an absent one is.
void WriteResponse(JsonWriter& out, const GetRequest& request, const std::optional<Pinned>& row) {
  out.BeginObject();
  if (row) {
    std::string item;
    request.projection.Write(ItemView(row->bytes()), item);
    if (!request.projection.given() || item != "{}") {
      out.Key("Item");
      out.Raw(item);
    }
  }
  out.EndObject();
}

// Order of checks as observed on the service.
Result<void> Run(Call& call) {
  const JsonValue& elements = *FindMember(call.input, "TransactItems");
  std::vector<GetRequest> requests;
  requests.reserve(elements.Size());
  std::vector<TransactionAction> actions(elements.Size());
  for (const JsonValue& element : elements.GetArray()) {
    requests.emplace_back(*FindMember(element, "Get"), call.context.layer);
    DYNAROCK_CHECK(Read(requests.back()));
  }
  for (size_t i = 0; i < requests.size(); ++i) {
    actions[i].table_name = StringOr(*requests[i].input, "TableName");
    DYNAROCK_TRY(actions[i].table, FindUsableTable(call, actions[i].table_name));
  }
  bool keys_good = true;
  for (size_t i = 0; i < requests.size(); ++i) {
    actions[i].SetKey(Bind(requests[i], *actions[i].table));
    keys_good = keys_good && !actions[i].failure;
  }
  // What is wrong with the keys is told before their repetition.
  if (keys_good) DYNAROCK_CHECK(CheckItemsDiffer(actions));

  DYNAROCK_TRY(const auto rows, RunReads(call, actions));
  for (size_t i = 0; i < requests.size(); ++i) {
    NoteTransactGet(
        call, {actions[i].table, actions[i].table_name, *requests[i].input, /*transactional=*/true},
        ItemView(requests[i].key), rows[i]);
  }
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Responses");
  out.BeginArray();
  for (size_t i = 0; i < requests.size(); ++i) WriteResponse(out, requests[i], rows[i]);
  out.EndArray();
  WriteTransactionCapacity(out, ReadCapacityMode(call.input), actions, rows);
  out.EndObject();
  return {};
}

}  // namespace

// A small body can ask for many items.
const Operation kTransactGetItems{
    .name = "TransactGetItems",
    .input = &kInput,
    .run = Run,
    .newer = kNewer,
    .inline_bytes = 4096,
};

}  // namespace dynarock::operations
