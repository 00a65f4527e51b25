// Plans and states as `terraform show -json` writes them.
// https://developer.hashicorp.com/terraform/internals/json-format
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/schema/hcl/value.h"
#include "server/schema/terraform/table_set.h"
#include "server/schema/terraform/terraform.h"

namespace dynarock::schema {
namespace {

using Kind = Node::Kind;

constexpr int kMostChildDepth = 100;

// Arguments that the provider fills in where the configuration leaves them out. The plan calls them
// unknown then, and they count as left out.
constexpr std::array kFilledIn = std::to_array<std::string_view>({"arn",
                                                                  "id",
                                                                  "kms_key_arn",
                                                                  "max_read_request_units",
                                                                  "max_write_request_units",
                                                                  "on_demand_throughput",
                                                                  "point_in_time_recovery",
                                                                  "read_capacity",
                                                                  "read_units_per_second",
                                                                  "recovery_period_in_days",
                                                                  "region",
                                                                  "server_side_encryption",
                                                                  "stream_arn",
                                                                  "stream_label",
                                                                  "stream_view_type",
                                                                  "tags_all",
                                                                  "ttl",
                                                                  "warm_throughput",
                                                                  "write_capacity",
                                                                  "write_units_per_second"});

// Whether `unknown` (after_unknown of a resource change) marks the whole value as not yet known.
bool IsMarked(const Node* unknown) {
  return unknown && unknown->kind == Kind::kBool && unknown->boolean;
}

class PlanReader {
 public:
  Reading Run(const Node& document) {
    if (const Node* resources = document.Find("resources")) {
      for (const Node& resource : resources->list) ReadStateResource(resource);
      terraform::MakeTables(std::move(resources_), false, false, reading_);
      return std::move(reading_);
    }
    CollectUnknown(document);
    CollectProviders(document);
    const Node* values = document.Find("planned_values");
    if (!values) values = document.Find("values");
    if (values) {
      if (const Node* root = values->Find("root_module")) ReadModule(*root, 0);
    }
    terraform::MakeTables(std::move(resources_), false, false, reading_);
    return std::move(reading_);
  }

 private:
  // What a plan does not know yet stands beside the changes only.
  void CollectUnknown(const Node& document) {
    const Node* changes = document.Find("resource_changes");
    if (!changes) return;
    for (const Node& change : changes->list) {
      const Node* address = change.Find("address");
      const Node* inner = change.Find("change");
      const Node* unknown = inner ? inner->Find("after_unknown") : nullptr;
      if (address && unknown) unknown_.emplace_back(address->text, unknown);
    }
  }

  // Which provider configuration each resource uses, and what the plan knows of it.
  void CollectProviders(const Node& document) {
    const Node* configuration = document.Find("configuration");
    if (!configuration) return;
    if (const Node* providers = configuration->Find("provider_config")) {
      for (const auto& [key, provider] : providers->map) {
        hcl::Configuration& made = providers_[key];
        if (provider.Find("alias")) made.name = key;
        made.body = hcl::MapValue(provider.place);
        const Node* expressions = provider.Find("expressions");
        if (!expressions) continue;
        for (const auto& [name, expression] : expressions->map) {
          hcl::SetMember(made.body, name, ConstantOf(name, expression));
        }
      }
    }
    if (const Node* root = configuration->Find("root_module")) CollectUses(*root, "", 0);
  }

  // What stands for an argument or block in a plan's configuration.
  static Node ConstantOf(const std::string& name, const Node& expression) {
    if (expression.kind == Kind::kList) {  // blocks
      Node blocks = hcl::ListValue(expression.place);
      for (const Node& element : expression.list) {
        Node block = hcl::MapValue(element.place);
        for (const auto& [inner, value] : element.map) {
          hcl::SetMember(block, inner, ConstantOf(inner, value));
        }
        blocks.list.push_back(std::move(block));
      }
      return blocks;
    }
    const Node* constant = expression.Find("constant_value");
    return constant ? *constant
                    : hcl::UnresolvedValue(expression.place, name, "a plan does not tell it");
  }

  void CollectUses(const Node& module, const std::string& prefix, int depth) {
    if (depth > kMostChildDepth) return;
    if (const Node* resources = module.Find("resources")) {
      for (const Node& resource : resources->list) {
        const Node* address = resource.Find("address");
        const Node* key = resource.Find("provider_config_key");
        if (address && key) uses_[prefix + address->text] = key->text;
      }
    }
    const Node* calls = module.Find("module_calls");
    if (!calls) return;
    for (const auto& [name, call] : calls->map) {
      const Node* inner = call.Find("module");
      if (inner) CollectUses(*inner, prefix + "module." + name + ".", depth + 1);
    }
  }

  hcl::Configuration ProviderOf(const std::string& address) const {
    const auto use = uses_.find(hcl::WithoutInstances(address));
    if (use == uses_.end()) return {};
    const auto provider = providers_.find(use->second);
    return provider == providers_.end() ? hcl::Configuration{} : provider->second;
  }

  const Node* UnknownOf(const std::string& address) const {
    for (const auto& [name, unknown] : unknown_) {
      if (name == address) return unknown;
    }
    return nullptr;
  }

  // Puts unresolved values where `unknown` is true. Both have the same shape.
  void Mark(const Node& unknown, const std::string& address, const std::string& path, Node& value) {
    if (unknown.kind == Kind::kMap && value.kind == Kind::kMap) {
      for (const auto& [name, mark] : unknown.map) {
        Node* member = const_cast<Node*>(value.Find(name));
        if (std::ranges::find(kFilledIn, name) != kFilledIn.end() && IsMarked(&mark)) continue;
        if (IsMarked(&mark)) {
          Node open = hcl::UnresolvedValue(value.place, address + path + "." + name,
                                           "the plan does not know it yet");
          hcl::SetMember(value, name, std::move(open));
        } else if (member) {
          Mark(mark, address, path + "." + name, *member);
        }
      }
    }
    if (unknown.kind == Kind::kList && value.kind == Kind::kList) {
      for (size_t i = 0; i < unknown.list.size() && i < value.list.size(); ++i) {
        if (IsMarked(&unknown.list[i])) {
          value.list[i] =
              hcl::UnresolvedValue(value.place, address + path, "the plan does not know it yet");
        } else {
          Mark(unknown.list[i], address, path + "[" + std::to_string(i) + "]", value.list[i]);
        }
      }
    }
  }

  void ReadModule(const Node& module, int depth) {
    if (depth > kMostChildDepth) return;
    if (const Node* resources = module.Find("resources")) {
      for (const Node& resource : resources->list) ReadResource(resource);
    }
    if (const Node* children = module.Find("child_modules")) {
      for (const Node& child : children->list) ReadModule(child, depth + 1);
    }
  }

  void ReadResource(const Node& resource) {
    const Node* mode = resource.Find("mode");
    const Node* type = resource.Find("type");
    const Node* values = resource.Find("values");
    if (!type || !values || !terraform::ConcernsTables(type->text)) return;
    if (mode && mode->text != "managed") return;
    const Node* name = resource.Find("name");
    const Node* address = resource.Find("address");
    hcl::Resource made;
    made.type = type->text;
    made.name = name ? name->text : "";
    made.address = address ? address->text : made.type + "." + made.name;
    made.module = made.address.substr(
        0, std::min(made.address.rfind(made.type + "." + made.name), made.address.size()));
    made.place = resource.place;
    made.body = *values;
    made.given = true;
    made.provider = ProviderOf(made.address);
    if (const Node* unknown = UnknownOf(made.address)) Mark(*unknown, made.address, "", made.body);
    resources_.push_back(std::move(made));
  }

  // Of a state file as Terraform keeps it.
  void ReadStateResource(const Node& resource) {
    const Node* mode = resource.Find("mode");
    const Node* type = resource.Find("type");
    const Node* name = resource.Find("name");
    const Node* instances = resource.Find("instances");
    if (!type || !name || !instances || !terraform::ConcernsTables(type->text)) return;
    if (mode && mode->text != "managed") return;
    const Node* module = resource.Find("module");
    for (const Node& instance : instances->list) {
      const Node* values = instance.Find("attributes");
      if (!values) continue;
      const Node* key = instance.Find("index_key");
      hcl::Resource made;
      made.type = type->text;
      made.name = name->text;
      made.module = module && !module->text.empty() ? module->text + "." : "";
      made.address =
          made.module + made.type + "." + made.name + (key ? hcl::InstanceSuffix(*key) : "");
      made.place = values->place;
      made.body = *values;
      made.given = true;
      resources_.push_back(std::move(made));
    }
  }

  std::vector<std::pair<std::string, const Node*>> unknown_;
  std::map<std::string, hcl::Configuration> providers_;  // by provider_config_key
  std::map<std::string, std::string> uses_;              // resource without instances -> key
  std::vector<hcl::Resource> resources_;
  Reading reading_;
};

}  // namespace

bool LooksLikePlan(const Node& document) {
  if (document.kind != Kind::kMap) return false;
  if (!document.Find("format_version")) {
    return document.Find("terraform_version") && document.Find("resources");
  }
  return document.Find("planned_values") || document.Find("terraform_version") ||
         document.Find("values");
}

Reading ReadPlan(const Node& document, const ReadOptions& /*options*/) {
  return PlanReader().Run(document);
}

}  // namespace dynarock::schema
