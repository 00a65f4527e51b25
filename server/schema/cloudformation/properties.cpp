// MapTable, MapGlobalTable, MapSimpleTable: a resource's properties as a CreateTable request.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
// .../aws-resource-dynamodb-globaltable.html
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html
#include <algorithm>
#include <initializer_list>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/document/node_path.h"
#include "server/document/spelling.h"
#include "server/schema/cloudformation/tables.h"

namespace dynarock::schema {

namespace {

// What becomes of a property.
enum class Fate : uint8_t {
  kSame,     // the request's member of that name
  kOwn,      // handled by the mapper
  kLeftOut,  // the API has it elsewhere and dynarock does not have it
};

struct Property {
  std::string_view name;
  Fate fate;
};

constexpr Property kTable[] = {
    {"AttributeDefinitions", Fate::kSame},
    {"BillingMode", Fate::kSame},
    {"ContributorInsightsSpecification", Fate::kLeftOut},
    {"DeletionProtectionEnabled", Fate::kSame},
    {"GlobalSecondaryIndexes", Fate::kOwn},
    {"ImportSourceSpecification", Fate::kLeftOut},
    {"KeySchema", Fate::kSame},
    {"KinesisStreamSpecification", Fate::kLeftOut},
    {"LocalSecondaryIndexes", Fate::kSame},
    {"OnDemandThroughput", Fate::kSame},
    {"PointInTimeRecoverySpecification", Fate::kOwn},
    {"ProvisionedThroughput", Fate::kSame},
    {"ResourcePolicy", Fate::kLeftOut},
    {"SSESpecification", Fate::kOwn},
    {"StreamSpecification", Fate::kOwn},
    {"TableClass", Fate::kSame},
    {"TableName", Fate::kSame},
    {"Tags", Fate::kSame},
    {"TimeToLiveSpecification", Fate::kOwn},
    {"WarmThroughput", Fate::kSame},
};

constexpr Property kGlobalTable[] = {
    {"AttributeDefinitions", Fate::kSame},
    {"BillingMode", Fate::kSame},
    {"GlobalSecondaryIndexes", Fate::kOwn},
    {"GlobalTableSettingsReplicationMode", Fate::kLeftOut},
    {"GlobalTableSourceArn", Fate::kLeftOut},
    {"GlobalTableWitnesses", Fate::kLeftOut},
    {"KeySchema", Fate::kSame},
    {"LocalSecondaryIndexes", Fate::kSame},
    {"MultiRegionConsistency", Fate::kLeftOut},
    {"ReadOnDemandThroughputSettings", Fate::kOwn},
    {"ReadProvisionedThroughputSettings", Fate::kOwn},
    {"Replicas", Fate::kOwn},
    {"SSESpecification", Fate::kOwn},
    {"StreamSpecification", Fate::kOwn},
    {"TableName", Fate::kSame},
    {"TimeToLiveSpecification", Fate::kOwn},
    {"WarmThroughput", Fate::kSame},
    {"WriteOnDemandThroughputSettings", Fate::kOwn},
    {"WriteProvisionedThroughputSettings", Fate::kOwn},
};

constexpr Property kSimpleTable[] = {
    {"PointInTimeRecoverySpecification", Fate::kOwn},
    {"PrimaryKey", Fate::kOwn},
    {"ProvisionedThroughput", Fate::kSame},
    {"SSESpecification", Fate::kOwn},
    {"TableName", Fate::kSame},
    {"Tags", Fate::kOwn},
};

void Set(Node& map, std::string name, Node value) {
  map.map.emplace_back(std::move(name), std::move(value));
}

void LeaveOut(const std::string& name, const Node& member, const TableSource& table,
              std::vector<Message>& messages) {
  messages.push_back({.severity = Severity::kNote,
                      .id = "left-out",
                      .place = NamePlace(member),
                      .text = name + " of " + table.address + " is not looked at",
                      .hint = "dynarock does not have this yet"});
}

// Takes members away that the API has elsewhere.
void LeaveOutMembers(std::initializer_list<std::string_view> names, Node& map,
                     const TableSource& table, std::vector<Message>& messages) {
  std::erase_if(map.map, [&](const auto& member) {
    const bool out = std::find(names.begin(), names.end(), member.first) != names.end();
    if (out) LeaveOut(member.first, member.second, table, messages);
    return out;
  });
}

// The property that an unknown name is likely meant for and that is not there.
std::string MeantProperty(std::span<const Property> known, const std::string& name,
                          const Node& properties) {
  constexpr size_t kMostLetters = 3;
  std::vector<std::string_view> missing;
  for (const Property& property : known) {
    if (properties.Find(property.name) == nullptr) missing.push_back(property.name);
  }
  return std::string(document::Misspelt(name, missing, kMostLetters));
}

bool IsMemberOfRequest(std::span<const Property> known, std::string_view name) {
  return name == "GlobalSecondaryIndexes" || name == "LocalSecondaryIndexes" ||
         std::any_of(known.begin(), known.end(), [&](const Property& property) {
           return property.name == name && property.fate == Fate::kSame;
         });
}

// CloudFormation takes indexes that are an empty list, such as AWS::NoValue leaves, for none.
bool IsEmptyList(const Node& value) {
  return value.kind == Node::Kind::kList && value.list.empty();
}

// Copies what stays as it is, and tells of what is unknown or left out.
void MapByTable(std::span<const Property> known, const Node& properties, TableSource& table,
                std::vector<Message>& messages) {
  for (const auto& [name, value] : properties.map) {
    const auto property =
        std::find_if(known.begin(), known.end(), [&](const Property& p) { return p.name == name; });
    if (property == known.end()) {
      const std::string meant = MeantProperty(known, name, properties);
      // Not missing, only misspelt.
      if (IsMemberOfRequest(known, meant)) {
        Set(table.request, meant, MakeUnresolved(value.place, {}, {}));
      }
      messages.push_back(
          {.severity = Severity::kError,
           .id = "unknown-property",
           .place = NamePlace(value),
           .text = "Properties validation failed for resource " + table.address +
                   " with message: #: extraneous key [" + name + "] is not permitted",
           .hint = table.type + " has no property of this name; " +
                   (meant.empty() ? "is it misspelt?" : "did you mean " + meant + "?")});
    } else if (name == "LocalSecondaryIndexes" && IsEmptyList(value)) {
      continue;
    } else if (property->fate == Fate::kSame) {
      Set(table.request, name, value);
    } else if (property->fate == Fate::kLeftOut) {
      LeaveOut(name, value, table, messages);
    }
  }
}

// {SSEEnabled, SSEType, KMSMasterKeyId} with the API's name for the first.
void MapEncryption(const Node& properties, TableSource& table, std::vector<Message>& messages) {
  const Node* given = properties.Find("SSESpecification");
  if (given == nullptr) return;
  Node encryption = *given;
  std::erase_if(encryption.map, [&](const auto& member) {
    if (member.first != "Enabled") return false;
    messages.push_back({.severity = Severity::kError,
                        .id = "unknown-property",
                        .place = NamePlace(member.second),
                        .text = "Properties validation failed for resource " + table.address +
                                " with message: #/SSESpecification: extraneous key [Enabled] is "
                                "not permitted",
                        .hint = "CloudFormation calls it SSEEnabled"});
    return true;
  });
  for (auto& [name, value] : encryption.map) {
    if (name == "SSEEnabled") name = "Enabled";
  }
  Set(table.request, "SSESpecification", std::move(encryption));
}

// CloudFormation names a view type where the API also wants the stream enabled.
void MapStream(const Node& properties, TableSource& table, std::vector<Message>& messages) {
  const Node* given = properties.Find("StreamSpecification");
  if (given == nullptr) return;
  Node stream = *given;
  if (stream.kind == Node::Kind::kMap) {
    LeaveOutMembers({"ResourcePolicy"}, stream, table, messages);
    if (const Node* enabled = stream.Find("StreamEnabled")) {
      messages.push_back({.severity = Severity::kError,
                          .id = "unknown-property",
                          .place = NamePlace(*enabled),
                          .text = "Properties validation failed for resource " + table.address +
                                  " with message: #/StreamSpecification: extraneous key "
                                  "[StreamEnabled] is not permitted",
                          .hint = "in CloudFormation StreamViewType alone enables the stream"});
    } else {
      Set(stream, "StreamEnabled", MakeBool(stream.place, true));
    }
  }
  Set(table.request, "StreamSpecification", std::move(stream));
}

void MapGlobalIndexes(const Node& properties, TableSource& table, std::vector<Message>& messages) {
  const Node* given = properties.Find("GlobalSecondaryIndexes");
  if (given == nullptr || IsEmptyList(*given)) return;
  Node indexes = *given;
  for (Node& index : indexes.list) {
    LeaveOutMembers({"ContributorInsightsSpecification"}, index, table, messages);
  }
  Set(table.request, "GlobalSecondaryIndexes", std::move(indexes));
}

void Keep(const Node& properties, std::string_view name, Node& into) {
  if (const Node* given = properties.Find(name)) into = *given;
}

// ---- AWS::DynamoDB::GlobalTable.

// Units of provisioned throughput: written out, or the least that auto scaling starts with.
const Node* UnitsOf(const Node* settings, std::string_view fixed, std::string_view scaling,
                    TableSource& table) {
  if (settings == nullptr) return nullptr;
  if (const Node* units = settings->Find(fixed)) return units;
  const Node* scaled = settings->Find(scaling);
  if (scaled == nullptr) return nullptr;
  table.autoscaled = true;
  const Node* seed = scaled->Find("SeedCapacity");
  return seed != nullptr ? seed : scaled->Find("MinCapacity");
}

// The replica that stands for the table here: that of the stack's region, else of the server's,
// else the first.
const Node* OwnReplica(const Node* replicas, std::string_view stack_region) {
  if (replicas == nullptr || replicas->list.empty()) return nullptr;
  for (const std::string_view own : {stack_region, std::string_view("us-east-1")}) {
    for (const Node& replica : replicas->list) {
      if (!own.empty() && TextOf(replica, "Region") == own) return &replica;
    }
  }
  return replicas->list.data();
}

const Node* IndexOf(const Node* replica, const Node& index) {
  const Node* name = index.Find("IndexName");
  const Node* list = replica == nullptr ? nullptr : replica->Find("GlobalSecondaryIndexes");
  if (name == nullptr || list == nullptr) return nullptr;
  for (const Node& own : list->list) {
    const Node* own_name = own.Find("IndexName");
    if (own_name != nullptr && own_name->text == name->text) return &own;
  }
  return nullptr;
}

// What a global table or an index of it says of throughput: reads per replica, writes for all.
// Settings of the kind that the billing mode does not use are allowed and do nothing.
void MapThroughput(const Node& shared, const Node* own, bool on_demand, TableSource& table,
                   Node& into) {
  const auto settings = [&](std::string_view name) -> const Node* {
    const Node* found = own == nullptr ? nullptr : own->Find(name);
    return found != nullptr ? found : shared.Find(name);
  };
  const auto add = [](Node& map, std::string name, const Node* value) {
    if (value != nullptr) Set(map, std::move(name), *value);
  };
  const std::string prefix =
      on_demand ? "OnDemandThroughputSettings" : "ProvisionedThroughputSettings";
  const Node* read = settings("Read" + prefix);
  const Node* write = settings("Write" + prefix);
  const Node* first = read != nullptr ? read : write;
  if (first == nullptr) return;
  Node throughput = MakeNode(Node::Kind::kMap, first->place);
  if (on_demand) {
    add(throughput, "MaxReadRequestUnits",
        read == nullptr ? nullptr : read->Find("MaxReadRequestUnits"));
    add(throughput, "MaxWriteRequestUnits",
        write == nullptr ? nullptr : write->Find("MaxWriteRequestUnits"));
    Set(into, "OnDemandThroughput", std::move(throughput));
    return;
  }
  add(throughput, "ReadCapacityUnits",
      UnitsOf(read, "ReadCapacityUnits", "ReadCapacityAutoScalingSettings", table));
  add(throughput, "WriteCapacityUnits",
      UnitsOf(write, "WriteCapacityUnits", "WriteCapacityAutoScalingSettings", table));
  Set(into, "ProvisionedThroughput", std::move(throughput));
}

void MapReplicatedIndexes(const Node& properties, const Node* replica, bool on_demand,
                          TableSource& table) {
  const Node* given = properties.Find("GlobalSecondaryIndexes");
  if (given == nullptr || IsEmptyList(*given)) return;
  Node indexes = *given;
  for (Node& index : indexes.list) {
    if (index.kind != Node::Kind::kMap) continue;
    Node mapped = index;
    std::erase_if(mapped.map,
                  [](const auto& member) { return member.first.ends_with("ThroughputSettings"); });
    MapThroughput(index, IndexOf(replica, index), on_demand, table, mapped);
    index = std::move(mapped);
  }
  Set(table.request, "GlobalSecondaryIndexes", std::move(indexes));
}

void MapReplica(const Node& given_replica, TableSource& table, std::vector<Message>& messages) {
  Node replica = given_replica;
  LeaveOutMembers({"ContributorInsightsSpecification", "KinesisStreamSpecification",
                   "ReplicaStreamSpecification", "ResourcePolicy"},
                  replica, table, messages);

  for (const std::string_view name : {"DeletionProtectionEnabled", "TableClass", "Tags"}) {
    if (const Node* given = replica.Find(name)) Set(table.request, std::string(name), *given);
  }
  Keep(replica, "PointInTimeRecoverySpecification", table.point_in_time_recovery);
}

void NoteReplicas(const Node* replicas, const Node* own, TableSource& table,
                  std::vector<Message>& messages) {
  if (replicas == nullptr) {
    messages.push_back({.severity = Severity::kError,
                        .id = "replicas",
                        .place = table.place,
                        .text = "Properties validation failed for resource " + table.address +
                                " with message: #: required key [Replicas] not found",
                        .hint = "a global table lists its regions, its own among them"});
    return;
  }
  std::set<std::string_view> seen;
  for (const Node& replica : replicas->list) {
    const Node* region = replica.Find("Region");
    if (region == nullptr) continue;
    if (region->kind == Node::Kind::kString && !seen.insert(region->text).second) {
      messages.push_back({.severity = Severity::kError,
                          .id = "replicas",
                          .place = region->place,
                          .text = table.address + " has two replicas in " + region->text,
                          .hint = "a table has one replica in a region: remove the other"});
    } else if (&replica != own) {
      table.replica_regions.push_back(region->text);
    }
  }
  const Node* stream = table.request.Find("StreamSpecification");
  const Node* view = stream == nullptr ? nullptr : stream->Find("StreamViewType");
  if (replicas->list.size() > 1 && view != nullptr && view->kind == Node::Kind::kString &&
      view->text != "NEW_AND_OLD_IMAGES") {
    messages.push_back({.severity = Severity::kError,
                        .id = "replicas",
                        .place = view->place,
                        .text = table.address + " has " + std::to_string(replicas->list.size()) +
                                " replicas and the StreamViewType " + view->text,
                        .hint = "replication reads the stream: a global table of more than one "
                                "region needs StreamViewType NEW_AND_OLD_IMAGES"});
  }
  if (replicas->list.size() > 1 && stream == nullptr) {
    messages.push_back(
        {.severity = Severity::kError,
         .id = "replicas",
         .place = NamePlace(*replicas),
         .text = table.address + " has " + std::to_string(replicas->list.size()) +
                 " replicas and no StreamSpecification",
         .hint = "replication reads the stream: a global table of more than one region needs "
                 "StreamSpecification with StreamViewType NEW_AND_OLD_IMAGES"});
  }
}

// SAM's name of an attribute type as the API's letter. SAM knows no other names, the letters
// neither.
Node KeyType(const Node& given, const TableSource& table, std::vector<Message>& messages) {
  Node type = given;
  if (given.kind == Node::Kind::kUnresolved) return type;
  for (const char* name : {"String", "Number", "Binary"}) {
    if (given.kind != Node::Kind::kString || given.text != name) continue;
    type.text = given.text.substr(0, 1);
    return type;
  }
  messages.push_back({.severity = Severity::kError,
                      .id = "template",
                      .place = given.place,
                      .text = "Resource with id [" + table.address +
                              "] is invalid. Invalid 'Type' \"" + given.text + "\".",
                      .hint = "PrimaryKey.Type is String, Number or Binary"});
  return MakeUnresolved(given.place, given.text, {});
}

}  // namespace

bool HasProperty(std::string_view type, std::string_view name) {
  std::span<const Property> known = kSimpleTable;
  if (type == "AWS::DynamoDB::Table") known = kTable;
  if (type == "AWS::DynamoDB::GlobalTable") known = kGlobalTable;
  return std::ranges::find(known, name, &Property::name) != known.end();
}

void MapTable(const Node& properties, TableSource& table, std::vector<Message>& messages) {
  MapByTable(kTable, properties, table, messages);
  MapGlobalIndexes(properties, table, messages);
  MapEncryption(properties, table, messages);
  MapStream(properties, table, messages);
  Keep(properties, "TimeToLiveSpecification", table.time_to_live);
  Keep(properties, "PointInTimeRecoverySpecification", table.point_in_time_recovery);
}

void MapGlobalTable(const Node& properties, std::string_view region, TableSource& table,
                    std::vector<Message>& messages) {
  MapByTable(kGlobalTable, properties, table, messages);
  const Node* billing = properties.Find("BillingMode");
  const bool on_demand = billing != nullptr && billing->text == "PAY_PER_REQUEST";
  const Node* replicas = properties.Find("Replicas");
  const Node* own = OwnReplica(replicas, region);
  MapReplicatedIndexes(properties, own, on_demand, table);
  MapThroughput(properties, own, on_demand, table, table.request);
  MapEncryption(properties, table, messages);
  MapStream(properties, table, messages);
  if (own != nullptr) MapReplica(*own, table, messages);
  NoteReplicas(replicas, own, table, messages);
  Keep(properties, "TimeToLiveSpecification", table.time_to_live);
}

void MapSimpleTable(const Node& properties, TableSource& table, std::vector<Message>& messages) {
  MapByTable(kSimpleTable, properties, table, messages);
  const Node* key = properties.Find("PrimaryKey");
  const Place place = key != nullptr ? key->place : table.place;
  Node name = MakeString(place, "id");
  Node type = MakeString(place, "S");
  if (key != nullptr) {
    if (const Node* given = key->Find("Name")) name = *given;
    if (const Node* given = key->Find("Type")) type = KeyType(*given, table, messages);
  }
  Node definition = MakeNode(Node::Kind::kMap, place);
  Set(definition, "AttributeName", name);
  Set(definition, "AttributeType", std::move(type));
  Node definitions = MakeNode(Node::Kind::kList, place);
  definitions.list.push_back(std::move(definition));
  Set(table.request, "AttributeDefinitions", std::move(definitions));
  Node element = MakeNode(Node::Kind::kMap, place);
  Set(element, "AttributeName", std::move(name));
  Set(element, "KeyType", MakeString(place, "HASH"));
  Node schema = MakeNode(Node::Kind::kList, place);
  schema.list.push_back(std::move(element));
  Set(table.request, "KeySchema", std::move(schema));
  if (properties.Find("ProvisionedThroughput") == nullptr) {
    Set(table.request, "BillingMode", MakeString(table.place, "PAY_PER_REQUEST"));
  }
  if (const Node* tags = properties.Find("Tags")) {
    Node list = MakeNode(Node::Kind::kList, tags->place);
    for (const auto& [tag_key, value] : tags->map) {
      Node tag = MakeNode(Node::Kind::kMap, value.place);
      Set(tag, "Key", MakeString(value.place, tag_key));
      Set(tag, "Value", value);
      list.list.push_back(std::move(tag));
    }
    Set(table.request, "Tags", std::move(list));
  }
  MapEncryption(properties, table, messages);
  Keep(properties, "PointInTimeRecoverySpecification", table.point_in_time_recovery);
}

}  // namespace dynarock::schema
