#include "server/schema/cloudformation/scaling.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "server/document/node_path.h"
#include "storage/item/text.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

constexpr std::string_view kTables = "table/";

// "EnvironmentName", "DeploymentStage", "env": a word for the stage, with or without others that
// add nothing.
bool NamesStage(std::string_view parameter) {
  std::string name;
  for (const char c : Lowered(parameter)) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) name += c;
  }
  for (const std::string_view extra : {"deployment", "deploy", "target", "app", "name", "type"}) {
    if (name.size() > extra.size() && name.starts_with(extra)) name.erase(0, extra.size());
    if (name.size() > extra.size() && name.ends_with(extra)) {
      name.erase(name.size() - extra.size());
    }
  }
  return name == "stage" || name == "env" || name == "environment";
}

}  // namespace

bool Mentions(const Node& node, const std::string& id) {
  if (node.kind == Kind::kString) {
    return node.text == id || node.text.find("${" + id + "}") != std::string::npos;
  }
  return std::any_of(node.list.begin(), node.list.end(),
                     [&](const Node& element) { return Mentions(element, id); }) ||
         std::any_of(node.map.begin(), node.map.end(),
                     [&](const auto& member) { return Mentions(member.second, id); });
}

std::string StageOf(Template& functions, const Node& root) {
  const Node* parameters = root.Find("Parameters");
  if (parameters == nullptr) return {};
  for (const auto& [name, parameter] : parameters->map) {
    if (!NamesStage(name)) continue;
    Node call = MakeNode(Kind::kMap, parameter.place);
    call.map.emplace_back("Ref", MakeString(parameter.place, name));
    const Node value = functions.Resolve(call);
    if (value.kind == Kind::kString) return value.text;
  }
  return {};
}

void Scaling::Read(const Node& resources) {
  resources_ = &resources;
  for (const auto& [id, resource] : resources.map) {
    const std::string_view type = TextOf(resource, "Type");
    if (type == "AWS::CloudFormation::Stack" || type == "AWS::Serverless::Application") {
      stacks_.push_back(&resource);
    }
    if (type != "AWS::ApplicationAutoScaling::ScalableTarget") continue;
    const Node* properties = resource.Find("Properties");
    if (properties == nullptr) continue;
    const std::string_view service = TextOf(*properties, "ServiceNamespace");
    if (!service.empty() && service != "dynamodb") continue;
    const Node* name = properties->Find("ResourceId");
    targets_.push_back({.resource = &resource,
                        .name = name == nullptr ? MakeUnresolved(resource.place, {}, {})
                                                : functions_.Resolve(*name)});
  }
}

bool Scaling::MayScale(const std::string& id, const Node& request) const {
  const auto mentions = [&](const Node* resource) { return Mentions(*resource, id); };
  if (std::ranges::any_of(stacks_, mentions)) return true;
  return std::ranges::any_of(targets_, [&](const Target& target) {
    if (mentions(target.resource)) return true;
    if (target.name.kind == Kind::kString) {
      // "table/orders", "table/orders/index/by-day"
      const std::string_view path = target.name.text;
      if (!path.starts_with(kTables)) return false;
      const std::string_view name = path.substr(kTables.size());
      const Node* own = request.Find("TableName");
      if (own == nullptr) return false;
      return own->kind == Kind::kUnresolved || name.substr(0, name.find('/')) == own->text;
    }
    // It is another table's where it names one of the template.
    return std::ranges::none_of(resources_->map, [&](const auto& other) {
      return other.first != id && TextOf(other.second, "Type").find("Table") != std::string::npos &&
             Mentions(*target.resource, other.first);
    });
  });
}

}  // namespace dynarock::schema
