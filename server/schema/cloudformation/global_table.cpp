// MapGlobalTable: the replica of the stack's region as a table; what is said of all of them.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/document/node_path.h"
#include "server/schema/cloudformation/properties.h"
#include "server/schema/cloudformation/replicas.h"
#include "server/schema/cloudformation/tables.h"

namespace dynarock::schema {

namespace {

constexpr Property kGlobalTable[] = {
    {"AttributeDefinitions", Fate::kSame},
    {"BillingMode", Fate::kSame},
    {"GlobalSecondaryIndexes", Fate::kOwn},
    {"GlobalTableSettingsReplicationMode", Fate::kLeftOut, &kReplicationMode},
    {"GlobalTableSourceArn", Fate::kLeftOut, &kAnyText},
    {"GlobalTableWitnesses", Fate::kLeftOut, &kWitnesses},
    {"KeySchema", Fate::kSame},
    {"LocalSecondaryIndexes", Fate::kSame},
    {"MultiRegionConsistency", Fate::kLeftOut, &kConsistency},
    {"ReadOnDemandThroughputSettings", Fate::kOwn, &kReadOnDemand},
    {"ReadProvisionedThroughputSettings", Fate::kOwn, &kReadProvisioned},
    {"Replicas", Fate::kOwn, &kReplicas},
    {"SSESpecification", Fate::kOwn, &kSharedEncryption},
    {"StreamSpecification", Fate::kOwn},
    {"TableName", Fate::kSame},
    {"TimeToLiveSpecification", Fate::kOwn},
    {"WarmThroughput", Fate::kSame},
    {"WriteOnDemandThroughputSettings", Fate::kOwn, &kWriteOnDemand},
    {"WriteProvisionedThroughputSettings", Fate::kOwn, &kWriteProvisioned},
};

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
  // Whatever it comes to, the table's replica is among them.
  if (replicas != nullptr && replicas->kind == Node::Kind::kUnresolved) return replicas;
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
  const std::string member = on_demand ? "OnDemandThroughput" : "ProvisionedThroughput";
  if (first == nullptr || into.Find(member) != nullptr) return;
  // What an unknown replica says may be what is missing.
  if (read == nullptr && own != nullptr && own->kind == Node::Kind::kUnresolved) {
    Set(into, member, MakeUnresolved(own->place, {}, {}));
    return;
  }
  for (const Node* given : {read, write}) {
    if (given == nullptr || given->kind != Node::Kind::kUnresolved) continue;
    Set(into, member, *given);
    return;
  }
  Node throughput = MakeNode(Node::Kind::kMap, first->place);
  if (on_demand) {
    add(throughput, "MaxReadRequestUnits",
        read == nullptr ? nullptr : read->Find("MaxReadRequestUnits"));
    add(throughput, "MaxWriteRequestUnits",
        write == nullptr ? nullptr : write->Find("MaxWriteRequestUnits"));
  } else {
    add(throughput, "ReadCapacityUnits",
        UnitsOf(read, "ReadCapacityUnits", "ReadCapacityAutoScalingSettings", table));
    add(throughput, "WriteCapacityUnits",
        UnitsOf(write, "WriteCapacityUnits", "WriteCapacityAutoScalingSettings", table));
  }
  Set(into, member, std::move(throughput));
}

void MapReplicatedIndexes(const Node& properties, const Node* replica, bool on_demand,
                          TableSource& table, std::vector<Message>& messages) {
  struct Setting {
    std::string_view name;
    const PropertyShape* shape;
  };
  const Setting settings[] = {{"ReadOnDemandThroughputSettings", &kReadOnDemand},
                              {"ReadProvisionedThroughputSettings", &kReadProvisioned},
                              {"WriteOnDemandThroughputSettings", &kWriteOnDemand},
                              {"WriteProvisionedThroughputSettings", &kWriteProvisioned}};
  std::vector<std::string_view> known = {"IndexName", "KeySchema", "Projection", "WarmThroughput"};
  for (const Setting& setting : settings) known.push_back(setting.name);
  const Node* given = properties.Find("GlobalSecondaryIndexes");
  if (given == nullptr || IsEmptyList(*given)) return;
  Node indexes = *given;
  for (size_t i = 0; i < indexes.list.size(); ++i) {
    Node& index = indexes.list[i];
    if (index.kind != Node::Kind::kMap) continue;
    const std::string path = "#/GlobalSecondaryIndexes/" + std::to_string(i);
    RefuseUnknown(known, path, index, table, messages);
    Node mapped = MakeNode(Node::Kind::kMap, index.place);
    for (auto& [name, value] : index.map) {
      const auto setting = std::ranges::find(settings, std::string_view(name), &Setting::name);
      if (setting == std::end(settings)) {
        Set(mapped, name, value);
      } else {
        CheckProperty(value, *setting->shape, path + "/" + name, table, messages);
      }
    }
    MapThroughput(index, IndexOf(replica, index), on_demand, table, mapped);
    index = std::move(mapped);
  }
  Set(table.request, "GlobalSecondaryIndexes", std::move(indexes));
}

// A provisioned global table has its writes scaled; so have its indexes.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
void RefuseUnscaledWrites(const Node& properties, TableSource& table) {
  constexpr std::string_view kWrites = "WriteProvisionedThroughputSettings";
  const auto refuse = [&](const Place& place, std::string text, std::vector<ServiceSays> says) {
    table.refusals.push_back({.message = {.severity = Severity::kError,
                                          .id = "replicas",
                                          .place = place,
                                          .text = std::move(text),
                                          .hint = "give it " + std::string(kWrites) +
                                                  ", or the table BillingMode PAY_PER_REQUEST"},
                              .service_says = std::move(says)});
  };
  if (properties.Find(kWrites) == nullptr) {
    // What the table lacks its indexes lack as well.
    return refuse(table.place,
                  "Table write capacity should either be Pay-Per-Request or AutoScaled.",
                  {{.cause = Cause::kThroughputMissing},
                   {.path = "provisionedThroughput.writeCapacityUnits"},
                   {.cause = Cause::kIndexThroughputMissing}});
  }
  const std::vector<Node>& indexes = ElementsOf(properties, "GlobalSecondaryIndexes");
  for (size_t i = 0; i < indexes.size(); ++i) {
    if (indexes[i].kind != Node::Kind::kMap || indexes[i].Find(kWrites) != nullptr) continue;
    refuse(indexes[i].place, "GSI write capacity should either be Pay-Per-Request or AutoScaled.",
           {{.cause = Cause::kIndexThroughputMissing},
            {.path = "globalSecondaryIndexes." + std::to_string(i + 1) +
                     ".member.provisionedThroughput.writeCapacityUnits"}});
  }
}

void MapReplica(const Node& replica, TableSource& table) {
  for (const std::string_view name : {"DeletionProtectionEnabled", "TableClass", "Tags"}) {
    if (const Node* given = replica.Find(name)) Set(table.request, std::string(name), *given);
  }
  if (const Node* recovery = replica.Find("PointInTimeRecoverySpecification")) {
    table.point_in_time_recovery = *recovery;
  }
}

}  // namespace

std::span<const Property> GlobalTableProperties() {
  return kGlobalTable;
}

void MapGlobalTable(const Node& given, const StackRegion& region, TableSource& table,
                    std::vector<Message>& messages) {
  const Node properties = CheckedProperties(kGlobalTable, given, table, messages);
  MapByTable(kGlobalTable, properties, table, messages);
  const Node* billing = properties.Find("BillingMode");
  const bool on_demand = billing != nullptr && billing->text == "PAY_PER_REQUEST";
  const Node* replicas = properties.Find("Replicas");
  const Node* own = OwnReplica(replicas, region.name);
  MapReplicatedIndexes(properties, own, on_demand, table, messages);
  MapThroughput(properties, own, on_demand, table, table.request);
  const bool provisioned = billing == nullptr || billing->text == "PROVISIONED";
  // Where a table's own throughput was written by mistake, that is told.
  const Node* mistaken = table.request.Find("ProvisionedThroughput");
  if (provisioned && (mistaken == nullptr || mistaken->kind != Node::Kind::kUnresolved)) {
    RefuseUnscaledWrites(properties, table);
  }
  MapEncryption(properties, table);
  MapStream(properties, table, messages);
  if (own != nullptr) MapReplica(*own, table);
  CheckReplicas(properties, region, own, table, messages);
  if (const Node* ttl = properties.Find("TimeToLiveSpecification")) table.time_to_live = *ttl;
}

}  // namespace dynarock::schema
