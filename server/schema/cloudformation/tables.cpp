#include "server/schema/cloudformation/tables.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "server/document/node_path.h"
#include "server/document/spelling.h"
#include "server/schema/cloudformation/for_each.h"
#include "server/schema/cloudformation/outline.h"
#include "server/schema/cloudformation/scaling.h"
#include "server/schema/cloudformation/template.h"

namespace dynarock::schema {

namespace {

constexpr std::string_view kSimpleTable = "AWS::Serverless::SimpleTable";

bool IsTable(std::string_view type) {
  return type == "AWS::DynamoDB::Table" || type == "AWS::DynamoDB::GlobalTable" ||
         type == kSimpleTable;
}

// The type of a table that a type means which CloudFormation does not have; empty: none is near.
std::string_view MeantType(std::string_view type) {
  constexpr std::array kKnown = std::to_array<std::string_view>(
      {"AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::Serverless::SimpleTable"});
  constexpr size_t kMostLetters = 4;
  return document::Misspelt(type, kKnown, kMostLetters);
}

// Gives a SimpleTable what the section Globals says of all: SSESpecification, whose members add up.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
void AddGlobals(const Node& root, const Node& resource, Node& properties) {
  constexpr std::string_view kShared = "SSESpecification";
  const Node* globals = root.Find("Globals");
  const Node* tables = globals == nullptr ? nullptr : globals->Find("SimpleTable");
  const Node* shared = tables == nullptr ? nullptr : tables->Find(kShared);
  if (shared == nullptr) return;
  if (const Node* ignored = resource.Find("IgnoreGlobals")) {
    if (ignored->text == "*" || std::ranges::any_of(ignored->list, [&](const Node& name) {
          return name.text == kShared;
        })) {
      return;
    }
  }
  const auto own = std::ranges::find(
      properties.map, kShared, [](const auto& member) { return std::string_view(member.first); });
  if (own == properties.map.end()) {
    properties.map.emplace_back(kShared, *shared);
    return;
  }
  for (const auto& [name, value] : shared->map) {
    if (own->second.kind == Node::Kind::kMap && own->second.Find(name) == nullptr) {
      own->second.map.emplace_back(name, value);
    }
  }
}

bool HoldsResources(const Node& section) {
  return std::ranges::any_of(section.map, [](const auto& resource) {
    const Node* type = resource.second.Find("Type");
    return type != nullptr && type->text.find("::") != std::string::npos;
  });
}

// Whether a section holds resources and its name is not quite right. In small letters it may be
// meant for something else, such as a part of serverless.yml.
bool IsMisspeltSection(const std::pair<std::string, Node>& section) {
  constexpr std::array kKnown = std::to_array<std::string_view>({"Resources"});
  constexpr size_t kMostLetters = 2;
  return section.first != "resources" && HoldsResources(section.second) &&
         !document::Misspelt(section.first, kKnown, kMostLetters).empty();
}

class TemplateReader {
 public:
  TemplateReader(const Node& root, const ReadOptions& options, const CloudFormationOptions& kind)
      : root_(root),
        options_(WithHome(options, kind)),
        template_(root, options_, reading_.messages),
        scaling_(template_),
        whole_(!kind.open && !HasForeignMacro(root)),
        stage_(kind.stage) {
    // What a transform includes is not there to be seen.
    const Node* resources = template_.resources();
    const bool includes = root.Find("Fn::Transform") != nullptr ||
                          (resources != nullptr && resources->Find("Fn::Transform") != nullptr);
    if (kind.open || includes) template_.set_open(true);
    home_ = {
        .account = ValueOf("AWS::AccountId"), .region = ValueOf("AWS::Region"), .provider = {}};
    if (stage_.empty()) stage_ = StageOf(template_, root);
  }

  Reading Run() {
    if (const Node* parameters = root_.Find("Parameters")) {
      for (const auto& [name, parameter] : parameters->map) {
        reading_.settable.insert(name);
        if (parameter.Find("Type") == nullptr) {
          Error(NamePlace(parameter),
                "Template format error: Every Parameters object must contain a Type member.",
                name + " has no Type");
        }
      }
    }
    const Node* resources = template_.resources();
    if (resources == nullptr) {
      Error(root_.place, "Template format error: At least one Resources member must be defined.");
      return std::move(reading_);
    }
    scaling_.Read(*resources);
    for (const auto& [id, resource] : resources->map) {
      if (id.starts_with("Fn::ForEach::")) {
        Error(resource.place,
              "Template format error: [/Resources/" + id + "] resource definition is malformed",
              "Fn::ForEach needs Transform: AWS::LanguageExtensions");
        continue;
      }
      if (id.starts_with("Fn::")) {
        reading_.messages.push_back(
            {.severity = Severity::kNote,
             .id = "unresolved",
             .place = resource.place,
             .text = id + " is not expanded: tables that it makes are not checked",
             .hint = "check the template after the transform: aws cloudformation get-template "
                     "--template-stage Processed"});
        continue;
      }
      Resource(id, resource);
    }
    return std::move(reading_);
  }

 private:
  void Error(const Place& place, std::string text, std::string hint = {}) {
    reading_.messages.push_back({.severity = Severity::kError,
                                 .id = "template",
                                 .place = place,
                                 .text = std::move(text),
                                 .hint = std::move(hint)});
  }

  // What a resource of any type names must be there, or nothing is made.
  void CheckNames(const Node& resource) {
    if (const Node* given = resource.Find("Properties")) template_.CheckReferences(*given);
    if (const Node* others = resource.Find("DependsOn")) template_.CheckDependencies(*others);
    const Node* condition = resource.Find("Condition");
    if (condition != nullptr && condition->kind == Node::Kind::kString) {
      template_.ConditionHolds(condition->text, condition->place);
    }
  }

  void Resource(const std::string& id, const Node& resource) {
    const Node* type = resource.Find("Type");
    if (resource.kind != Node::Kind::kMap) {
      return Error(resource.place, "Template format error: [/Resources/" + id +
                                       "] resource definition is malformed");
    }
    if (type == nullptr || type->kind != Node::Kind::kString) {
      return Error(resource.place, "Template format error: [/Resources/" + id +
                                       "] Every Resources object must contain a Type member.");
    }
    CheckNames(resource);
    if (!IsTable(type->text)) {
      const std::string_view meant = MeantType(type->text);
      if (meant.empty()) return;
      return Error(
          type->place, "Template format error: Unrecognized resource types: [" + type->text + "]",
          "there is no resource type " + type->text + ", did you mean " + std::string(meant) + "?");
    }
    TableSource table;
    if (const Node* condition = resource.Find("Condition");
        condition != nullptr && condition->kind == Node::Kind::kString) {
      const auto holds = template_.ConditionHolds(condition->text, condition->place);
      table.conditional = !holds;
      if (holds && !*holds) {
        reading_.messages.push_back(
            {.severity = Severity::kNote,
             .id = "left-out",
             .place = resource.place,
             .text = id + " is left out: its condition " + condition->text + " does not hold",
             .hint = "--set gives parameters other values"});
        return;
      }
    }
    table.language = Language::kCloudFormation;
    table.retained = CheckPolicies(id, resource, template_, reading_.messages);
    table.type = type->text;
    table.address = id;
    table.place = NamePlace(resource);
    table.home = home_;
    table.stage = stage_;
    const Node* given = resource.Find("Properties");
    Node written = given != nullptr ? *given : MakeNode(Node::Kind::kMap, table.place);
    if (whole_ && resource.Find("Fn::Transform") == nullptr) {
      CheckAttributes(id, resource, written, reading_.messages);
    }
    if (type->text == kSimpleTable) AddGlobals(root_, resource, written);
    const Node properties = template_.Resolve(written);
    if (properties.kind != Node::Kind::kMap) {
      return Error(written.place,
                   "Template format error: [/Resources/" + id + "/Properties] must be an object");
    }
    table.request = MakeNode(Node::Kind::kMap, table.place);
    if (type->text == "AWS::DynamoDB::Table") {
      MapTable(properties, table, reading_.messages);
    } else if (type->text == kSimpleTable) {
      MapSimpleTable(properties, table, reading_.messages);
    } else {
      MapGlobalTable(properties, RegionFor(written), table, reading_.messages);
    }
    table.autoscaled = table.autoscaled || scaling_.MayScale(id, table.request);
    reading_.tables.push_back(std::move(table));
  }

  // The options with what the files tell of the stack.
  static ReadOptions WithHome(const ReadOptions& options, const CloudFormationOptions& kind) {
    ReadOptions known = options;
    if (!kind.region.empty()) known.values.emplace("AWS::Region", kind.region);
    if (!kind.account.empty()) known.values.emplace("AWS::AccountId", kind.account);
    return known;
  }

  std::string ValueOf(std::string_view name) const {
    const auto set = options_.values.find(name);
    return set == options_.values.end() ? std::string() : set->second;
  }

  StackRegion RegionFor(const Node& properties) {
    StackRegion region = {.name = home_.region, .name_here = {}};
    if (!region.name.empty()) return region;
    Node call = MakeNode(Node::Kind::kMap, properties.place);
    call.map.emplace_back("Ref", MakeString(properties.place, "AWS::Region"));
    region.name_here = template_.Resolve(call).text;
    const Node* replicas = properties.Find("Replicas");
    region.stands_in = replicas != nullptr && Mentions(*replicas, "AWS::Region");
    return region;
  }

  Reading reading_;
  const Node& root_;
  ReadOptions options_;
  Template template_;
  Scaling scaling_;
  Home home_;
  bool whole_;  // nothing is added to the template, or changes it, before CloudFormation reads it
  std::string stage_;
};

}  // namespace

bool LooksLikeCloudFormation(const Node& root) {
  if (root.kind != Node::Kind::kMap) return false;
  if (root.Find("AWSTemplateFormatVersion") != nullptr) return true;
  const Node* resources = root.Find("Resources");
  if (resources == nullptr) return std::ranges::any_of(root.map, IsMisspeltSection);
  return root.Find("Transform") != nullptr || HoldsResources(*resources);
}

Reading ReadCloudFormation(const Node& root, const ReadOptions& options,
                           const CloudFormationOptions& kind) {
  std::vector<Message> messages;
  const bool whole = !kind.open && !HasForeignMacro(root);
  const auto named = whole ? WithKnownSections(root, messages) : std::nullopt;
  const Node& sections = named ? *named : root;
  const auto written = WithoutLoops(sections, options, messages);
  Reading reading = TemplateReader(written ? *written : sections, options, kind).Run();
  std::move(messages.begin(), messages.end(), std::back_inserter(reading.messages));
  return reading;
}

}  // namespace dynarock::schema
