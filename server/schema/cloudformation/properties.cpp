// What the mappers of all kinds of tables share, and MapTable.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
#include "server/schema/cloudformation/properties.h"

#include <algorithm>
#include <utility>

#include "server/document/node_path.h"
#include "server/document/spelling.h"
#include "server/schema/cloudformation/tables.h"

namespace dynarock::schema {

namespace {

constexpr Property kTable[] = {
    {"AttributeDefinitions", Fate::kSame},
    {"BillingMode", Fate::kSame},
    {"ContributorInsightsSpecification", Fate::kLeftOut, &kContributorInsights},
    {"DeletionProtectionEnabled", Fate::kSame},
    {"GlobalSecondaryIndexes", Fate::kOwn},
    {"ImportSourceSpecification", Fate::kLeftOut, &kImportSource},
    {"KeySchema", Fate::kSame},
    {"KinesisStreamSpecification", Fate::kLeftOut, &kKinesisStream},
    {"LocalSecondaryIndexes", Fate::kSame},
    {"OnDemandThroughput", Fate::kSame},
    {"PointInTimeRecoverySpecification", Fate::kOwn},
    {"ProvisionedThroughput", Fate::kOwn},
    {"ResourcePolicy", Fate::kLeftOut, &kResourcePolicy},
    {"SSESpecification", Fate::kOwn, &kEncryption},
    {"StreamSpecification", Fate::kOwn},
    {"TableClass", Fate::kSame},
    {"TableName", Fate::kSame},
    {"Tags", Fate::kSame},
    {"TimeToLiveSpecification", Fate::kOwn},
    {"WarmThroughput", Fate::kSame},
};

// Properties of one kind of table that another has elsewhere.
struct Elsewhere {
  std::string_view type;
  std::string_view name;
  std::string_view where;
};
constexpr std::string_view kReplica = "each of Replicas has it";
constexpr Elsewhere kElsewhere[] = {
    {"AWS::DynamoDB::GlobalTable", "ProvisionedThroughput",
     "a global table has WriteProvisionedThroughputSettings, and each of Replicas "
     "ReadProvisionedThroughputSettings"},
    {"AWS::DynamoDB::GlobalTable", "OnDemandThroughput",
     "a global table has WriteOnDemandThroughputSettings, and each of Replicas "
     "ReadOnDemandThroughputSettings"},
    {"AWS::DynamoDB::GlobalTable", "ContributorInsightsSpecification", kReplica},
    {"AWS::DynamoDB::GlobalTable", "DeletionProtectionEnabled", kReplica},
    {"AWS::DynamoDB::GlobalTable", "KinesisStreamSpecification", kReplica},
    {"AWS::DynamoDB::GlobalTable", "PointInTimeRecoverySpecification", kReplica},
    {"AWS::DynamoDB::GlobalTable", "ResourcePolicy", kReplica},
    {"AWS::DynamoDB::GlobalTable", "TableClass", kReplica},
    {"AWS::DynamoDB::GlobalTable", "Tags", kReplica},
    {"AWS::Serverless::SimpleTable", "AttributeDefinitions",
     "PrimaryKey names the one key attribute and its type"},
    {"AWS::Serverless::SimpleTable", "KeySchema",
     "PrimaryKey names the one key attribute and its type"},
    {"AWS::Serverless::SimpleTable", "BillingMode",
     "it is billed by request unless it has ProvisionedThroughput"},
};

std::string HintFor(std::span<const Property> known, const std::string& name,
                    const TableSource& table, const std::string& meant) {
  const auto elsewhere = std::ranges::find_if(
      kElsewhere, [&](const Elsewhere& e) { return e.type == table.type && e.name == name; });
  std::string hint = table.type + " has no property of this name; ";
  if (elsewhere != std::end(kElsewhere)) return hint + std::string(elsewhere->where);
  if (!meant.empty()) return hint + "did you mean " + meant + "?";
  const bool plain =
      std::ranges::find(TableProperties(), name, &Property::name) != TableProperties().end();
  if (plain && known.data() != TableProperties().data()) {
    return hint + "AWS::DynamoDB::Table has it";
  }
  return hint + "is it misspelt?";
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

void LeaveOut(std::string_view name, const Node& member, const TableSource& table,
              std::vector<Message>& messages) {
  messages.push_back({.severity = Severity::kNote,
                      .id = "left-out",
                      .place = NamePlace(member),
                      .text = std::string(name) + " of " + table.address + " is left out",
                      .hint = "it is checked, but dynarock does not have it yet"});
}

// Whether the units are nothing, or known only when they are deployed.
bool MayBeNoUnits(const Node& throughput, std::string_view name) {
  const Node* units = throughput.Find(name);
  if (units == nullptr) return false;
  if (units->kind == Node::Kind::kUnresolved) return true;
  return (units->kind == Node::Kind::kNumber || units->kind == Node::Kind::kString) &&
         units->text == "0";
}

// Whether CloudFormation sends no throughput, since a table that is billed by request has none but
// these zeros. Observed: units are often parameters, which are 0 by default, and such tables are
// deployed; the API refuses the same.
bool IsNoThroughput(const Node& throughput, bool on_demand) {
  if (!on_demand) return false;
  if (throughput.kind == Node::Kind::kUnresolved) return true;
  return MayBeNoUnits(throughput, "ReadCapacityUnits") &&
         MayBeNoUnits(throughput, "WriteCapacityUnits");
}

void MapGlobalIndexes(const Node& properties, bool on_demand, TableSource& table,
                      std::vector<Message>& messages) {
  const Node* given = properties.Find("GlobalSecondaryIndexes");
  if (given == nullptr || IsEmptyList(*given)) return;
  Node indexes = *given;
  for (size_t i = 0; i < indexes.list.size(); ++i) {
    Node& index = indexes.list[i];
    LeaveOutMember("ContributorInsightsSpecification", kContributorInsights,
                   "#/GlobalSecondaryIndexes/" + std::to_string(i), index, table, messages);
    std::erase_if(index.map, [&](const auto& member) {
      return member.first == "ProvisionedThroughput" && IsNoThroughput(member.second, on_demand);
    });
  }
  Set(table.request, "GlobalSecondaryIndexes", std::move(indexes));
}

void Keep(const Node& properties, std::string_view name, Node& into) {
  if (const Node* given = properties.Find(name)) into = *given;
}

}  // namespace

std::span<const Property> TableProperties() {
  return kTable;
}

void Set(Node& map, std::string name, Node value) {
  map.map.emplace_back(std::move(name), std::move(value));
}

bool IsEmptyList(const Node& value) {
  return value.kind == Node::Kind::kList && value.list.empty();
}

Node CheckedProperties(std::span<const Property> known, const Node& properties, TableSource& table,
                       std::vector<Message>& messages) {
  Node checked = MakeNode(Node::Kind::kMap, properties.place);
  checked.TakeName(properties);
  std::vector<std::string> misspelt;
  for (const auto& [name, value] : properties.map) {
    const auto property = std::ranges::find(known, std::string_view(name), &Property::name);
    if (property == known.end()) {
      std::string meant = MeantProperty(known, name, properties);
      messages.push_back({.severity = Severity::kError,
                          .id = "unknown-property",
                          .place = NamePlace(value),
                          .text = "Properties validation failed for resource " + table.address +
                                  " with message: #: extraneous key [" + name +
                                  "] is not permitted",
                          .hint = HintFor(known, name, table, meant)});
      // It stands for what is missing where it belongs.
      if (name == "ProvisionedThroughput") {
        Set(table.request, name, MakeUnresolved(value.place, {}, {}));
      }
      if (meant.empty()) continue;
      // Not missing, only misspelt.
      Set(checked, std::move(meant), MakeUnresolved(value.place, {}, {}));
      continue;
    }
    Set(checked, name, value);
    if (property->shape == nullptr) continue;
    CheckProperty(checked.map.back().second, *property->shape, "#/" + name, table, messages);
  }
  return checked;
}

void MapByTable(std::span<const Property> known, const Node& properties, TableSource& table,
                std::vector<Message>& messages) {
  for (const auto& [name, value] : properties.map) {
    const auto property = std::ranges::find(known, std::string_view(name), &Property::name);
    if (property == known.end()) continue;
    if (name == "LocalSecondaryIndexes" && IsEmptyList(value)) continue;
    if (property->fate == Fate::kSame) Set(table.request, name, value);
    if (property->fate == Fate::kLeftOut) LeaveOut(name, value, table, messages);
  }
}

void MapEncryption(const Node& properties, TableSource& table) {
  const Node* given = properties.Find("SSESpecification");
  if (given == nullptr) return;
  Node encryption = *given;
  for (auto& [name, value] : encryption.map) {
    if (name == "SSEEnabled") name = "Enabled";
  }
  Set(table.request, "SSESpecification", std::move(encryption));
}

void MapStream(const Node& properties, TableSource& table, std::vector<Message>& messages) {
  const Node* given = properties.Find("StreamSpecification");
  if (given == nullptr) return;
  Node stream = *given;
  if (stream.kind == Node::Kind::kMap) {
    if (table.type == "AWS::DynamoDB::Table") {
      LeaveOutMember("ResourcePolicy", kResourcePolicy, "#/StreamSpecification", stream, table,
                     messages);
    }
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

void LeaveOutMember(std::string_view name, const PropertyShape& shape, const std::string& path,
                    Node& map, const TableSource& table, std::vector<Message>& messages) {
  std::erase_if(map.map, [&](auto& member) {
    if (member.first != name) return false;
    CheckProperty(member.second, shape, path + "/" + std::string(name), table, messages);
    LeaveOut(name, member.second, table, messages);
    return true;
  });
}

void RefuseUnknown(std::span<const std::string_view> known, const std::string& path, Node& map,
                   const TableSource& table, std::vector<Message>& messages) {
  std::vector<std::string_view> missing;
  for (const std::string_view name : known) {
    if (map.Find(name) == nullptr) missing.push_back(name);
  }
  std::vector<std::string> meant;
  std::erase_if(map.map, [&](const auto& member) {
    if (std::ranges::find(known, std::string_view(member.first)) != known.end()) return false;
    constexpr size_t kMostLetters = 3;
    const std::string near(document::Misspelt(member.first, missing, kMostLetters));
    std::string hint = near.empty() ? "is it misspelt?" : "did you mean " + near + "?";
    for (const Elsewhere& elsewhere : kElsewhere) {
      if (elsewhere.type == table.type && elsewhere.name == member.first) hint = elsewhere.where;
    }
    messages.push_back({.severity = Severity::kError,
                        .id = "unknown-property",
                        .place = NamePlace(member.second),
                        .text = "Properties validation failed for resource " + table.address +
                                " with message: " + path + ": extraneous key [" + member.first +
                                "] is not permitted",
                        .hint = "there is no property of this name here; " + hint});
    if (!near.empty()) meant.push_back(near);
    return true;
  });
  for (std::string& name : meant) Set(map, std::move(name), MakeUnresolved(map.place, {}, {}));
}

bool HasProperty(std::string_view type, std::string_view name) {
  std::span<const Property> known = SimpleTableProperties();
  if (type == "AWS::DynamoDB::Table") known = TableProperties();
  if (type == "AWS::DynamoDB::GlobalTable") known = GlobalTableProperties();
  return std::ranges::find(known, name, &Property::name) != known.end();
}

void MapTable(const Node& given, TableSource& table, std::vector<Message>& messages) {
  const Node properties = CheckedProperties(kTable, given, table, messages);
  MapByTable(kTable, properties, table, messages);
  const Node* billing = properties.Find("BillingMode");
  const bool on_demand = billing != nullptr && billing->text == "PAY_PER_REQUEST" &&
                         billing->kind == Node::Kind::kString;
  const Node* throughput = properties.Find("ProvisionedThroughput");
  if (throughput != nullptr && !IsNoThroughput(*throughput, on_demand)) {
    Set(table.request, "ProvisionedThroughput", *throughput);
  }
  MapGlobalIndexes(properties, on_demand, table, messages);
  MapEncryption(properties, table);
  MapStream(properties, table, messages);
  Keep(properties, "TimeToLiveSpecification", table.time_to_live);
  Keep(properties, "PointInTimeRecoverySpecification", table.point_in_time_recovery);
}

}  // namespace dynarock::schema
