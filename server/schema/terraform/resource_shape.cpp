#include "server/schema/terraform/resource_shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "server/document/number.h"
#include "server/document/spelling.h"
#include "server/schema/hcl/value.h"
#include "server/schema/terraform/value_rule.h"

namespace dynarock::schema::terraform {
namespace {

using Kind = Node::Kind;
using enum ArgumentShape::Type;
using enum ArgumentShape::Use;

constexpr std::array kTypes = std::to_array<std::string_view>({"S", "N", "B"});
constexpr std::array kModes = std::to_array<std::string_view>({"PROVISIONED", "PAY_PER_REQUEST"});
constexpr std::array kProjections =
    std::to_array<std::string_view>({"ALL", "KEYS_ONLY", "INCLUDE"});
constexpr std::array kViews = std::to_array<std::string_view>(
    {"NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY", ""});
constexpr std::array kClasses =
    std::to_array<std::string_view>({"STANDARD", "STANDARD_INFREQUENT_ACCESS"});
constexpr ValueRule kArn = {.arn = true};
constexpr ValueRule kDuration = {.duration = true};

constexpr std::array kAttributeArguments = std::to_array<ArgumentShape>({
    {"name", kText, kRequired},
    {"type", kText, kRequired, {.one_of = kTypes}},
});
constexpr std::array kOnDemandArguments = std::to_array<ArgumentShape>({
    {"max_read_request_units", kNumber, kOptional},
    {"max_write_request_units", kNumber, kOptional},
});
constexpr std::array kWarmArguments = std::to_array<ArgumentShape>({
    {"read_units_per_second", kNumber, kOptional},
    {"write_units_per_second", kNumber, kOptional},
});
constexpr std::array kKeySchemaArguments = std::to_array<ArgumentShape>({
    {"attribute_name", kText, kRequired},
    {"key_type", kText, kRequired},
});
constexpr std::array kGlobalIndexArguments = std::to_array<ArgumentShape>({
    {"name", kText, kRequired},
    {"hash_key", kText, kOptional},
    {"range_key", kText, kOptional},
    {"projection_type", kText, kRequired, {.one_of = kProjections}},
    {"non_key_attributes", kTexts, kOptional},
    {"read_capacity", kNumber, kOptional},
    {"write_capacity", kNumber, kOptional},
});
constexpr std::array kGlobalIndexBlocks = std::to_array<BlockShape>({
    {"key_schema", 0, false, kKeySchemaArguments, {}},
    {"on_demand_throughput", 1, false, kOnDemandArguments, {}},
    {"warm_throughput", 1, false, kWarmArguments, {}},
});
constexpr std::array kLocalIndexArguments = std::to_array<ArgumentShape>({
    {"name", kText, kRequired},
    {"range_key", kText, kRequired},
    {"projection_type", kText, kRequired, {.one_of = kProjections}},
    {"non_key_attributes", kTexts, kOptional},
});
constexpr std::array kRecoveryArguments = std::to_array<ArgumentShape>({
    {"enabled", kTruth, kRequired},
    {"recovery_period_in_days", kNumber, kOptional, {.least = 1, .most = 35}},
});
constexpr std::array kReplicaArguments = std::to_array<ArgumentShape>({
    {"region_name", kText, kRequired},
    {"kms_key_arn", kText, kOptional, kArn},
    {"point_in_time_recovery", kTruth, kOptional},
    {"propagate_tags", kTruth, kOptional},
    {"consistency_mode", kText, kOptional},
    {"deletion_protection_enabled", kTruth, kOptional},
    {"arn", kText, kComputed},
    {"stream_arn", kText, kComputed},
    {"stream_label", kText, kComputed},
});
constexpr std::array kWitnessArguments = std::to_array<ArgumentShape>({
    {"region_name", kText, kOptional},
});
constexpr std::array kEncryptionArguments = std::to_array<ArgumentShape>({
    {"enabled", kTruth, kRequired},
    {"kms_key_arn", kText, kOptional, kArn},
});
constexpr std::array kTtlArguments = std::to_array<ArgumentShape>({
    {"attribute_name", kText, kOptional},
    {"enabled", kTruth, kOptional},
});
constexpr std::array kCsvArguments = std::to_array<ArgumentShape>({
    {"delimiter", kText, kOptional},
    {"header_list", kTexts, kOptional},
});
constexpr std::array kFormatBlocks = std::to_array<BlockShape>({
    {"csv", 1, false, kCsvArguments, {}},
});
constexpr std::array kBucketArguments = std::to_array<ArgumentShape>({
    {"bucket", kText, kRequired},
    {"bucket_owner", kText, kOptional},
    {"key_prefix", kText, kOptional},
});
constexpr std::array kImportArguments = std::to_array<ArgumentShape>({
    {"input_compression_type", kText, kOptional},
    {"input_format", kText, kRequired},
});
constexpr std::array kImportBlocks = std::to_array<BlockShape>({
    {"input_format_options", 1, false, {}, kFormatBlocks},
    {"s3_bucket_source", 1, true, kBucketArguments, {}},
});
constexpr std::array kTimeoutArguments = std::to_array<ArgumentShape>({
    {"create", kText, kOptional, kDuration},
    {"delete", kText, kOptional, kDuration},
    {"update", kText, kOptional, kDuration},
});
constexpr std::array kTableArguments = std::to_array<ArgumentShape>({
    {"name", kText, kRequired},
    {"billing_mode", kText, kOptional, {.one_of = kModes}},
    {"deletion_protection_enabled", kTruth, kOptional},
    {"hash_key", kText, kOptional},
    {"range_key", kText, kOptional},
    {"read_capacity", kNumber, kOptional},
    {"write_capacity", kNumber, kOptional},
    {"region", kText, kOptional},
    {"restore_backup_arn", kText, kOptional},
    {"restore_date_time", kText, kOptional},
    {"restore_source_name", kText, kOptional},
    {"restore_source_table_arn", kText, kOptional, kArn},
    {"restore_to_latest_time", kTruth, kOptional},
    {"stream_enabled", kTruth, kOptional},
    {"stream_view_type", kText, kOptional, {.one_of = kViews}},
    {"table_class", kText, kOptional, {.one_of = kClasses}},
    {"tags", kTextMap, kOptional},
    {"tags_all", kTextMap, kOptional},
    {"id", kText, kOptional},
    {"arn", kText, kComputed},
    {"stream_arn", kText, kComputed},
    {"stream_label", kText, kComputed},
});
constexpr std::array kTableBlocks = std::to_array<BlockShape>({
    {"attribute", 0, false, kAttributeArguments, {}},
    {"global_secondary_index", 0, false, kGlobalIndexArguments, kGlobalIndexBlocks},
    {"local_secondary_index", 0, false, kLocalIndexArguments, {}},
    {"global_table_witness", 1, false, kWitnessArguments, {}},
    {"import_table", 1, false, kImportArguments, kImportBlocks},
    {"on_demand_throughput", 1, false, kOnDemandArguments, {}},
    {"point_in_time_recovery", 1, false, kRecoveryArguments, {}},
    {"replica", 0, false, kReplicaArguments, {}},
    {"server_side_encryption", 1, false, kEncryptionArguments, {}},
    {"timeouts", 1, false, kTimeoutArguments, {}},
    {"ttl", 1, false, kTtlArguments, {}},
    {"warm_throughput", 1, false, kWarmArguments, {}},
});
constexpr std::array kIndexResourceArguments = std::to_array<ArgumentShape>({
    {"index_name", kText, kRequired},
    {"table_name", kText, kRequired},
    {"region", kText, kOptional},
    {"warm_throughput", kObject, kOptional},
    {"arn", kText, kComputed},
});
constexpr std::array kTypedKeyArguments = std::to_array<ArgumentShape>({
    {"attribute_name", kText, kRequired},
    {"attribute_type", kText, kRequired},
    {"key_type", kText, kRequired},
});
constexpr std::array kProjectionArguments = std::to_array<ArgumentShape>({
    {"projection_type", kText, kRequired, {.one_of = kProjections}},
    {"non_key_attributes", kTexts, kOptional},
});
constexpr std::array kThroughputArguments = std::to_array<ArgumentShape>({
    {"read_capacity_units", kNumber, kOptional},
    {"write_capacity_units", kNumber, kOptional},
});
constexpr std::array kIndexResourceBlocks = std::to_array<BlockShape>({
    {"key_schema", 0, false, kTypedKeyArguments, {}},
    {"projection", 1, false, kProjectionArguments, {}},
    {"provisioned_throughput", 1, false, kThroughputArguments, {}},
    {"on_demand_throughput", 1, false, kOnDemandArguments, {}},
});

constexpr const char* kNullByDefault = " is null by default, and nothing sets it";

std::string_view Nearest(const BlockShape& shape, std::string_view name) {
  std::string_view best;
  size_t least = 4;
  if (name.size() > 60) return best;
  const auto consider = [&](std::string_view candidate) {
    const size_t distance = document::Distance(name, candidate);
    if (distance >= least || distance * 2 > candidate.size()) return;
    least = distance;
    best = candidate;
  };
  for (const ArgumentShape& argument : shape.arguments) {
    if (argument.use != kComputed) consider(argument.name);
  }
  for (const BlockShape& block : shape.blocks) consider(block.name);
  if (!best.empty()) return best;
  // The first part of a name.
  constexpr size_t kLeastLetters = 4;
  for (const ArgumentShape& argument : shape.arguments) {
    if (name.size() >= kLeastLetters && argument.use != kComputed &&
        argument.name.starts_with(std::string(name) + "_")) {
      return argument.name;
    }
  }
  return best;
}

std::string_view WantedName(ArgumentShape::Type type) {
  switch (type) {
    case kText:
      return "string required";
    case kNumber:
      return "a number is required";
    case kTruth:
      return "a bool is required";
    case kTexts:
      return "list of string required";
    case kTextMap:
      return "map of string required";
    case kObject:
      return "object required";
  }
  return "another type is required";
}

class ShapeCheck {
 public:
  explicit ShapeCheck(std::vector<Message>& messages) : messages_(messages) {}

  void Check(const BlockShape& shape, Node& body) {
    std::vector<std::string> meant;
    std::erase_if(body.map,
                  [&](auto& member) { return !Keep(shape, member.first, member.second, meant); });
    for (const ArgumentShape& argument : shape.arguments) {
      const bool misspelt = std::ranges::find(meant, argument.name) != meant.end();
      const bool missing = argument.use == kRequired && !body.Find(argument.name);
      if (missing && !misspelt) {
        Refuse(body.place, "The argument \"" + std::string(argument.name) +
                               "\" is required, but no definition was found.");
      }
      // Nothing more is said of it.
      if ((missing || misspelt) && !body.Find(argument.name)) {
        body.map.emplace_back(argument.name, hcl::UnresolvedValue(body.place, "", ""));
      }
    }
    for (const BlockShape& block : shape.blocks) {
      if (std::ranges::find(meant, block.name) != meant.end() && !body.Find(block.name)) {
        body.map.emplace_back(block.name, hcl::UnresolvedValue(body.place, "", ""));
      } else if (block.required && !body.Find(block.name)) {
        Refuse(body.place, "At least 1 \"" + std::string(block.name) + "\" blocks are required.");
      }
    }
  }

 private:
  void Refuse(const Place& place, std::string text, std::string hint = {}) {
    messages_.push_back({.severity = Severity::kError,
                         .id = "terraform",
                         .place = place,
                         .text = std::move(text),
                         .hint = std::move(hint)});
  }

  static Place NamePlace(const Node& value) {
    if (value.name_line == 0) return value.place;
    return {value.name_file.empty() ? value.place.file : value.name_file, value.name_line,
            value.name_column};
  }

  // Whether the member belongs to the shape. `meant` collects what wrong names were likely meant
  // for.
  bool Keep(const BlockShape& shape, const std::string& name, Node& value,
            std::vector<std::string>& meant) {
    const auto argument = std::ranges::find(shape.arguments, name, &ArgumentShape::name);
    const auto block = std::ranges::find(shape.blocks, name, &BlockShape::name);
    const bool as_block = value.kind == Kind::kList && value.text == hcl::kBlockMark;
    if (block != shape.blocks.end()) return KeepBlock(*block, value, as_block);
    if (argument != shape.arguments.end() && !as_block) {
      return KeepArgument(*argument, value);
    }
    if (argument != shape.arguments.end()) {
      Refuse(NamePlace(value), "Blocks of type \"" + name +
                                   "\" are not expected here. Did you mean to define argument \"" +
                                   name + "\"? If so, use the equals sign to assign it a value.");
      return false;
    }
    const std::string_view near = Nearest(shape, name);
    std::string text = as_block ? "Blocks of type \"" + name + "\" are not expected here."
                                : "An argument named \"" + name + "\" is not expected here.";
    if (!near.empty()) {
      text += " Did you mean \"" + std::string(near) + "\"?";
      meant.emplace_back(near);
    }
    Refuse(NamePlace(value), std::move(text));
    return false;
  }

  bool KeepArgument(const ArgumentShape& argument, Node& value) {
    if (argument.use == kComputed) {
      Refuse(NamePlace(value), "Can't configure a value for \"" + std::string(argument.name) +
                                   "\": its value will be decided automatically based on the "
                                   "result of applying this configuration.");
      return false;
    }
    if (value.kind == Kind::kNull) {
      if (argument.use == kRequired && !value.text.empty()) {
        const std::string variable = value.text;
        value = hcl::UnresolvedValue(value.place, variable, variable + kNullByDefault);
        return true;
      }
      if (argument.use == kRequired) {
        Refuse(NamePlace(value),
               "The argument \"" + std::string(argument.name) +
                   "\" is required, but no definition was found.",
               "its value is null here");
        // Not said again.
        value.kind = Kind::kUnresolved;
        return true;
      }
      return false;
    }
    if (Convert(argument.type, value)) {
      return (argument.type != kNumber || KeepWhole(value)) && KeepRuled(argument, value);
    }
    Refuse(value.place, "Inappropriate value for attribute \"" + std::string(argument.name) +
                            "\": " + std::string(WantedName(argument.type)) + ".");
    value = hcl::UnresolvedValue(value.place, "", "");
    return true;
  }

  // All numbers of these resources are whole. (The provider's SDK says so, not Terraform.)
  bool KeepWhole(Node& value) {
    const auto number = value.kind == Kind::kNumber ? hcl::NumberOf(value) : std::nullopt;
    if (!number || *number == std::floor(*number)) return true;
    Refuse(value.place, "Attribute must be a whole number, got " + value.text);
    value = hcl::UnresolvedValue(value.place, "", "");
    return true;
  }

  static bool Convert(ArgumentShape::Type type, Node& value) {
    if (value.kind == Kind::kUnresolved) return true;
    const auto text = [](Node& node) {
      if (node.kind == Kind::kUnresolved || node.kind == Kind::kNull) return true;
      const std::optional<std::string> printed = hcl::TextOf(node);
      if (!printed) return false;
      node.kind = Kind::kString;
      node.text = *printed;
      return true;
    };
    switch (type) {
      case kText:
        return text(value);
      case kNumber: {
        const std::optional<std::string> number =
            hcl::NumberOf(value) ? document::CanonicalNumber(value.text) : std::nullopt;
        if (!number) return false;
        value.kind = Kind::kNumber;
        value.text = *number;
        return true;
      }
      case kTruth: {
        const std::optional<bool> truth = hcl::TruthOf(value);
        if (!truth) return false;
        value.kind = Kind::kBool;
        value.boolean = *truth;
        value.text.clear();
        return true;
      }
      case kTexts:
        value.text.clear();
        return value.kind == Kind::kList && std::ranges::all_of(value.list, text);
      case kTextMap:
        return value.kind == Kind::kMap &&
               std::ranges::all_of(value.map, [&](auto& member) { return text(member.second); });
      case kObject:
        return value.kind == Kind::kMap;
    }
    return false;
  }

  bool KeepBlock(const BlockShape& block, Node& value, bool as_block) {
    if (!as_block && value.kind != Kind::kUnresolved) {
      Refuse(NamePlace(value), "An argument named \"" + std::string(block.name) +
                                   "\" is not expected here. Did you mean to define a block of "
                                   "type \"" +
                                   std::string(block.name) + "\"?");
      return false;
    }
    value.text.clear();
    if (block.most > 0 && value.list.size() > block.most) {
      Refuse(value.list[block.most].place, "No more than " + std::to_string(block.most) + " \"" +
                                               std::string(block.name) + "\" blocks are allowed");
    }
    for (size_t i = 0; i < value.list.size(); ++i) {
      Node& element = value.list[i];
      if (element.kind != Kind::kMap) continue;
      const std::string outside =
          std::exchange(path_, path_ + std::string(block.name) + "." + std::to_string(i) + ".");
      // The provider's messages give the way through lists, but not through sets.
      const bool in_set = std::exchange(in_set_, in_set_ || block.most != 1);
      Check(block, element);
      path_ = outside;
      in_set_ = in_set;
    }
    return true;
  }

  bool KeepRuled(const ArgumentShape& argument, Node& value) {
    if (value.kind == Kind::kUnresolved) return true;
    const auto fault =
        FaultOf(argument.rule, value, (in_set_ ? "" : path_) + std::string(argument.name),
                path_ + std::string(argument.name), argument.name);
    if (!fault) return true;
    Refuse(value.place, *fault);
    value = hcl::UnresolvedValue(value.place, "", "");
    return true;
  }

  std::vector<Message>& messages_;
  std::string path_;  // "replica.0."
  bool in_set_ = false;
};

}  // namespace

constinit const BlockShape kTableResource = {"aws_dynamodb_table", 0, false, kTableArguments,
                                             kTableBlocks};
constinit const BlockShape kIndexResource = {"aws_dynamodb_global_secondary_index", 0, false,
                                             kIndexResourceArguments, kIndexResourceBlocks};

void CheckShape(const BlockShape& shape, Node& body, std::vector<Message>& messages) {
  ShapeCheck(messages).Check(shape, body);
}

}  // namespace dynarock::schema::terraform
