#include "server/schema/review/table_check.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "server/document/node_path.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/tables/definition.h"
#include "server/operations/tables/new_table.h"
#include "server/protocol/check.h"
#include "server/protocol/hint.h"
#include "server/schema/review/culprit.h"
#include "server/schema/review/request_types.h"
#include "storage/item/json.h"
#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

using protocol::Shape;
using Kind = Node::Kind;

const Shape& MemberShape(const Shape& shape, std::string_view name) {
  return *std::find_if(shape.members.begin(), shape.members.end(), [&](const auto& member) {
            return member.name == name;
          })->shape;
}

// Whether an error names something that is not known.
bool NamesPlaceholder(const Error& error) {
  const auto open = [](std::string_view name) {
    return name.find(kPlaceholder) != std::string_view::npos;
  };
  return open(error.facts->attribute) || open(error.facts->index) ||
         std::ranges::any_of(error.facts->names, open);
}

// One member of a path up to its last dot, and the rest with a capital.
std::pair<std::string_view, std::string> Split(std::string_view path) {
  const size_t dot = path.rfind('.');
  std::string last(dot == std::string_view::npos ? path : path.substr(dot + 1));
  if (!last.empty()) last[0] = Upper(last[0]);
  return {dot == std::string_view::npos ? std::string_view() : path.substr(0, dot), last};
}

// Takes what a violation was about out of further checks.
void Forget(Node& request, std::string_view path) {
  if (Node* culprit = const_cast<Node*>(At(request, path)); culprit != nullptr) {
    *culprit = MakeUnresolved(culprit->place, {}, {});
    return;
  }
  const auto [parent_path, name] = Split(path);
  Node* parent = const_cast<Node*>(At(request, parent_path));
  if (parent == nullptr || parent->kind != Kind::kMap) return;
  parent->map.emplace_back(name, MakeUnresolved(parent->place, {}, {}));
}

bool KeysAreTheSame(const Node& request) {
  const std::vector<Node>& keys = ElementsOf(request, "KeySchema");
  return keys.size() == 2 && TextOf(keys[0], "AttributeName") == TextOf(keys[1], "AttributeName");
}

// Whether the table names its sort key first. Local indexes seem to have another partition key
// then.
bool HasKeysSwapped(const Node& request) {
  const std::vector<Node>& keys = ElementsOf(request, "KeySchema");
  return !keys.empty() && TextOf(keys[0], "KeyType") == "RANGE";
}

// Whether the name of a key is not known.
bool HasOpenKey(const Node& request) {
  return std::ranges::any_of(ElementsOf(request, "KeySchema"), [](const Node& element) {
    return TextOf(element, "AttributeName").starts_with(kPlaceholder);
  });
}

// What to do about an error, in the words of the table's type.
std::string HintFor(const TableSource& table, const Error& error) {
  const bool global = table.type == "AWS::DynamoDB::GlobalTable";
  if (global && error.cause == Cause::kThroughputMissing) {
    return "give WriteProvisionedThroughputSettings and ReadProvisionedThroughputSettings, or "
           "BillingMode PAY_PER_REQUEST";
  }
  if (global && error.cause == Cause::kIndexThroughputMissing) {
    return "give the index WriteProvisionedThroughputSettings, and "
           "ReadProvisionedThroughputSettings here or in each replica";
  }
  return protocol::HintOf(error);
}

class Checker {
 public:
  explicit Checker(const TableSource& source) : source_(source) {}

  CheckedTable Run() {
    const Shape& create = *operations::kCreateTable.input;
    for (const Refusal& refusal : source_.refusals) checked_.messages.push_back(refusal.message);
    checked_.request = source_.request;
    ConvertTypes(checked_.request, create, source_, checked_.messages);
    NoteUnresolved(checked_.request, source_, "a member", checked_.messages);
    CheckRequest(create);
    checked_.time_to_live = CheckSettings(source_.time_to_live, "TimeToLiveSpecification",
                                          *operations::kUpdateTimeToLive.input);
    checked_.point_in_time_recovery =
        CheckSettings(source_.point_in_time_recovery, "PointInTimeRecoverySpecification",
                      *operations::kUpdateContinuousBackups.input);
    return std::move(checked_);
  }

 private:
  // What the deployment tool refuses already is told once, in the words at which people stop first.
  bool ToldByTool(const std::string& text, Cause cause, std::string_view path) {
    for (size_t i = 0; i < source_.refusals.size(); ++i) {
      if (std::ranges::none_of(source_.refusals[i].service_says,
                               [&](const ServiceSays& says) { return says.Covers(cause, path); })) {
        continue;
      }
      // They come first in the messages. Of several faults that are one to the tool, the first.
      std::string& hint = checked_.messages[i].hint;
      if (hint == source_.refusals[i].message.hint) {
        hint += (hint.empty() ? "" : "; ") + ("CreateTable would say: " + text);
      }
      return true;
    }
    return false;
  }

  // `path`: of a violation, the member.
  void Refuse(const Place& place, std::string text, std::string hint, Cause cause = Cause::kNone,
              std::string_view path = {}) {
    if (ToldByTool(text, cause, path)) return;
    checked_.messages.push_back({.severity = Severity::kError,
                                 .id = "create-table",
                                 .place = place,
                                 .text = std::move(text),
                                 .hint = std::move(hint)});
  }

  // Violations of the shape, each at its place. What they are about is forgotten in `request`; true
  // when that was nothing.
  bool CheckShape(const Shape& shape, Node& request) {
    std::string json;
    AppendJson(request, json);
    JsonDocument document;
    if (!document.Parse(std::move(json))) {
      Refuse(request.place, "the table cannot be written as a request", {});
      return false;
    }
    const auto violations = protocol::FindViolations(shape, document.root());
    const Node as_was = request;
    bool goes_on = false;
    for (const auto& violation : violations) {
      const bool placed = !violation.path.empty();
      // Which attributes there must be is not known either.
      if (violation.cause == Cause::kMissingMember && violation.path == "attributeDefinitions" &&
          HasOpenKey(as_was)) {
        Forget(request, violation.path);
        goes_on = true;
        continue;
      }
      goes_on = goes_on || placed;
      Refuse(placed ? Deepest(as_was, violation.path).place : as_was.place,
             placed ? "1 validation error detected: " + violation.text : violation.text, {},
             violation.cause, violation.path);
      if (placed) Forget(request, violation.path);
    }
    return !goes_on;
  }

  // The limits of a table are far below; checks that compare each with each would not end.
  bool TooLarge() {
    constexpr size_t kMostElements = 500;
    for (const char* name :
         {"AttributeDefinitions", "KeySchema", "LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
      const size_t size = ElementsOf(checked_.request, name).size();
      if (size <= kMostElements) continue;
      checked_.too_large = true;
      Refuse(checked_.request.Find(name)->place,
             std::string(name) + " has " + std::to_string(size) +
                 " elements: no table can have that many",
             "nothing else of this table was checked");
    }
    return checked_.too_large;
  }

  void CheckRequest(const Shape& shape) {
    if (TooLarge()) return;
    Node request = checked_.request;
    // Deployment tools make up a name where the file gives none.
    if (source_.language != Language::kApi && request.Find("TableName") == nullptr) {
      request.map.emplace_back("TableName",
                               MakeUnresolved(request.place, source_.address, "generated"));
    }
    Filled filled = FillUnresolved(request);
    // A violation may hide others: what it was about is filled in, and the rest looked at again.
    constexpr int kMostRounds = 20;
    for (int round = 0; round < kMostRounds && !CheckShape(shape, request); ++round) {
      const Filled again = FillUnresolved(request);
      filled.keys_known = filled.keys_known && again.keys_known;
      filled.indexes_known = filled.indexes_known && again.indexes_known;
    }
    if (!filled.keys_known || request.Find("KeySchema") == nullptr ||
        request.Find("AttributeDefinitions") == nullptr) {
      return;
    }
    std::string json;
    AppendJson(request, json);
    JsonDocument document;
    if (!document.Parse(std::move(json)) || !protocol::CheckTypes(shape, document.root()) ||
        !protocol::CheckConstraints(shape, document.root())) {
      return;
    }
    for (const operations::Fault& fault : operations::FindFaults(document.root())) {
      const Cause cause = fault.error.cause;
      // What depends on a value that is not known is no fault yet.
      if (NamesPlaceholder(fault.error)) continue;
      if (fault.member == "KeySchema" && cause == Cause::kTooFewDefinitions &&
          HasOpenKey(request)) {
        continue;
      }
      if (cause == Cause::kIndexHashKeyDiffers && HasKeysSwapped(request)) continue;
      if (!filled.indexes_known &&
          (fault.member == "AttributeDefinitions" || cause == Cause::kDefinitionCountMismatch)) {
        continue;
      }
      const bool twice = fault.member == "KeySchema" && KeysAreTheSame(request);
      Refuse(Culprit(request, fault).place, fault.error.message,
             twice ? "the partition key and the sort key have the same name"
                   : HintFor(source_, fault.error),
             cause);
    }
  }

  // TTL or recovery settings: a request of another operation, whose only other member is the name.
  Node CheckSettings(const Node& given, const std::string& name, const Shape& shape) {
    if (given.kind == Kind::kNull) return given;
    Node settings = given;
    ConvertTypes(settings, MemberShape(shape, name), source_, checked_.messages);
    NoteUnresolved(settings, source_, name, checked_.messages);
    const bool known = settings.kind == Kind::kMap &&
                       std::none_of(settings.map.begin(), settings.map.end(), [](const auto& m) {
                         return m.second.kind == Kind::kUnresolved;
                       });
    if (!known) return settings;
    // CloudFormation lets a setting that is off do without the rest.
    const Node* enabled = settings.Find("Enabled");
    if (enabled != nullptr && enabled->kind == Kind::kBool && !enabled->boolean) return settings;
    Node request = MakeNode(Kind::kMap, settings.place);
    request.map.emplace_back("TableName", MakeString(settings.place, "table"));
    request.map.emplace_back(name, settings);
    CheckShape(shape, request);
    return settings;
  }

  const TableSource& source_;
  CheckedTable checked_;
};

}  // namespace

bool CheckedTable::Sound() const {
  return std::none_of(messages.begin(), messages.end(),
                      [](const Message& message) { return message.severity == Severity::kError; });
}

CheckedTable CheckTable(const TableSource& table) {
  return Checker(table).Run();
}

std::string NameOf(const TableSource& table) {
  const std::string_view name = TextOf(table.request, "TableName");
  return name.empty() ? table.address : std::string(name);
}

findings::Finding ToFinding(const Message& message, std::string table) {
  findings::Finding finding;
  finding.id = message.id;
  finding.severity = message.severity;
  finding.table = std::move(table);
  finding.title = message.text;
  finding.advice = message.hint;
  finding.file = message.place.file;
  finding.line = message.place.line;
  finding.column = message.place.column;
  return finding;
}

}  // namespace dynarock::schema
