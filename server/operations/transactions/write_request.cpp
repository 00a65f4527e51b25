#include "server/operations/transactions/write_request.h"

#include "server/operations/request/errors.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

namespace {

std::unique_ptr<ItemWrite> MakeWrite(std::string_view kind, Layer layer) {
  constexpr bool kTransaction = true;
  if (kind == "Put") return std::make_unique<PutWrite>(layer, kTransaction);
  if (kind == "Delete") return std::make_unique<DeleteWrite>(layer, kTransaction);
  if (kind == "ConditionCheck") return std::make_unique<CheckWrite>(layer);
  return std::make_unique<UpdateWrite>(
      layer,
      layer == Layer::kNewer ? UpdateWrite::Measure::kStatement : UpdateWrite::Measure::kFlat,
      kTransaction);
}

const JsonValue& AttributesOf(const WriteRequest& request) {
  return *FindMember(*request.input, request.kind == "Put" ? "Item" : "Key");
}

// Names and values of an action without an expression are accepted, whatever their keys.
bool HasExpression(const WriteRequest& request) {
  return FindMember(*request.input, "ConditionExpression") != nullptr ||
         FindMember(*request.input, "UpdateExpression") != nullptr;
}

Result<void> CheckExpressionValues(const JsonValue& input, ValueRules rules) {
  const JsonValue* values = FindMember(input, "ExpressionAttributeValues");
  if (values == nullptr) return {};
  std::string unused;
  for (const JsonMember& entry : values->GetObject()) {
    auto encoded = EncodeValue(entry.value, unused, rules);
    if (encoded) continue;
    if (rules.layer == Layer::kNewer) return encoded;
    return Fail(InvalidExpressionValue(std::move(encoded).error(), entry.name));
  }
  return {};
}

// What to look for in values beside sets and numbers.
enum class Beside { kNothing, kNames, kNamesAndDepth };

Result<void> CheckValues(const WriteRequest& request, Layer layer, Beside beside) {
  const auto with = [beside](ValueRules rules) {
    rules.names = beside != Beside::kNothing;
    if (beside != Beside::kNamesAndDepth) rules.max_levels = ValueRules::kManyLevels;
    return rules;
  };
  const auto counts = [beside](const Result<void>& found) {
    return !found &&
           (beside == Beside::kNamesAndDepth || found.error().cause != Cause::kNestingTooDeep);
  };
  std::string unused;
  auto found = EncodeItem(AttributesOf(request), unused, with({.layer = layer}));
  if (counts(found)) return found;
  found = CheckExpressionValues(*request.input, with(RulesOfExpressionValues(layer)));
  return counts(found) ? found : Result<void>{};
}

Result<void> Read(WriteRequest& request, Layer layer) {
  const JsonValue& input = *request.input;
  request.write = MakeWrite(request.kind, layer);
  DYNAROCK_CHECK(request.write->ReadAttributes(AttributesOf(request)));
  request.write->ReadReturnOnFailure(input);
  if (HasExpression(request)) {
    DYNAROCK_CHECK(request.write->ReadExpressions(input));
  } else {
    DYNAROCK_CHECK(CheckExpressionValues(input, RulesOfExpressionValues(layer)));
  }
  const auto* put = dynamic_cast<const PutWrite*>(request.write.get());
  return put == nullptr ? Result<void>{} : put->CheckSize();
}

// The fault to tell where reading found `found` in the action `failed`, and none in those before.
Result<void> FirstFault(std::span<const WriteRequest> requests, const WriteRequest& failed,
                        Layer layer, Error found) {
  for (const WriteRequest& request : requests) {
    DYNAROCK_CHECK(CheckValues(request, layer, Beside::kNothing));
  }
  if (HasExpression(failed)) {
    const auto again = MakeWrite(failed.kind, layer);
    again->AcceptNamesAndDepth();
    DYNAROCK_CHECK(again->ReadExpressions(*failed.input));
  }
  DYNAROCK_CHECK(CheckValues(failed, layer, Beside::kNames));
  DYNAROCK_CHECK(CheckValues(failed, layer, Beside::kNamesAndDepth));
  return Fail(std::move(found));
}

}  // namespace

uint64_t WriteRequest::payload() const {
  return write->attributes().size() + (kind == "Put" ? 0 : write->value_bytes());
}

Result<void> ReadActions(std::span<WriteRequest> requests, Layer layer) {
  for (WriteRequest& request : requests) {
    if (auto read = Read(request, layer); !read) {
      return FirstFault(requests, request, layer, std::move(read).error());
    }
  }
  return {};
}

}  // namespace dynarock::operations
