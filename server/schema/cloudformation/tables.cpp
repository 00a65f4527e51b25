#include "server/schema/cloudformation/tables.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/document/node_path.h"
#include "server/document/spelling.h"
#include "server/schema/cloudformation/branches.h"
#include "server/schema/cloudformation/declarations.h"
#include "server/schema/cloudformation/for_each.h"
#include "server/schema/cloudformation/outline.h"
#include "server/schema/cloudformation/scaling.h"
#include "server/schema/cloudformation/template.h"

namespace dynarock::schema {

namespace {

constexpr size_t kMostBranches = 4000;  // of all tables of a template
constexpr size_t kMostBranchesOfOne = 1500;
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
  // `loops_left`: some loop could not be written out.
  TemplateReader(const Node& root, const ReadOptions& options, const CloudFormationOptions& kind,
                 bool loops_left)
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
    is_open_ = kind.open || includes || loops_left;
    if (is_open_) template_.set_open(true);
    home_ = {
        .account = ValueOf("AWS::AccountId"), .region = ValueOf("AWS::Region"), .provider = {}};
    if (stage_.empty()) stage_ = StageOf(template_, root);
  }

  Reading Run() {
    if (const Node* parameters = root_.Find("Parameters")) {
      for (const auto& [name, parameter] : parameters->map) reading_.settable.insert(name);
    }
    for (const char* pseudo : {"AWS::AccountId", "AWS::NotificationARNs", "AWS::Partition",
                               "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"}) {
      reading_.settable.insert(pseudo);
    }
    CheckParameters(root_, reading_.messages);
    template_.CheckConditions();
    const Node* resources = template_.resources();
    if (resources == nullptr) {
      Error(root_.place, "Template format error: At least one Resources member must be defined.");
      return std::move(reading_);
    }
    if (whole_) {
      CheckLogicalIds(root_, reading_.messages);
      CheckServerlessTypes(root_, reading_.messages);
    }
    CheckOutputs(root_, template_, reading_.messages);
    scaling_.Read(*resources);
    const auto tables =
        static_cast<size_t>(std::ranges::count_if(resources->map, [](const auto& resource) {
          return IsTable(TextOf(resource.second, "Type"));
        }));
    branches_each_ =
        std::clamp(kMostBranches / std::max<size_t>(tables, 1), size_t{1}, kMostBranchesOfOne);
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
    ReadBranches(id, resource);
    if (const Node* condition = resource.Find("Condition");
        condition != nullptr && condition->kind == Node::Kind::kString &&
        template_.ConditionHolds(condition->text, condition->place) == false) {
      reading_.messages.push_back(
          {.severity = Severity::kNote,
           .id = "left-out",
           .place = resource.place,
           .text = id + " is left out: its condition " + condition->text + " does not hold",
           .hint = "--set gives parameters other values"});
      return;
    }
    auto table = MakeTable(id, resource, template_, reading_.messages);
    if (table) reading_.tables.push_back(*std::move(table));
  }

  // Nullopt: it is not made, or cannot be read, which is told.
  std::optional<TableSource> MakeTable(const std::string& id, const Node& resource,
                                       Template& functions, std::vector<Message>& messages) {
    TableSource table;
    if (const Node* condition = resource.Find("Condition");
        condition != nullptr && condition->kind == Node::Kind::kString) {
      const auto holds = functions.ConditionHolds(condition->text, condition->place);
      table.conditional = !holds;
      if (holds == false) return std::nullopt;
    }
    table.language = Language::kCloudFormation;
    table.retained = CheckPolicies(id, resource, functions, messages);
    table.type = TextOf(resource, "Type");
    table.address = id;
    table.place = NamePlace(resource);
    table.home = home_;
    table.stage = stage_;
    const Node* given = resource.Find("Properties");
    Node written = given != nullptr ? *given : MakeNode(Node::Kind::kMap, table.place);
    if (whole_ && resource.Find("Fn::Transform") == nullptr) {
      CheckAttributes(id, resource, written, messages);
    }
    if (table.type == kSimpleTable) AddGlobals(root_, resource, written);
    const Node properties = functions.Resolve(written);
    if (properties.kind == Node::Kind::kUnresolved && properties.why.empty()) return std::nullopt;
    if (properties.kind != Node::Kind::kMap) {
      messages.push_back(
          {.severity = Severity::kError,
           .id = "template",
           .place = written.place,
           .text = "Template format error: [/Resources/" + id + "/Properties] must be an object",
           .hint = {}});
      return std::nullopt;
    }
    table.request = MakeNode(Node::Kind::kMap, table.place);
    if (table.type == "AWS::DynamoDB::Table") {
      MapTable(properties, table, messages);
    } else if (table.type == kSimpleTable) {
      MapSimpleTable(properties, table, messages);
    } else {
      MapGlobalTable(properties, RegionFor(written, functions), table, messages);
    }
    table.autoscaled = table.autoscaled || scaling_.MayScale(id, table.request);
    return table;
  }

  // The table as other values of the parameters make it.
  void ReadBranches(const std::string& id, const Node& resource) {
    const BranchPlan plan(root_, options_);
    Branches branches;
    const auto assumptions = plan.AssumptionsFor(resource, branches_each_, branches.partial);
    for (const Assumption& assumption : assumptions) {
      ReadOptions options = options_;
      for (const auto& [name, value] : assumption.values) options.values.emplace(name, value);
      Branch branch;
      Template functions(root_, options, branch.messages);
      functions.set_open(is_open_);
      functions.Assume(assumption.others);
      auto table = MakeTable(id, resource, functions, branch.messages);
      if (!table) continue;
      std::erase_if(branch.messages,
                    [](const Message& message) { return message.severity != Severity::kError; });
      branch.table = *std::move(table);
      std::vector<Message> unsaid;
      Template again(root_, options, unsaid);
      again.Assume(assumption.others);
      branch.facts = plan.Facts(resource, assumption, again);
      branches.all.push_back(std::move(branch));
    }
    if (!branches.all.empty()) reading_.branches.push_back(std::move(branches));
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

  StackRegion RegionFor(const Node& properties, Template& functions) {
    StackRegion region = {.name = home_.region, .name_here = {}};
    if (!region.name.empty()) return region;
    Node call = MakeNode(Node::Kind::kMap, properties.place);
    call.map.emplace_back("Ref", MakeString(properties.place, "AWS::Region"));
    region.name_here = functions.Resolve(call).text;
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
  bool is_open_ = false;      // resources may come into being that the template does not list
  size_t branches_each_ = 1;  // that are looked at of a table
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
  const bool loops_left = std::ranges::any_of(
      messages, [](const Message& message) { return message.id == "unresolved"; });
  Reading reading = TemplateReader(written ? *written : sections, options, kind, loops_left).Run();
  std::move(messages.begin(), messages.end(), std::back_inserter(reading.messages));
  return reading;
}

}  // namespace dynarock::schema
