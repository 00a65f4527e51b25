#include "server/schema/review/request_types.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <optional>
#include <utility>

#include "server/document/node_path.h"
#include "server/document/number.h"
#include "server/document/spelling.h"
#include "server/protocol/check.h"
#include "storage/item/json.h"
#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

using protocol::Shape;
using Kind = Node::Kind;

bool IsNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
  return digits && (text.size() == 1 || text[0] != '0');
}

void ConvertScalar(Node& value, const Shape& shape) {
  switch (shape.kind) {
    case protocol::Kind::kString:
      if (value.kind == Kind::kNumber) value.kind = Kind::kString;
      if (value.kind == Kind::kBool) {
        if (value.text.empty()) value.text = value.boolean ? "true" : "false";
        value.kind = Kind::kString;
      }
      return;
    case protocol::Kind::kInteger:
    case protocol::Kind::kLong:
    case protocol::Kind::kDouble:
      if (value.kind == Kind::kString && IsNumber(value.text)) value.kind = Kind::kNumber;
      return;
    default:
      return;
  }
}

// Whether a number with a fraction stands where a whole one is wanted.
bool IsFraction(const Node& value, const Shape& shape) {
  if (shape.kind != protocol::Kind::kInteger && shape.kind != protocol::Kind::kLong) return false;
  const auto number = value.kind == Kind::kNumber ? document::NumberOf(value.text) : std::nullopt;
  return number && *number != std::floor(*number);
}

// Which of two words a text is; nullopt: none. The service takes more of them than CloudFormation.
std::optional<bool> TruthIn(const std::string& text, bool service) {
  const std::string word = Lowered(text);
  if (word == "true" || (service && (word == "yes" || word == "1"))) return true;
  if (word == "false" || (service && (word == "no" || word == "0"))) return false;
  return std::nullopt;
}

class Converter {
 public:
  Converter(const TableSource& table, std::vector<Message>& messages)
      : table_(table), messages_(messages) {}

  void Convert(Node& value, const Shape& shape) {
    if (value.kind == Kind::kUnresolved || value.kind == Kind::kNull) return;
    if (shape.kind == protocol::Kind::kBoolean && value.kind == Kind::kString) {
      return ConvertTruth(value);
    }
    if (table_.language != Language::kApi) ConvertScalar(value, shape);
    const bool deep = shape.kind == protocol::Kind::kStructure ? value.kind == Kind::kMap
                      : shape.kind == protocol::Kind::kList    ? value.kind == Kind::kList
                                                               : false;
    if (IsFraction(value, shape)) return CheckFraction(value);
    if (!deep) return CheckOne(value, shape);
    if (shape.kind == protocol::Kind::kList) {
      for (Node& element : value.list) {
        CheckNull(element, "an element");
        Convert(element, *shape.element);
      }
      return;
    }
    std::vector<std::string> meant;
    for (auto& [name, member] : value.map) {
      const auto known = std::find_if(shape.members.begin(), shape.members.end(),
                                      [&](const auto& m) { return m.name == name; });
      if (known == shape.members.end()) {
        const std::string near = MeantMember(name, value, shape);
        Unknown(name, near, member, shape);
        if (!near.empty()) meant.push_back(near);
        continue;
      }
      CheckNull(member, name);
      Convert(member, *known->shape);
    }
    std::erase_if(value.map, [](const auto& member) { return member.second.kind == Kind::kNull; });
    // Not missing, only misspelt.
    for (std::string& name : meant) {
      value.map.emplace_back(std::move(name), MakeUnresolved(value.place, {}, {}));
    }
  }

 private:
  void Say(Severity severity, std::string id, const Place& place, std::string text,
           std::string hint) {
    messages_.push_back({.severity = severity,
                         .id = std::move(id),
                         .place = place,
                         .text = std::move(text),
                         .hint = std::move(hint)});
  }

  // Of CloudFormation. Nothing else is said of the value then.
  void CheckNull(Node& value, std::string_view name) {
    if (value.kind != Kind::kNull || table_.language != Language::kCloudFormation) return;
    Say(Severity::kError, "null-value", NamePlace(value),
        "Template format error: 'null' values are not allowed in templates (" + std::string(name) +
            " of " + table_.address + ")",
        "give it a value, or leave it out");
    const Node before = value;
    value = MakeUnresolved(before.place, {}, {});
  }

  void ConvertTruth(Node& value) {
    const auto truth = TruthIn(value.text, table_.language == Language::kApi);
    if (!truth && table_.language == Language::kApi) {
      return CheckOne(value, protocol::kBooleanShape);
    }
    if (!truth) {
      Say(Severity::kError, "wrong-type", value.place,
          "Properties validation failed for resource " + table_.address +
              " with message: expected type: Boolean, found: String",
          "this takes true or false");
      value = MakeUnresolved(value.place, {}, {});
      return;
    }
    value.kind = Kind::kBool;
    value.boolean = *truth;
  }

  // The service takes what is before the point; CloudFormation and the AWS CLI refuse it.
  void CheckFraction(Node& value) {
    if (table_.language == Language::kApi) {
      return Say(Severity::kWarning, "wrong-type", value.place,
                 value.text + " is not a whole number: the service leaves the fraction out",
                 "the AWS CLI refuses it");
    }
    Say(Severity::kError, "wrong-type", value.place,
        "Properties validation failed for resource " + table_.address +
            " with message: expected type: Integer, found: Double",
        "this takes a whole number");
    value = MakeUnresolved(value.place, {}, {});
  }

  // The member of the shape that an unknown name is likely meant for and that is not there.
  static std::string MeantMember(const std::string& name, const Node& value, const Shape& shape) {
    constexpr size_t kMostLetters = 3;
    std::vector<std::string_view> missing;
    for (const auto& member : shape.members) {
      if (value.Find(member.name) == nullptr) missing.push_back(member.name);
    }
    return std::string(document::Misspelt(name, missing, kMostLetters));
  }

  // `near`: what the name is likely meant for, or empty.
  void Unknown(const std::string& name, const std::string& near, Node& member, const Shape& shape) {
    const Place place = NamePlace(member);
    const std::string advice = near.empty() ? "is it misspelt?" : "did you mean " + near + "?";
    if (table_.language == Language::kCloudFormation) {
      Say(Severity::kError, "unknown-property", place,
          "Properties validation failed for resource " + table_.address +
              " with message: #: extraneous key [" + name + "] is not permitted",
          std::string(shape.name) + " has no member of this name; " + advice);
    } else {
      Say(Severity::kWarning, "unknown-property", place, "the API has no member " + name + " here",
          "the service ignores it and the AWS CLI refuses it; " + advice);
    }
    member = MakeNode(Kind::kNull, member.place);
  }

  // Whether the value has the type, in the service's words.
  void CheckOne(Node& value, const Shape& shape) {
    std::string json;
    AppendJson(value, json);
    JsonDocument document;
    if (!document.Parse(std::move(json))) return;
    const auto right = protocol::CheckTypes(shape, document.root());
    if (right) return;
    Say(Severity::kError, "wrong-type", value.place, right.error().message,
        "this takes " + std::string(TypeName(shape)));
    value = MakeUnresolved(value.place, {}, {});
  }

  static std::string_view TypeName(const Shape& shape) {
    switch (shape.kind) {
      case protocol::Kind::kString:
        return "a string";
      case protocol::Kind::kBoolean:
        return "true or false";
      case protocol::Kind::kList:
        return "a list";
      case protocol::Kind::kMap:
      case protocol::Kind::kStructure:
        return "an object";
      default:
        return "a whole number";
    }
  }

  const TableSource& table_;
  std::vector<Message>& messages_;
};

bool Unresolved(const Node* node) {
  return node != nullptr && node->kind == Kind::kUnresolved;
}

// Whether anything below is unresolved.
bool AnyUnresolved(const Node& node) {
  return node.kind == Kind::kUnresolved ||
         std::any_of(node.list.begin(), node.list.end(), AnyUnresolved) ||
         std::any_of(node.map.begin(), node.map.end(),
                     [](const auto& member) { return AnyUnresolved(member.second); });
}

Node* FindIn(Node& map, std::string_view name) {
  for (auto& [member, value] : map.map) {
    if (member == name) return &value;
  }
  return nullptr;
}

void Drop(Node& map, std::string_view name) {
  std::erase_if(map.map, [&](const auto& member) { return member.first == name; });
}

// A text that stands for an unresolved one, allowed wherever names are.
void FillText(Node* node) {
  if (!Unresolved(node)) return;
  constexpr size_t kMost = 200;
  std::string text(kPlaceholder);
  for (const char c : node->text.empty() ? std::string_view("value") : node->text) {
    const bool allowed = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    text += allowed ? c : '.';
  }
  if (text.size() > kMost) {
    text = text.substr(0, kMost) + std::to_string(std::hash<std::string>()(node->text));
  }
  const Place place = node->place;
  *node = MakeString(place, std::move(text));
}

void FillChoice(Node* node, const char* choice) {
  if (Unresolved(node)) *node = MakeString(node->place, choice);
}

// One after the other: HASH, RANGE.
bool FillKeySchema(Node* schema) {
  if (schema == nullptr) return true;
  if (schema->kind != Kind::kList) return !Unresolved(schema);
  bool first = true;
  for (Node& element : schema->list) {
    if (Unresolved(&element)) return false;
    FillText(FindIn(element, "AttributeName"));
    FillChoice(FindIn(element, "KeyType"), first ? "HASH" : "RANGE");
    first = false;
  }
  return true;
}

bool FillDefinitions(Node* definitions) {
  if (definitions == nullptr) return true;
  if (definitions->kind != Kind::kList) return !Unresolved(definitions);
  for (Node& element : definitions->list) {
    if (Unresolved(&element)) return false;
    FillText(FindIn(element, "AttributeName"));
    FillChoice(FindIn(element, "AttributeType"), "S");
  }
  return true;
}

// A list of one attribute in place of one that is not known, so that the rest can be looked at.
void StandIn(Node& list, const char* member, const char* value) {
  const Place place = list.place;
  Node element = MakeNode(Kind::kMap, place);
  element.map.emplace_back("AttributeName", MakeString(place, std::string(kPlaceholder)));
  element.map.emplace_back(member, MakeString(place, value));
  list = MakeNode(Kind::kList, place);
  list.list.push_back(std::move(element));
}

void FillUnits(Node& owner, std::string_view name) {
  Node* throughput = FindIn(owner, name);
  if (throughput == nullptr) return;
  for (auto& [member, value] : throughput->map) {
    if (Unresolved(&value)) value = MakeNode(Kind::kNumber, value.place, "1");
  }
}

void FillProjection(Node& index) {
  Node* projection = FindIn(index, "Projection");
  if (projection == nullptr) return;
  if (Unresolved(projection) || Unresolved(projection->Find("ProjectionType"))) {
    Node all = MakeNode(Kind::kMap, projection->place);
    all.map.emplace_back("ProjectionType", MakeString(projection->place, "ALL"));
    *projection = std::move(all);
    return;
  }
  Node* attributes = FindIn(*projection, "NonKeyAttributes");
  if (attributes == nullptr) return;
  if (Unresolved(attributes)) {
    Node one = MakeNode(Kind::kList, attributes->place);
    one.list.push_back(*attributes);
    *attributes = std::move(one);
  }
  for (Node& name : attributes->list) FillText(&name);
}

// Indexes whose keys cannot be known are left out. False: some were.
bool FillIndexes(Node& request, std::string_view name) {
  Node* indexes = FindIn(request, name);
  if (indexes == nullptr) return true;
  if (Unresolved(indexes)) {
    Drop(request, name);
    return false;
  }
  const size_t before = indexes->list.size();
  std::erase_if(indexes->list, [](Node& index) {
    return Unresolved(&index) || !FillKeySchema(FindIn(index, "KeySchema"));
  });
  for (Node& index : indexes->list) {
    FillText(FindIn(index, "IndexName"));
    FillProjection(index);
    for (const char* member : {"ProvisionedThroughput", "OnDemandThroughput", "WarmThroughput"}) {
      FillUnits(index, member);
      if (Unresolved(index.Find(member))) Drop(index, member);
    }
  }
  const size_t after = indexes->list.size();
  if (after == 0 && before > 0) Drop(request, name);
  return after == before;
}

// Whether the table is provisioned is not known: nothing is said about throughput at all.
void ForgetBilling(Node& request) {
  for (const char* member : {"BillingMode", "ProvisionedThroughput", "OnDemandThroughput"}) {
    Drop(request, member);
  }
  request.map.emplace_back("BillingMode", MakeString(request.place, "PAY_PER_REQUEST"));
  if (Node* indexes = FindIn(request, "GlobalSecondaryIndexes")) {
    for (Node& index : indexes->list) {
      Drop(index, "ProvisionedThroughput");
      Drop(index, "OnDemandThroughput");
    }
  }
}

bool BillingUnknown(const Node& request) {
  if (Unresolved(request.Find("BillingMode")) ||
      Unresolved(request.Find("ProvisionedThroughput"))) {
    return true;
  }
  const Node* indexes = request.Find("GlobalSecondaryIndexes");
  return indexes != nullptr &&
         std::any_of(indexes->list.begin(), indexes->list.end(), [](const Node& index) {
           return Unresolved(index.Find("ProvisionedThroughput"));
         });
}

}  // namespace

void ConvertTypes(Node& value, const Shape& shape, const TableSource& table,
                  std::vector<Message>& messages) {
  Converter(table, messages).Convert(value, shape);
}

Filled FillUnresolved(Node& request) {
  Filled filled;
  FillText(FindIn(request, "TableName"));
  const bool definitions = FillDefinitions(FindIn(request, "AttributeDefinitions"));
  const bool schema = FillKeySchema(FindIn(request, "KeySchema"));
  filled.keys_known = definitions && schema;
  if (!definitions) StandIn(*FindIn(request, "AttributeDefinitions"), "AttributeType", "S");
  if (!schema) StandIn(*FindIn(request, "KeySchema"), "KeyType", "HASH");
  if (BillingUnknown(request)) ForgetBilling(request);
  FillUnits(request, "ProvisionedThroughput");
  for (const char* name : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
    filled.indexes_known = FillIndexes(request, name) && filled.indexes_known;
  }
  for (const char* name : {"StreamSpecification", "SSESpecification", "OnDemandThroughput",
                           "WarmThroughput", "TableClass", "DeletionProtectionEnabled"}) {
    const Node* member = request.Find(name);
    if (member != nullptr && AnyUnresolved(*member)) Drop(request, name);
  }
  if (Node* tags = FindIn(request, "Tags")) {
    std::erase_if(tags->list, AnyUnresolved);
    if (Unresolved(tags)) Drop(request, "Tags");
  }
  return filled;
}

void NoteUnresolved(const Node& value, const TableSource& table, std::string_view member,
                    std::vector<Message>& messages) {
  if (value.kind == Kind::kUnresolved && !value.why.empty()) {
    const bool source =
        table.language == Language::kTerraform &&
        (value.place.file.ends_with(".tf") || value.place.file.ends_with(".tf.json"));
    messages.push_back(
        {.severity = Severity::kNote,
         .id = "unresolved",
         .place = value.place,
         .text = std::string(member) + " of " + table.address +
                 " is known only when it is deployed: " + value.text + " (" + value.why + ")",
         .hint = source ? "pass the plan to check it: terraform show -json PLAN" : ""});
  }
  for (const Node& element : value.list) NoteUnresolved(element, table, member, messages);
  for (const auto& [name, below] : value.map) {
    // Tags say nothing that is checked.
    if (name != "Tags") NoteUnresolved(below, table, name, messages);
  }
}

}  // namespace dynarock::schema
