// MapSimpleTable: SAM's table of one key, as SAM translates it.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html
#include <string>
#include <utility>
#include <vector>

#include "server/document/node_path.h"
#include "server/schema/cloudformation/properties.h"
#include "server/schema/cloudformation/tables.h"
#include "server/schema/cloudformation/template.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

constexpr Property kSimpleTable[] = {
    {"PointInTimeRecoverySpecification", Fate::kOwn},
    {"PrimaryKey", Fate::kOwn},
    {"ProvisionedThroughput", Fate::kOwn},
    {"SSESpecification", Fate::kOwn},
    {"TableName", Fate::kSame},
    {"Tags", Fate::kOwn},
};

void Refuse(const Place& place, const TableSource& table, const std::string& text, std::string hint,
            std::vector<Message>& messages) {
  messages.push_back({.severity = Severity::kError,
                      .id = "template",
                      .place = place,
                      .text = "Resource with id [" + table.address + "] is invalid. " + text,
                      .hint = std::move(hint)});
}

// Whether a property is there and an object, which all of SAM's own are. An empty one is none to
// SAM.
const Node* ObjectOf(const Node& properties, const std::string& name, const TableSource& table,
                     std::vector<Message>& messages) {
  const Node* given = properties.Find(name);
  if (given == nullptr || given->kind == Kind::kUnresolved) return given;
  if (given->kind == Kind::kMap) return given->map.empty() ? nullptr : given;
  Refuse(given->place, table, "Type of property '" + name + "' is invalid.",
         name == "Tags" ? "SAM takes tags as a map: Tags: {name: value}" : "this takes an object",
         messages);
  return nullptr;
}

// SAM's name of an attribute type as the API's letter. SAM knows no other names, the letters
// neither.
Node KeyType(const Node& given, const TableSource& table, std::vector<Message>& messages) {
  if (given.kind == Kind::kUnresolved) return given;
  for (const char* name : {"String", "Number", "Binary"}) {
    if (given.kind != Kind::kString || given.text != name) continue;
    Node type = given;
    type.text = given.text.substr(0, 1);
    return type;
  }
  Refuse(given.place, table, "Invalid 'Type' \"" + Written(given) + "\".",
         "PrimaryKey.Type is String, Number or Binary", messages);
  return MakeUnresolved(given.place, given.text, {});
}

// Name and Type of the key. Without the property it is `id`, a string.
std::pair<Node, Node> PrimaryKey(const Node* key, const TableSource& table,
                                 std::vector<Message>& messages) {
  const Place place = key != nullptr ? key->place : table.place;
  if (key == nullptr) return {MakeString(place, "id"), MakeString(place, "S")};
  if (key->kind == Kind::kUnresolved) return {*key, *key};
  Node name = MakeUnresolved(place, {}, {});
  Node type = name;
  for (const char* member : {"Name", "Type"}) {
    const Node* given = key->Find(member);
    if (given == nullptr || given->kind == Kind::kNull) {
      Refuse(given != nullptr ? NamePlace(*given) : NamePlace(*key), table,
             "Property 'PrimaryKey." + std::string(member) + "' is required.",
             "PrimaryKey has a Name, and a Type of String, Number or Binary", messages);
    } else if (member[0] == 'T') {
      type = KeyType(*given, table, messages);
    } else {
      name = *given;
    }
  }
  return {std::move(name), std::move(type)};
}

Node TagList(const Node& tags) {
  if (tags.kind != Kind::kMap) return tags;
  Node list = MakeNode(Kind::kList, tags.place);
  for (const auto& [key, value] : tags.map) {
    Node tag = MakeNode(Kind::kMap, value.place);
    Set(tag, "Key", MakeString(value.place, key));
    Set(tag, "Value", value.kind == Kind::kNull ? MakeString(value.place, {}) : value);
    list.list.push_back(std::move(tag));
  }
  return list;
}

}  // namespace

std::span<const Property> SimpleTableProperties() {
  return kSimpleTable;
}

void MapSimpleTable(const Node& given, TableSource& table, std::vector<Message>& messages) {
  Node properties = CheckedProperties(kSimpleTable, given, table, messages);
  MapByTable(kSimpleTable, properties, table, messages);
  const auto object = [&](const char* name) { return ObjectOf(properties, name, table, messages); };
  auto [name, type] = PrimaryKey(object("PrimaryKey"), table, messages);
  const Place place = name.place;
  Node definition = MakeNode(Kind::kMap, place);
  Set(definition, "AttributeName", name);
  Set(definition, "AttributeType", std::move(type));
  Node definitions = MakeNode(Kind::kList, place);
  definitions.list.push_back(std::move(definition));
  Set(table.request, "AttributeDefinitions", std::move(definitions));
  Node element = MakeNode(Kind::kMap, place);
  Set(element, "AttributeName", std::move(name));
  Set(element, "KeyType", MakeString(place, "HASH"));
  Node schema = MakeNode(Kind::kList, place);
  schema.list.push_back(std::move(element));
  Set(table.request, "KeySchema", std::move(schema));
  if (const Node* throughput = object("ProvisionedThroughput")) {
    Set(table.request, "ProvisionedThroughput", *throughput);
  } else {
    Set(table.request, "BillingMode", MakeString(table.place, "PAY_PER_REQUEST"));
  }
  if (const Node* tags = object("Tags")) Set(table.request, "Tags", TagList(*tags));
  if (object("SSESpecification") != nullptr) {
    for (auto& [member, value] : properties.map) {
      if (member != "SSESpecification") continue;
      CheckProperty(value, kEncryption, "#/SSESpecification", table, messages);
    }
    MapEncryption(properties, table);
  }
  if (const Node* recovery = properties.Find("PointInTimeRecoverySpecification")) {
    table.point_in_time_recovery = *recovery;
  }
}

}  // namespace dynarock::schema
