#include "server/schema/cloudformation/serverless.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "server/schema/cloudformation/serverless_variables.h"
#include "server/schema/cloudformation/tables.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

// Adds the sections of a template (Resources, Conditions, Mappings) to those of another.
void MergeSections(Node part, Node& into) {
  for (auto& [name, section] : part.map) {
    const auto same = std::find_if(into.map.begin(), into.map.end(),
                                   [&](const auto& member) { return member.first == name; });
    if (same == into.map.end()) {
      into.map.emplace_back(name, std::move(section));
    } else {
      std::move(section.map.begin(), section.map.end(), std::back_inserter(same->second.map));
    }
  }
}

Reading ReadResources(Node resources, std::vector<Message> messages, const ReadOptions& options,
                      CloudFormationOptions stack) {
  Reading reading;
  Node whole = MakeNode(Kind::kMap, resources.place);
  std::vector<Node> parts;
  if (resources.kind == Kind::kList) {
    parts = std::move(resources.list);
  } else {
    parts.push_back(std::move(resources));
  }
  for (Node& part : parts) {
    if (part.kind == Kind::kUnresolved) {
      messages.push_back({.severity = Severity::kWarning,
                          .id = "unresolved",
                          .place = part.place,
                          .text = "resources cannot be read: " + part.text + " (" + part.why + ")",
                          .hint = "tables defined there are not checked"});
      continue;
    }
    MergeSections(std::move(part), whole);
  }
  if (whole.Find("Resources") != nullptr) {
    stack.open = true;
    reading = ReadCloudFormation(whole, options, stack);
  }
  reading.takes_any = true;
  reading.messages.insert(reading.messages.begin(), std::make_move_iterator(messages.begin()),
                          std::make_move_iterator(messages.end()));
  return reading;
}

// What a variable of the framework comes to; empty: it is not known.
std::string Known(const Node& root, const std::string& path, const ReadOptions& options,
                  const std::string& variable) {
  // What is wrong with it is no matter of the tables, unless they use it.
  std::vector<Message> unsaid;
  const Node value = ServerlessVariables(&root, path, options, unsaid)
                         .Resolve(MakeString(root.place, "${" + variable + "}"));
  return value.kind == Kind::kString ? value.text : std::string();
}

// serverless-dynamodb-autoscaling and its kin make targets of their own.
bool HasScalingPlugin(const Node& root) {
  const Node* plugins = root.Find("plugins");
  if (plugins == nullptr) return false;
  const Node* modules = plugins->Find("modules");
  const std::vector<Node>& names = modules != nullptr ? modules->list : plugins->list;
  return std::any_of(names.begin(), names.end(), [](const Node& name) {
    return name.text.find("dynamodb-autoscaling") != std::string::npos;
  });
}

}  // namespace

bool LooksLikeServerless(const Node& root) {
  return root.kind == Kind::kMap && root.Find("service") != nullptr &&
         root.Find("provider") != nullptr;
}

Reading ReadServerless(const Node& root, const std::string& path, const ReadOptions& options) {
  const Node* resources = root.Find("resources");
  if (resources == nullptr)
    return {.tables = {}, .messages = {}, .settable = {}, .takes_any = true, .parts = {}};
  std::vector<Message> messages;
  ServerlessVariables variables(&root, path, options, messages);
  Node resolved = variables.Resolve(*resources);
  const CloudFormationOptions stack = {.open = true,
                                       .region = Known(root, path, options, "self:provider.region"),
                                       .account = {},
                                       .stage = Known(root, path, options, "sls:stage")};
  Reading reading = ReadResources(std::move(resolved), std::move(messages), options, stack);
  if (HasScalingPlugin(root)) {
    for (TableSource& table : reading.tables) table.autoscaled = true;
  }
  reading.parts = variables.Files();
  return reading;
}

bool UsesServerlessVariables(const Node& root) {
  if (root.kind == Kind::kString) return ServerlessVariables::Uses(root.text);
  return std::any_of(root.list.begin(), root.list.end(), UsesServerlessVariables) ||
         std::any_of(root.map.begin(), root.map.end(),
                     [](const auto& member) { return UsesServerlessVariables(member.second); });
}

Reading ReadServerlessPart(const Node& root, const std::string& path, const ReadOptions& options) {
  std::vector<Message> messages;
  Node resolved = ServerlessVariables(nullptr, path, options, messages).Resolve(root);
  return ReadResources(std::move(resolved), std::move(messages), options, {});
}

}  // namespace dynarock::schema
