// TransactWriteItems.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
#include <memory>
#include <vector>

#include "server/operations/request/errors.h"
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/transactions/fingerprint.h"
#include "server/operations/transactions/shapes.h"
#include "server/operations/transactions/transaction.h"
#include "server/operations/transactions/write_request.h"
#include "storage/item/text.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kNames{"ExpressionAttributeNames", &kNameMap};
constexpr Member kValues{"ExpressionAttributeValues", &kAttributeMap};
constexpr Member kOnFailure = ReturnOnFailureMember();
constexpr Member kKey{"Key", &kAttributeMap, Required()};
constexpr Member kCondition{"ConditionExpression", &kStringShape};

constexpr Member kCheckMembers[] = {
    kKey,   kActionTableName, {"ConditionExpression", &kStringShape, Required()},
    kNames, kValues,          kOnFailure};
constexpr Member kPutMembers[] = {{"Item", &kAttributeMap, Required()},
                                  kActionTableName,
                                  kCondition,
                                  kNames,
                                  kValues,
                                  kOnFailure};
constexpr Member kDeleteMembers[] = {kKey,   kActionTableName, kCondition,
                                     kNames, kValues,          kOnFailure};
constexpr Member kUpdateMembers[] = {kKey,
                                     {"UpdateExpression", &kStringShape, Required()},
                                     kActionTableName,
                                     kCondition,
                                     kNames,
                                     kValues,
                                     kOnFailure};
constexpr Shape kCheck = Structure("ConditionCheck", kCheckMembers);
constexpr Shape kPut = Structure("Put", kPutMembers);
constexpr Shape kDelete = Structure("Delete", kDeleteMembers);
constexpr Shape kUpdate = Structure("Update", kUpdateMembers);
constexpr Member kItemMembers[] = {
    {"ConditionCheck", &kCheck}, {"Put", &kPut}, {"Delete", &kDelete}, {"Update", &kUpdate}};
constexpr Shape kItem = Structure("TransactWriteItem", kItemMembers);
constexpr Shape kItems = ListOf(kItem);

constexpr size_t kMaxToken = 36;
constexpr Member kMembers[] = {
    {"ClientRequestToken", &kStringShape, {.min_length = 1, .max_length = kMaxToken}},
    ReturnConsumedCapacityMember(),
    ReturnItemCollectionMetricsMember(),
    {"TransactItems", &kItems, kActionCount},
};
constexpr Shape kInput = Structure("TransactWriteItemsInput", kMembers);

Result<void> CheckToken(const JsonValue* value, Violations& violations) {
  if (value == nullptr) return {};
  const size_t length = CountCharacters(Text(*value));
  if (length > kMaxToken) {
    violations.AddWithoutValue("ClientRequestToken", LengthAtMostRule(kMaxToken));
  } else if (length == 0) {
    violations.AddWithoutValue("ClientRequestToken", LengthAtLeastRule(1));
  }
  return {};
}

constexpr Member kToken[] = {{"ClientRequestToken", &kStringShape, {.check = CheckToken}}};
constexpr Member kRest[] = {
    ReturnConsumedCapacityMember(),
    ReturnItemCollectionMetricsMember(),
    {"TransactItems", &kItems, {.check = CheckActionCount}},
    {"TransactItems", &kItems, kActions},
};
constexpr Stage kNewer[] = {kToken, kRest};

Result<WriteRequest> FindAction(const JsonValue& element, Layer layer) {
  WriteRequest request;
  size_t members = 0;
  for (const Member& member : kItemMembers) {
    const JsonValue* input = FindMember(element, member.name);
    if (input == nullptr) continue;
    ++members;
    request.kind = member.name;
    request.input = input;
  }
  if (members == 0) return Fail(NoAction(layer));
  if (members > 1) return Fail(SeveralActionsInOne());
  return request;
}

Result<void> CheckSizes(std::span<const WriteRequest> requests,
                        std::span<const TransactionAction> actions) {
  uint64_t bytes = 0;
  for (const WriteRequest& request : requests) bytes += request.payload();
  if (bytes > kMaxTransactionBytes) return Fail(TransactionPayloadTooLarge(bytes));
  for (size_t i = 0; i < requests.size(); ++i) {
    const auto* put = dynamic_cast<const PutWrite*>(requests[i].write.get());
    if (put != nullptr) DYNAROCK_CHECK(put->CheckSizeIn(*actions[i].table));
  }
  return {};
}

AccessKind KindOf(const WriteRequest& request) {
  if (request.kind == "Put") return AccessKind::kPut;
  if (request.kind == "Delete") return AccessKind::kDelete;
  return request.kind == "Update" ? AccessKind::kUpdate : AccessKind::kCheck;
}

// Order of checks as observed on the service.
Result<void> Run(Call& call) {
  const JsonValue& input = call.input;
  const JsonValue& elements = *FindMember(input, "TransactItems");
  std::vector<WriteRequest> requests;
  requests.reserve(elements.Size());
  for (const JsonValue& element : elements.GetArray()) {
    DYNAROCK_TRY(WriteRequest request, FindAction(element, call.context.layer));
    requests.push_back(std::move(request));
  }
  DYNAROCK_CHECK(ReadActions(requests, call.context.layer));

  std::vector<TransactionAction> actions(requests.size());
  for (size_t i = 0; i < requests.size(); ++i) {
    actions[i].table_name = StringOr(*requests[i].input, "TableName");
    DYNAROCK_TRY(actions[i].table, FindUsableTable(call, actions[i].table_name));
  }
  for (size_t i = 0; i < requests.size(); ++i) {
    ItemWrite& write = *requests[i].write;
    actions[i].SetKey(write.Bind(*actions[i].table));
    actions[i].decide = write;
    if (requests[i].kind != "Put") actions[i].key_item = write.attributes();
  }
  DYNAROCK_CHECK(CheckItemsDiffer(actions));
  DYNAROCK_CHECK(CheckSizes(requests, actions));

  std::optional<TransactionToken> token;
  if (const JsonValue* text = FindMember(input, "ClientRequestToken")) {
    token = TransactionToken{.operation = "TransactWriteItems",
                             .token = Text(*text),
                             .fingerprint = Fingerprint(elements)};
  }
  std::vector<WriteNote> notes;
  for (size_t i = 0; i < requests.size(); ++i) {
    notes.emplace_back(call, KindOf(requests[i]),
                       AccessTarget{actions[i].table, actions[i].table_name, *requests[i].input,
                                    /*transactional=*/true},
                       requests[i].write->attributes());
  }
  auto run = RunWrites(call, actions, WriteOptionsOf(call), token ? &*token : nullptr);
  if (!run) {
    NoteTransactFailure(notes);
    return Fail(std::move(run).error());
  }
  TransactionWritten& written = *run;
  JsonWriter& out = call.out;
  out.BeginObject();
  WriteTransactionCapacity(out, ReadCapacityMode(input), actions, written, /*with_indexes=*/true);
  WriteTransactionMetrics(out, actions, written);
  out.EndObject();
  NoteTransactWrites(notes, written);
  return {};
}

}  // namespace

const Operation kTransactWriteItems{
    .name = "TransactWriteItems", .input = &kInput, .run = Run, .newer = kNewer};

}  // namespace dynarock::operations
