#include "server/schema/start/wanted_table.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "server/document/node_path.h"
#include "server/operations/tables/new_table.h"
#include "server/schema/review/table_check.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

const Node* FirstUnresolved(const Node& node) {
  if (node.kind == Kind::kUnresolved) return &node;
  for (const Node& element : node.list) {
    if (const Node* found = FirstUnresolved(element)) return found;
  }
  for (const auto& [name, value] : node.map) {
    if (const Node* found = FirstUnresolved(value)) return found;
  }
  return nullptr;
}

Message Unknown(const TableSource& source, const Node& value) {
  return {.severity = Severity::kError,
          .id = "unresolved",
          .place = value.place,
          .text = value.why.empty() ? std::string()
                                    : source.address + " cannot be made: " + value.text +
                                          " is known only when it is deployed (" + value.why + ")",
          .hint = {}};
}

bool IsTrue(const Node& map, std::string_view name) {
  const Node* member = map.Find(name);
  return member != nullptr && member->kind == Kind::kBool && member->boolean;
}

std::string_view TypeLetter(Type type) {
  return type == Type::kNumber ? "N" : type == Type::kBinary ? "B" : "S";
}

std::string KeyText(const KeySchema& key, const TableDescription& table) {
  std::string text;
  for (const KeyElement& element : key) {
    if (!text.empty()) text += ", ";
    const AttributeDefinition* definition = table.FindAttribute(element.attribute);
    text += element.attribute;
    text += element.role == KeyRole::kHash ? " HASH" : " RANGE";
    if (definition != nullptr) text.append(" ").append(TypeLetter(definition->type));
  }
  return text;
}

std::string ProjectionText(const Projection& projection) {
  if (projection.type == ProjectionType::kAll) return "ALL";
  if (projection.type == ProjectionType::kKeysOnly) return "KEYS_ONLY";
  std::string text;
  const std::set<std::string> names(projection.non_key_attributes.begin(),
                                    projection.non_key_attributes.end());
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return "INCLUDE " + text;
}

// Tags and the name of a key change no answer: what of them only deployment knows is left out.
void LeaveOutUnknown(Node& request, const TableSource& source, std::vector<std::string>& notes) {
  const auto note = [&](const std::string& what, const Node& value) {
    notes.push_back(what + " of " + source.address + " left out: " + value.text +
                    " is known only when it is deployed");
  };
  for (auto& [name, member] : request.map) {
    if (name == "Tags") {
      std::erase_if(member.list, [&](const Node& tag) {
        const Node* unknown = FirstUnresolved(tag);
        if (unknown != nullptr) note("a tag", *unknown);
        return unknown != nullptr;
      });
    }
    if (name == "SSESpecification") {
      std::erase_if(member.map, [&](const auto& part) {
        const bool unknown =
            part.first == "KMSMasterKeyId" && part.second.kind == Kind::kUnresolved;
        if (unknown) note("KMSMasterKeyId", part.second);
        return unknown;
      });
    }
  }
  std::erase_if(request.map, [&](const auto& member) {
    const bool unknown = member.first == "Tags" && member.second.kind == Kind::kUnresolved;
    if (unknown) note("Tags", member.second);
    return unknown;
  });
}

class Comparison {
 public:
  Comparison(const TableDescription& wanted, const TableDescription& actual,
             const std::string& actual_name)
      : wanted_(wanted), actual_(actual), name_(actual_name) {}

  std::vector<Difference> Run() {
    Same("KeySchema", KeyText(wanted_.key, wanted_), KeyText(actual_.key, actual_));
    Indexes("LocalSecondaryIndexes", wanted_.local_indexes, actual_.local_indexes);
    Indexes("GlobalSecondaryIndexes", wanted_.global_indexes, actual_.global_indexes);
    Same("StreamSpecification", StreamText(wanted_), StreamText(actual_));
    Same("TimeToLiveSpecification", TtlText(wanted_), TtlText(actual_));
    behaviour_ = false;
    Same("BillingMode", BillingText(wanted_), BillingText(actual_));
    if (wanted_.billing == actual_.billing) Capacity("", wanted_, actual_);
    for (const IndexDescription& index : wanted_.global_indexes) {
      const auto other = std::find_if(actual_.global_indexes.begin(), actual_.global_indexes.end(),
                                      [&](const auto& i) { return i.name == index.name; });
      if (other == actual_.global_indexes.end() || wanted_.billing != actual_.billing) continue;
      Capacity(" of the index " + index.name, index, *other);
    }
    Same("PointInTimeRecoverySpecification", OnOff(wanted_.recovery.enabled),
         OnOff(actual_.recovery.enabled));
    if (wanted_.recovery.enabled && actual_.recovery.enabled) {
      Same("RecoveryPeriodInDays", std::to_string(wanted_.recovery.period_days),
           std::to_string(actual_.recovery.period_days));
    }
    Same("DeletionProtectionEnabled", OnOff(wanted_.deletion_protection),
         OnOff(actual_.deletion_protection));
    Same("TableClass", ClassText(wanted_), ClassText(actual_));
    Same("SSESpecification", EncryptionText(wanted_), EncryptionText(actual_));
    Same("Tags", TagText(wanted_), TagText(actual_));
    return std::move(differences_);
  }

 private:
  void Say(std::string_view member, std::string text) {
    differences_.push_back(
        {.member = std::string(member), .text = std::move(text), .behaviour = behaviour_});
  }

  void Same(std::string_view member, const std::string& wanted, const std::string& actual) {
    if (wanted == actual) return;
    Say(member, std::string(member) + " is " + wanted + " in the file, " + actual + " in " + name_);
  }

  // Of a table or a global index.
  void Capacity(const std::string& owner, const auto& wanted, const auto& actual) {
    Same("ProvisionedThroughput" + owner, UnitsText(wanted.throughput),
         UnitsText(actual.throughput));
    Same("OnDemandThroughput" + owner, OnDemandText(wanted.on_demand),
         OnDemandText(actual.on_demand));
    Same("WarmThroughput" + owner, WarmText(wanted.warm), WarmText(actual.warm));
  }

  void Indexes(std::string_view member, const std::vector<IndexDescription>& wanted,
               const std::vector<IndexDescription>& actual) {
    std::map<std::string_view, const IndexDescription*> others;
    for (const IndexDescription& index : actual) {
      if (index.status != Status::kDeleting) others.emplace(index.name, &index);
    }
    for (const IndexDescription& index : wanted) {
      const auto other = others.find(index.name);
      if (other == others.end()) {
        Say(member, "the file has the index " + index.name + ", " + name_ + " does not");
        continue;
      }
      Index(member, index, *other->second);
      others.erase(other);
    }
    for (const auto& [name, index] : others) {
      Say(member, name_ + " has the index " + std::string(name) + ", the file does not");
    }
  }

  void Index(std::string_view member, const IndexDescription& wanted,
             const IndexDescription& actual) {
    const auto same = [&](std::string_view part, const std::string& a, const std::string& b) {
      if (a == b) return;
      Say(member, std::string(part) + " of the index " + wanted.name + " is " + a +
                      " in the file, " + b + " in " + name_);
    };
    same("KeySchema", KeyText(wanted.key, wanted_), KeyText(actual.key, actual_));
    same("Projection", ProjectionText(wanted.projection), ProjectionText(actual.projection));
  }

  static std::string OnOff(bool on) { return on ? "on" : "off"; }
  static std::string StreamText(const TableDescription& table) {
    return table.stream.enabled ? std::string(StreamViewTypeName(table.stream.view_type)) : "off";
  }
  static std::string TtlText(const TableDescription& table) {
    return table.ttl.enabled ? table.ttl.attribute : "off";
  }
  static std::string BillingText(const TableDescription& table) {
    return table.billing == BillingMode::kPayPerRequest ? "PAY_PER_REQUEST" : "PROVISIONED";
  }
  static std::string UnitsText(const Throughput& units) {
    return std::to_string(units.read) + " read and " + std::to_string(units.write) + " write units";
  }
  static std::string Pair(std::optional<int64_t> read, std::optional<int64_t> write) {
    return (read ? std::to_string(*read) : "any") + " read and " +
           (write ? std::to_string(*write) : "any") + " write units";
  }
  static std::string OnDemandText(const std::optional<OnDemandThroughput>& limits) {
    return limits && (limits->max_read || limits->max_write)
               ? Pair(limits->max_read, limits->max_write)
               : "without limits";
  }
  static std::string WarmText(const std::optional<WarmThroughput>& warm) {
    return warm && (warm->read || warm->write) ? Pair(warm->read, warm->write) : "the default";
  }
  static std::string ClassText(const TableDescription& table) {
    return table.table_class.empty() ? "STANDARD" : table.table_class;
  }
  static std::string EncryptionText(const TableDescription& table) {
    if (!table.encryption || !table.encryption->enabled) return "off";
    return table.encryption->key_id.empty() ? "on" : table.encryption->key_id;
  }
  static std::string TagText(const TableDescription& table) {
    std::map<std::string, std::string> tags;
    for (const Tag& tag : table.tags) tags[tag.key] = tag.value;
    std::string text = "{";
    for (const auto& [key, value] : tags) {
      text += (text.size() > 1 ? ", " : "") + key + "=" + value;
    }
    return text + "}";
  }

  const TableDescription& wanted_;
  const TableDescription& actual_;
  const std::string& name_;
  bool behaviour_ = true;
  std::vector<Difference> differences_;
};

}  // namespace

std::expected<WantedTable, Message> Want(const TableSource& source, const std::string& made_up_name,
                                         std::string_view region) {
  CheckedTable checked = CheckTable(source);
  for (const Message& message : checked.messages) {
    if (message.severity == Severity::kError) return std::unexpected(message);
  }
  WantedTable wanted;
  LeaveOutUnknown(checked.request, source, wanted.notes);
  for (const Node* part :
       {&checked.request, &checked.time_to_live, &checked.point_in_time_recovery}) {
    if (const Node* unknown = FirstUnresolved(*part)) {
      return std::unexpected(Unknown(source, *unknown));
    }
  }
  Node& request = checked.request;
  if (request.Find("TableName") == nullptr) {
    request.map.emplace_back("TableName", MakeString(source.place, made_up_name));
    wanted.name_made_up = true;
  }
  wanted.address = source.address;
  wanted.type = source.type;
  wanted.place = source.place;
  AppendJson(request, wanted.request);
  JsonDocument document;
  // The files' word goes before the option's, but for a global table, which is in several.
  const std::string& own = source.home.region;
  std::string_view made_in = region;
  if (!own.empty() && (region.empty() || source.replica_regions.empty())) made_in = own;
  if (made_in.empty()) made_in = "us-east-1";
  // The checks above have passed this text.
  auto table =
      document.Parse(wanted.request)
          ? operations::ReadNewTable(document.root(), made_in, 0)
          : Result<TableDescription>(Fail(Internal("a table could not be written as JSON")));
  if (!table) {
    return std::unexpected(Message{.severity = Severity::kError,
                                   .id = "create-table",
                                   .place = source.place,
                                   .text = table.error().message,
                                   .hint = {}});
  }
  wanted.table = *std::move(table);
  wanted.table.ttl.enabled = IsTrue(checked.time_to_live, "Enabled");
  wanted.table.ttl.attribute = TextOf(checked.time_to_live, "AttributeName");
  wanted.table.recovery.enabled =
      IsTrue(checked.point_in_time_recovery, "PointInTimeRecoveryEnabled");
  // The checks have let no other number pass than the service takes.
  const Node* days = checked.point_in_time_recovery.Find("RecoveryPeriodInDays");
  if (days != nullptr && days->kind == Kind::kNumber) {
    wanted.table.recovery.period_days =
        static_cast<int32_t>(std::strtol(days->text.c_str(), nullptr, 10));
  }
  return wanted;
}

std::vector<Difference> Differences(const TableDescription& wanted, const TableDescription& actual,
                                    const std::string& actual_name) {
  return Comparison(wanted, actual, actual_name).Run();
}

}  // namespace dynarock::schema
