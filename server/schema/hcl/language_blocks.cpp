#include "server/schema/hcl/language_blocks.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>

#include "server/document/spelling.h"

namespace dynarock::schema::hcl {
namespace {

using Syntax = Expression::Kind;
using Kind = Node::Kind;

constexpr size_t kMostLetters = 3;

struct Contents {
  std::span<const std::string_view> arguments;
  std::span<const std::string_view> blocks;
  std::span<const std::string_view> required;
};

// Of all versions, and of OpenTofu.
constexpr std::array kTopLevel = std::to_array<std::string_view>(
    {"action", "check", "data", "ephemeral", "import", "language", "list", "locals", "module",
     "moved", "output", "provider", "removed", "resource", "terraform", "variable"});
constexpr std::array kVariable =
    std::to_array<std::string_view>({"const", "default", "deprecated", "description", "ephemeral",
                                     "nullable", "sensitive", "type"});
constexpr std::array kVariableBlocks = std::to_array<std::string_view>({"validation"});
constexpr std::array kCondition = std::to_array<std::string_view>({"condition", "error_message"});
constexpr std::array kOutput = std::to_array<std::string_view>(
    {"depends_on", "deprecated", "description", "ephemeral", "sensitive", "type", "value"});
constexpr std::array kOutputBlocks = std::to_array<std::string_view>({"precondition"});
constexpr std::array kOutputRequired = std::to_array<std::string_view>({"value"});
// `enabled` and `destroy` are OpenTofu's, action_trigger is of Terraform from 1.14 on.
constexpr std::array kLifecycle =
    std::to_array<std::string_view>({"create_before_destroy", "destroy", "enabled",
                                     "ignore_changes", "prevent_destroy", "replace_triggered_by"});
constexpr std::array kLifecycleBlocks =
    std::to_array<std::string_view>({"action_trigger", "postcondition", "precondition"});
constexpr std::array kDynamic = std::to_array<std::string_view>({"for_each", "iterator", "labels"});
constexpr std::array kDynamicBlocks = std::to_array<std::string_view>({"content"});

std::string Meant(std::string_view name, std::span<const std::string_view> known) {
  const std::string_view meant = document::Misspelt(name, known, kMostLetters);
  return meant.empty() ? std::string() : " Did you mean \"" + std::string(meant) + "\"?";
}

bool Has(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

void CheckContents(const Body& body, const Place& place, const Contents& contents,
                   std::vector<Problem>& problems) {
  for (const Attribute& attribute : body.attributes) {
    const std::string& name = attribute.name;
    if (Has(contents.arguments, name)) continue;
    std::string text = "An argument named \"" + name + "\" is not expected here.";
    if (Has(contents.blocks, name)) {
      text += " Did you mean to define a block of type \"" + name + "\"?";
    } else {
      text += Meant(name, contents.arguments);
    }
    problems.push_back({attribute.place, std::move(text)});
  }
  for (const Block& block : body.blocks) {
    const std::string& name = block.type;
    if (Has(contents.blocks, name)) continue;
    std::string text = "Blocks of type \"" + name + "\" are not expected here.";
    if (Has(contents.arguments, name)) {
      text += " Did you mean to define argument \"" + name +
              "\"? If so, use the equals sign to assign it a value.";
    } else {
      text += Meant(name, contents.blocks);
    }
    problems.push_back({block.place, std::move(text)});
  }
  for (const std::string_view name : contents.required) {
    if (body.FindAttribute(name)) continue;
    problems.push_back({place, "The argument \"" + std::string(name) +
                                   "\" is required, but no definition was found."});
  }
}

// A condition with its message.
void CheckCondition(const Block& block, std::vector<Problem>& problems) {
  CheckContents(block.body, block.place,
                {.arguments = kCondition, .blocks = {}, .required = kCondition}, problems);
}

// An argument of lifecycle that is true or false before anything is computed.
void CheckTruth(const Attribute& attribute, std::vector<Problem>& problems) {
  const Expression& value = *attribute.value;
  if (value.kind == Syntax::kVariable || value.kind == Syntax::kAttribute) {
    problems.push_back({value.place(), "Variables not allowed: Variables may not be used here."});
    return;
  }
  if (value.kind != Syntax::kLiteral) return;
  const Node& literal = value.literal;
  const bool truth =
      literal.kind == Kind::kBool || literal.kind == Kind::kNull ||
      (literal.kind == Kind::kString && (literal.text == "true" || literal.text == "false"));
  if (truth) return;
  problems.push_back(
      {value.place(), "Unsuitable value type: Unsuitable value: a bool is required"});
}

// The first name of an element of ignore_changes; empty: it is no such element.
std::string_view IgnoredName(const Expression& element) {
  if (element.kind == Syntax::kLiteral && element.literal.kind == Kind::kString) {
    const std::string_view text = element.literal.text;  // in quotes, as in Terraform 0.11
    return text.substr(0, text.find_first_of(".["));
  }
  const Expression* at = &element;
  while (at->kind == Syntax::kAttribute || at->kind == Syntax::kIndex) at = at->parts[0].get();
  return at->kind == Syntax::kVariable ? std::string_view(at->name) : std::string_view();
}

void CheckIgnored(const Expression& value, const std::vector<std::string_view>& attributes,
                  std::vector<Problem>& problems) {
  if (value.kind == Syntax::kVariable && value.name == "all") return;
  if (value.kind == Syntax::kLiteral && value.literal.text == "all") return;
  if (value.kind != Syntax::kTuple) {
    problems.push_back(
        {value.place(), "Invalid expression: A static list expression is required."});
    return;
  }
  for (const ExpressionPtr& element : value.parts) {
    const std::string_view name = IgnoredName(*element);
    if (name.empty() || name == "*" || attributes.empty() || Has(attributes, name)) continue;
    problems.push_back({element->place(),
                        "Unsupported attribute: This object has no argument, nested block, or "
                        "exported attribute named \"" +
                            std::string(name) + "\"." + Meant(name, attributes)});
  }
}

void CheckLifecycle(const Block& block, const std::vector<std::string_view>& attributes,
                    std::vector<Problem>& problems) {
  CheckContents(block.body, block.place,
                {.arguments = kLifecycle, .blocks = kLifecycleBlocks, .required = {}}, problems);
  for (const Attribute& attribute : block.body.attributes) {
    const std::string& name = attribute.name;
    if (name == "create_before_destroy" || name == "prevent_destroy") {
      CheckTruth(attribute, problems);
    } else if (name == "ignore_changes") {
      CheckIgnored(*attribute.value, attributes, problems);
    }
  }
  for (const Block& inner : block.body.blocks) {
    if (inner.type.ends_with("condition")) CheckCondition(inner, problems);
  }
}

}  // namespace

void CheckLanguageBlock(const Block& block, std::vector<Problem>& problems) {
  if (block.type == "variable") {
    CheckContents(block.body, block.place,
                  {.arguments = kVariable, .blocks = kVariableBlocks, .required = {}}, problems);
    for (const Block& inner : block.body.blocks) {
      if (inner.type == "validation") CheckCondition(inner, problems);
    }
  } else if (block.type == "output") {
    CheckContents(block.body, block.place,
                  {.arguments = kOutput, .blocks = kOutputBlocks, .required = kOutputRequired},
                  problems);
    for (const Block& inner : block.body.blocks) {
      if (inner.type == "precondition") CheckCondition(inner, problems);
    }
  } else if (!Has(kTopLevel, block.type)) {
    problems.push_back({block.place, "Unsupported block type: Blocks of type \"" + block.type +
                                         "\" are not expected here." +
                                         Meant(block.type, kTopLevel)});
  } else if (block.type == "locals") {
    for (const Block& inner : block.body.blocks) {
      problems.push_back({inner.place, "Blocks are not allowed here."});
    }
  }
}

void CheckMetaBlocks(const Block& resource, const std::vector<std::string_view>& attributes,
                     std::vector<Problem>& problems) {
  const Block* lifecycle = nullptr;
  for (const Block& block : resource.body.blocks) {
    if (block.type != "lifecycle") continue;
    if (lifecycle) {
      problems.push_back({block.place,
                          "Duplicate lifecycle block: This resource already has a lifecycle block "
                          "at line " +
                              std::to_string(lifecycle->place.line) + "."});
    } else {
      lifecycle = &block;
    }
    CheckLifecycle(block, attributes, problems);
  }
}

void CheckDynamicBlock(const Block& block, std::vector<Problem>& problems) {
  CheckContents(block.body, block.place,
                {.arguments = kDynamic, .blocks = kDynamicBlocks, .required = {}}, problems);
  bool found = false;
  for (const Block& inner : block.body.blocks) {
    if (inner.type != "content") continue;
    if (found) {
      problems.push_back({inner.place,
                          "Extraneous dynamic content block: Only one nested content block is "
                          "allowed for each dynamic block."});
    }
    found = true;
  }
}

}  // namespace dynarock::schema::hcl
