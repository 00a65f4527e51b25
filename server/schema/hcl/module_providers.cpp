// Which provider configuration a resource uses: its `provider` argument, what a module call hands
// on, and what a module gets from the one that calls it.
// https://developer.hashicorp.com/terraform/language/modules/develop/providers
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "server/schema/hcl/module.h"

namespace dynarock::schema::hcl {
namespace {

using Kind = Node::Kind;

// "aws.west" as a reference, or in quotes as before Terraform 0.12 and in the JSON syntax.
std::string ProviderName(const Expression& expression) {
  if (expression.kind == Expression::Kind::kLiteral && expression.literal.kind == Kind::kString) {
    return expression.literal.text;
  }
  std::string_view text = expression.text();
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return std::string(text);
}

bool HasAlias(std::string_view name) {
  return name.find('.') != std::string_view::npos;
}

// As Terraform's messages have it: provider["registry.terraform.io/hashicorp/aws"].west
std::string ProviderAddress(std::string_view name) {
  const size_t dot = name.find('.');
  return "provider[\"registry.terraform.io/hashicorp/" + std::string(name.substr(0, dot)) + "\"]" +
         (dot == std::string_view::npos ? "" : std::string(name.substr(dot)));
}

// The names in `configuration_aliases = [aws.west]` of a required provider.
std::vector<std::string> AliasesOf(const Expression& requirement) {
  std::vector<std::string> names;
  if (requirement.kind != Expression::Kind::kObject) return names;
  for (size_t i = 0; i + 1 < requirement.parts.size(); i += 2) {
    if (ProviderName(*requirement.parts[i]) != "configuration_aliases") continue;
    for (const ExpressionPtr& alias : requirement.parts[i + 1]->parts) {
      names.push_back(ProviderName(*alias));
    }
  }
  return names;
}

}  // namespace

void Module::DeclareProvider(const Block& block) {
  if (block.type == "terraform") {
    for (const Block& inner : block.body.blocks) {
      if (inner.type != "required_providers") continue;
      for (const Attribute& requirement : inner.body.attributes) {
        for (std::string& name : AliasesOf(*requirement.value)) {
          providers_.try_emplace(name, ProviderSource{.name = prefix_ + name});
        }
      }
    }
    return;
  }
  if (block.labels.size() != 1) return;
  std::string name = block.labels[0];
  if (const Attribute* alias = block.body.FindAttribute("alias")) {
    name += "." + ProviderName(*alias->value);
  }
  providers_.insert_or_assign(
      name, ProviderSource{.module = this, .block = &block, .name = prefix_ + name});
}

const Module::ProviderSource* Module::FindProvider(const std::string& name) const {
  const auto it = providers_.find(name);
  return it == providers_.end() ? nullptr : &it->second;
}

void Module::PassProviders(const Block& call, Module& made, std::vector<Problem>& problems) {
  // Default configurations are handed on by themselves; a module's own blocks come before them.
  for (const auto& [name, source] : providers_) {
    if (!HasAlias(name)) made.providers_.try_emplace(name, source);
  }
  const Attribute* passed = call.body.FindAttribute("providers");
  static const std::vector<ExpressionPtr> kNone;
  const auto& parts = passed ? passed->value->parts : kNone;
  for (size_t i = 0; i + 1 < parts.size(); i += 2) {
    const std::string name = ProviderName(*parts[i + 1]);
    if (const ProviderSource* source = FindProvider(name)) {
      made.providers_.insert_or_assign(ProviderName(*parts[i]), *source);
      continue;
    }
    if (HasAlias(name) && !directory_.MayDeclareProviders()) {
      problems.push_back({parts[i + 1]->place(),
                          "missing provider " + prefix_ + ProviderAddress(name),
                          "this module has no provider block with this alias: write provider \"" +
                              name.substr(0, name.find('.')) + "\" { alias = \"" +
                              name.substr(name.find('.') + 1) + "\" }"});
    }
    // The default configuration may have no block at all.
    made.providers_.insert_or_assign(
        ProviderName(*parts[i]),
        ProviderSource{.name = HasAlias(name) ? prefix_ + name : std::string()});
  }
  for (const auto& [name, source] : made.providers_) {
    if (source.block || source.name != made.prefix_ + name) continue;
    problems.push_back({passed ? passed->value->place() : call.place,
                        "Missing required provider configuration: The child module requires an "
                        "additional configuration for provider hashicorp/" +
                            name.substr(0, name.find('.')) + ", with the local name \"" + name +
                            "\".",
                        "pass it: providers = { " + name + " = ... }"});
  }
}

Configuration Module::ConfigurationOf(const Block& resource, const std::string& address,
                                      std::vector<Problem>& problems) {
  const Attribute* chosen = resource.body.FindAttribute("provider");
  const std::string& type = resource.labels[0];
  const std::string name = chosen ? ProviderName(*chosen->value) : type.substr(0, type.find('_'));
  const ProviderSource* source = FindProvider(name);
  if (!source) {
    if (chosen && HasAlias(name) && !directory_.MayDeclareProviders()) {
      problems.push_back({chosen->value->place(),
                          "Provider configuration not present: To work with " +
                              WithoutInstances(address) +
                              " its original provider configuration at " + prefix_ +
                              ProviderAddress(name) + " is required, but it has been removed.",
                          "no provider block of this module has this alias"});
    }
    return {.name = HasAlias(name) ? prefix_ + name : std::string(), .body = NullValue({})};
  }
  Configuration made{.name = HasAlias(source->name) ? source->name : std::string(),
                     .body = NullValue({})};
  if (source->block) made.body = source->module->ProviderBody(*source->block);
  return made;
}

const Node& Module::ProviderBody(const Block& block) {
  const auto [it, fresh] = provider_bodies_.try_emplace(&block);
  if (fresh) {
    it->second = MapValue(block.place);
    std::vector<Problem> ignored;  // what is not known stays open
    EvaluateBody(block.body, nullptr, false, it->second, ignored);
  }
  return it->second;
}

}  // namespace dynarock::schema::hcl
