#include "server/schema/cloudformation/replicas.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "server/document/node_path.h"
#include "server/document/number.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

bool IsText(const Node* value) {
  return value != nullptr && value->kind == Kind::kString;
}

// "eu-west-1", "us-gov-east-1": small letters in parts, and a number.
bool LooksLikeRegion(std::string_view name) {
  const size_t dash = name.rfind('-');
  if (dash == std::string_view::npos || name.find('-') == dash) return false;
  const std::string_view number = name.substr(dash + 1);
  const std::string_view words = name.substr(0, dash);
  return !number.empty() &&
         std::ranges::all_of(number, [](unsigned char c) { return std::isdigit(c) != 0; }) &&
         std::ranges::all_of(words,
                             [](unsigned char c) { return std::islower(c) != 0 || c == '-'; });
}

class Checker {
 public:
  Checker(const Node& properties, const StackRegion& region, TableSource& table,
          std::vector<Message>& messages)
      : properties_(properties), region_(region), table_(table), messages_(messages) {}

  void Run(const Node* own) {
    const Node* replicas = properties_.Find("Replicas");
    if (replicas == nullptr) {
      return Say(table_.place,
                 "Properties validation failed for resource " + table_.address +
                     " with message: #: required key [Replicas] not found",
                 "a global table lists its regions, its own among them");
    }
    if (replicas->kind != Kind::kList) return;
    CheckRegions(*replicas, own);
    CheckStream(*replicas);
    CheckConsistency(*replicas);
    CheckScaling(properties_);
    for (const Node& index : ElementsOf(properties_, "GlobalSecondaryIndexes")) {
      CheckScaling(index);
    }
    for (const Node& replica : replicas->list) {
      CheckScaling(replica);
      CheckIndexes(replica);
      if (&replica != own) CheckReads(replica, own);
    }
  }

 private:
  void Say(const Place& place, std::string text, std::string hint,
           Severity severity = Severity::kError) {
    messages_.push_back({.severity = severity,
                         .id = "replicas",
                         .place = place,
                         .text = std::move(text),
                         .hint = std::move(hint)});
  }

  void CheckRegions(const Node& replicas, const Node* own) {
    std::set<std::string_view> seen;
    bool known = true;
    for (const Node& replica : replicas.list) {
      const Node* region = replica.Find("Region");
      if (!IsText(region)) {
        known = false;
        continue;
      }
      if (!LooksLikeRegion(region->text)) {
        Say(region->place, region->text + " is no region",
            "regions are named like eu-west-1 (replica of " + table_.address + ")");
      }
      // What stands in for the stack's own region says nothing of the others.
      const bool stands_in = region_.stands_in && region->text == region_.name_here;
      if (!seen.insert(region->text).second && !stands_in) {
        Say(region->place, table_.address + " has two replicas in " + region->text,
            "a table has one replica in a region: remove the other");
      } else if (&replica != own) {
        table_.replica_regions.push_back(region->text);
      }
    }
    if (known && !region_.name.empty() && !seen.empty() && !seen.contains(region_.name)) {
      Say(NamePlace(replicas),
          table_.address + " has no replica in " + region_.name + ", where its stack is",
          "a global table is made in the region of its stack: list that among Replicas");
    }
  }

  // The stream may be of any view type.
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
  void CheckStream(const Node& replicas) {
    const Node* consistency = properties_.Find("MultiRegionConsistency");
    // A strongly consistent table is not replicated through its stream.
    if (consistency != nullptr && consistency->text != "EVENTUAL") return;
    const auto known = std::ranges::count(replicas.list, Kind::kMap, &Node::kind);
    if (known < 2 || properties_.Find("StreamSpecification") != nullptr) return;
    Say(NamePlace(replicas),
        table_.address + " has " + std::to_string(known) + " replicas and no StreamSpecification",
        "replication reads the stream: a global table of more than one region needs "
        "StreamSpecification with a StreamViewType");
  }

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/multi-region-strong-consistency-gt.html
  void CheckConsistency(const Node& replicas) {
    const Node* consistency = properties_.Find("MultiRegionConsistency");
    const Node* witnesses = properties_.Find("GlobalTableWitnesses");
    if (consistency != nullptr && consistency->kind == Kind::kUnresolved) return;
    if (witnesses != nullptr && witnesses->kind == Kind::kUnresolved) return;
    if (std::ranges::count(replicas.list, Kind::kUnresolved, &Node::kind) > 0) return;
    const bool strong = consistency != nullptr && consistency->text == "STRONG";
    if (!strong) {
      if (witnesses == nullptr) return;
      return Say(NamePlace(*witnesses),
                 "MultiRegionConsistency must be set as STRONG when GlobalTableWitnessUpdates "
                 "parameter is present.",
                 "a witness is part of a strongly consistent table only");
    }
    const size_t regions =
        replicas.list.size() + ElementsOf(properties_, "GlobalTableWitnesses").size();
    if (regions != 3) {
      Say(consistency->place,
          "Unsupported replica count for global tables with MultiRegionConsistency set to STRONG.",
          "there are three regions: three replicas, or two and a witness");
    }
    for (const Node& witness : ElementsOf(properties_, "GlobalTableWitnesses")) {
      const Node* region = witness.Find("Region");
      if (!IsText(region) || std::ranges::none_of(replicas.list, [&](const Node& replica) {
            return TextOf(replica, "Region") == region->text;
          })) {
        continue;
      }
      Say(region->place,
          "Cannot add a witness in the same region as an existing replica when creating a global "
          "table with MultiRegionConsistency set to STRONG.",
          "the witness is in a third region");
    }
  }

  // The settings of auto scaling anywhere in throughput settings of `owner`.
  void CheckScaling(const Node& owner) {
    for (const char* settings :
         {"ReadProvisionedThroughputSettings", "WriteProvisionedThroughputSettings"}) {
      const Node* given = owner.Find(settings);
      if (given == nullptr) continue;
      for (const char* scaling :
           {"ReadCapacityAutoScalingSettings", "WriteCapacityAutoScalingSettings"}) {
        if (const Node* scaled = given->Find(scaling)) CheckOne(*scaled);
      }
    }
  }

  void CheckOne(const Node& scaling) {
    const auto number = [&](const Node& of, const char* name) -> std::optional<long double> {
      const Node* value = of.Find(name);
      if (value == nullptr || value->kind != Kind::kNumber) return std::nullopt;
      return document::NumberOf(value->text);
    };
    const auto least = number(scaling, "MinCapacity");
    const auto most = number(scaling, "MaxCapacity");
    if (least && most && *most < *least) {
      const Node& at = *scaling.Find("MaxCapacity");
      Say(at.place,
          "Maximum capacity cannot be less than minimum capacity: MaxCapacity is " + at.text +
              ", MinCapacity " + scaling.Find("MinCapacity")->text,
          "give the greater number as MaxCapacity");
    }
    const Node* policy = scaling.Find("TargetTrackingScalingPolicyConfiguration");
    const auto target = policy == nullptr ? std::nullopt : number(*policy, "TargetValue");
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
    if (target && (*target < 20 || *target > 90)) {
      const Node& at = *policy->Find("TargetValue");
      Say(at.place,
          "TargetValue " + at.text + " of " + table_.address + " is not a percentage from 20 to 90",
          "auto scaling keeps the used share of the capacity near it", Severity::kWarning);
    }
  }

  // A replica has settings of indexes of the table.
  void CheckIndexes(const Node& replica) {
    const Node* indexes = properties_.Find("GlobalSecondaryIndexes");
    if (indexes != nullptr && indexes->kind != Kind::kList) return;
    std::set<std::string_view> seen;
    for (const Node& own : ElementsOf(replica, "GlobalSecondaryIndexes")) {
      const Node* name = own.Find("IndexName");
      if (!IsText(name)) continue;
      if (!seen.insert(name->text).second) {
        Say(name->place,
            "a replica of " + table_.address + " has two settings of index " + name->text,
            "keep one of them");
        continue;
      }
      const bool known =
          indexes != nullptr && std::ranges::any_of(indexes->list, [&](const Node& index) {
            const Node* other = index.Find("IndexName");
            return other == nullptr || !IsText(other) || other->text == name->text;
          });
      if (known) continue;
      Say(name->place,
          "a replica of " + table_.address + " has settings of an index " + name->text +
              " that the table does not have",
          "GlobalSecondaryIndexes of the table lists all indexes");
    }
  }

  // Reads of a provisioned table are said of all replicas at once, or of each.
  void CheckReads(const Node& replica, const Node* own) {
    constexpr const char* kReads = "ReadProvisionedThroughputSettings";
    const Node* billing = properties_.Find("BillingMode");
    const bool provisioned = billing == nullptr || billing->text == "PROVISIONED";
    // Of the own replica CreateTable says it.
    if (!provisioned || properties_.Find(kReads) != nullptr || own == nullptr ||
        own->Find(kReads) == nullptr || replica.Find(kReads) != nullptr ||
        replica.kind != Kind::kMap) {
      return;
    }
    Say(replica.place, "a replica of " + table_.address + " has no " + std::string(kReads),
        "the table is PROVISIONED: each replica has read capacity, or the table has it for all");
  }

  const Node& properties_;
  const StackRegion& region_;
  TableSource& table_;
  std::vector<Message>& messages_;
};

}  // namespace

void CheckReplicas(const Node& properties, const StackRegion& region, const Node* own,
                   TableSource& table, std::vector<Message>& messages) {
  Checker(properties, region, table, messages).Run(own);
}

}  // namespace dynarock::schema
