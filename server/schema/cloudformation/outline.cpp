#include "server/schema/cloudformation/outline.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "server/document/node_path.h"
#include "server/document/spelling.h"
#include "server/schema/cloudformation/tables.h"

namespace dynarock::schema {

namespace {

using Kind = Node::Kind;

constexpr size_t kMostLetters = 3;

// With those of SAM, and what only some templates have.
constexpr std::array kSections = std::to_array<std::string_view>(
    {"AWSTemplateFormatVersion", "Conditions", "Description", "Fn::Transform", "Globals", "Hooks",
     "Mappings", "Metadata", "Outputs", "Parameters", "Resources", "Rules", "Transform"});
// The last two are SAM's.
constexpr std::array kAttributes = std::to_array<std::string_view>(
    {"Condition", "CreationPolicy", "DeletionPolicy", "DependsOn", "Fn::Transform", "Metadata",
     "Properties", "Type", "UpdatePolicy", "UpdateReplacePolicy", "Connectors", "IgnoreGlobals"});

template <class Names>
bool Contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

void Tell(const Place& place, std::string text, std::string hint, std::vector<Message>& messages) {
  messages.push_back({.severity = Severity::kError,
                      .id = "template",
                      .place = place,
                      .text = std::move(text),
                      .hint = std::move(hint)});
}

// The one of the known names that is not there and likely meant.
std::string_view Meant(std::string_view name, std::span<const std::string_view> known,
                       const Node& map) {
  std::vector<std::string_view> missing;
  std::ranges::copy_if(known, std::back_inserter(missing),
                       [&](std::string_view one) { return map.Find(one) == nullptr; });
  return document::Misspelt(name, missing, kMostLetters);
}

bool IsForeign(const Node& transform) {
  if (transform.kind == Kind::kMap) {
    const Node* name = transform.Find("Name");
    return name == nullptr || IsForeign(*name);
  }
  return transform.kind != Kind::kString || !transform.text.starts_with("AWS::");
}

// A value that is written out; null: it is left out, or known only when it is deployed.
void CheckPolicy(const std::string& id, const Node& resource, const char* attribute,
                 const Node& value, std::vector<Message>& messages) {
  if (value.kind == Kind::kNull || value.kind == Kind::kUnresolved) return;
  const std::string name = attribute;
  if (value.kind != Kind::kString) {
    return Tell(value.place, "Template format error: Every " + name + " member must be a string.",
                {}, messages);
  }
  const bool deletion = name == "DeletionPolicy";
  if (value.text == "Delete" || value.text == "Retain" ||
      (deletion && value.text == "RetainExceptOnCreate")) {
    return;
  }
  const std::string known =
      deletion ? "Delete, Retain and RetainExceptOnCreate" : "Delete and Retain";
  if (value.text == "Snapshot") {
    // SAM makes tables of its own type.
    const std::string_view type = TextOf(resource, "Type");
    const std::string_view made =
        type.starts_with("AWS::Serverless::") ? "AWS::DynamoDB::Table" : type;
    // Observed of DeletionPolicy; of UpdateReplacePolicy by analogy.
    return Tell(value.place,
                "Template error: resource type " + std::string(made) + " does not support " +
                    (deletion ? "deletion" : "update replace") + " policy Snapshot",
                "a table has " + known, messages);
  }
  Tell(value.place,
       "Template format error: Unrecognized " + name + " " + value.text + " for resource " + id,
       "there are " + known, messages);
}

}  // namespace

bool HasForeignMacro(const Node& root) {
  const Node* transform = root.Find("Transform");
  if (transform == nullptr) return false;
  return transform->kind == Kind::kList ? std::ranges::any_of(transform->list, IsForeign)
                                        : IsForeign(*transform);
}

std::optional<Node> WithKnownSections(const Node& root, std::vector<Message>& messages) {
  std::optional<Node> mended;
  for (size_t i = 0; i < root.map.size(); ++i) {
    const auto& [name, section] = root.map[i];
    if (Contains(kSections, name)) continue;
    const std::string_view meant = Meant(name, kSections, mended ? *mended : root);
    Tell(NamePlace(section), "Invalid template property or properties [" + name + "]",
         meant.empty() ? "a template has no section of this name"
                       : "did you mean " + std::string(meant) + "?",
         messages);
    if (meant.empty()) continue;
    if (!mended) mended = root;
    mended->map[i].first = meant;
  }
  return mended;
}

void CheckAttributes(const std::string& id, const Node& resource, Node& properties,
                     std::vector<Message>& messages) {
  const std::string_view type = TextOf(resource, "Type");
  const bool sam = type.starts_with("AWS::Serverless::");
  for (const auto& [name, value] : resource.map) {
    if (Contains(kAttributes, name)) continue;
    const std::string_view meant = Meant(name, kAttributes, resource);
    if (sam) {  // SAM's translator copies what it knows and says nothing of the rest
      messages.push_back({.severity = Severity::kWarning,
                          .id = "template",
                          .place = NamePlace(value),
                          .text = "SAM ignores the resource attribute '" + name + "' of " + id,
                          .hint = HasProperty(type, name) ? name + " belongs below Properties"
                                  : meant.empty() ? "a resource has no attribute of this name"
                                                  : "did you mean " + std::string(meant) + "?"});
      continue;
    }
    std::string hint = "a resource has no attribute of this name";
    if (HasProperty(type, name)) {
      hint = name + " belongs below Properties";
      if (properties.Find(name) == nullptr) properties.map.emplace_back(name, value);
    } else if (!meant.empty()) {
      hint = "did you mean " + std::string(meant) + "?";
      if (meant == "Properties") properties = value;
    }
    Tell(NamePlace(value), "Invalid template resource property '" + name + "'",
         hint + " (resource " + id + ")", messages);
  }
}

bool CheckPolicies(const std::string& id, const Node& resource, Template& functions,
                   std::vector<Message>& messages) {
  bool retained = false;
  for (const char* attribute : {"DeletionPolicy", "UpdateReplacePolicy"}) {
    const Node* given = resource.Find(attribute);
    if (given == nullptr) continue;
    const Node value = functions.Resolve(*given);
    CheckPolicy(id, resource, attribute, value, messages);
    if (attribute[0] == 'D') retained = value.text.starts_with("Retain");
  }
  return retained;
}

}  // namespace dynarock::schema
