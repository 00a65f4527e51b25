#include "server/schema/terraform/table_set.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/document/spelling.h"
#include "server/schema/hcl/value.h"
#include "server/schema/terraform/resource_shape.h"
#include "server/schema/terraform/table_mapping.h"

namespace dynarock::schema::terraform {
namespace {

using Kind = Node::Kind;

constexpr std::string_view kTable = "aws_dynamodb_table";
constexpr std::string_view kIndex = "aws_dynamodb_global_secondary_index";
constexpr std::string_view kScaling = "aws_appautoscaling_target";
constexpr std::string_view kPlanAdvice = "pass the plan to check it: terraform show -json PLAN";

// A table with the resource it comes from.
struct Made {
  const hcl::Resource* resource;
  TableSource table;
  std::vector<std::string> other_keys;
};

// Whether an argument that names a table means this one: by its name, or, where that is not known,
// by referring to its resource.
bool Means(const hcl::Resource& resource, const char* argument_name, std::string_view before,
           const Made& made) {
  const Node* argument = resource.body.Find(argument_name);
  if (!argument) return false;
  if (argument->kind == Kind::kString) {
    const Node* name = made.table.request.Find("TableName");
    if (!name || name->kind != Kind::kString) return false;
    const std::string wanted = std::string(before) + name->text;
    return argument->text == wanted || argument->text.starts_with(wanted + "/index/");
  }
  if (argument->kind != Kind::kUnresolved || resource.module != made.resource->module) return false;
  const std::string reference = made.resource->type + "." + made.resource->name;
  const size_t at = argument->text.find(reference);
  if (at == std::string::npos) return false;
  const char after =
      at + reference.size() < argument->text.size() ? argument->text[at + reference.size()] : '.';
  return after == '.' || after == '[';
}

// "arn:aws:iam::123456789012:role/x" -> "123456789012".
std::string AccountOfArn(std::string_view arn) {
  constexpr int kColons = 4;
  for (int i = 0; i < kColons; ++i) {
    const size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return std::string(arn.substr(0, arn.find(':')));
}

const Node* TextMember(const Node& map, std::string_view name) {
  const Node* member = map.kind == Kind::kMap ? map.Find(name) : nullptr;
  return member && member->kind == Kind::kString && !member->text.empty() ? member : nullptr;
}

// A block that is there once, or in a list of one.
const Node* FirstBlock(const Node& body, std::string_view name) {
  const Node* blocks = body.kind == Kind::kMap ? body.Find(name) : nullptr;
  return blocks && blocks->kind == Kind::kList && !blocks->list.empty() ? &blocks->list.front()
                                                                        : nullptr;
}

// Where the provider makes a resource. The region of the resource itself comes first (version 6 of
// the provider). https://registry.terraform.io/providers/hashicorp/aws/latest/docs
Home HomeOf(const hcl::Resource& resource) {
  const Node& configuration = resource.provider.body;
  Home home;
  if (const Node* own = TextMember(resource.body, "region")) {
    home.region = own->text;
  } else if (const Node* shared = TextMember(configuration, "region")) {
    home.region = shared->text;
  }
  bool account_known = false;
  if (const Node* role = FirstBlock(configuration, "assume_role")) {
    if (const Node* arn = TextMember(*role, "role_arn")) home.account = AccountOfArn(arn->text);
    account_known = !home.account.empty();
  } else if (const Node* allowed = FirstBlock(configuration, "allowed_account_ids")) {
    // Of several it may be any.
    const bool one = configuration.Find("allowed_account_ids")->list.size() == 1;
    if (one && allowed->kind == Kind::kString) home.account = allowed->text;
    account_known = !home.account.empty();
  }
  // With another profile, role or address that does not say its account, only the configuration tells
  // it apart.
  constexpr std::array kOther = std::to_array<std::string_view>(
      {"access_key", "assume_role", "assume_role_with_web_identity", "endpoints", "profile",
       "shared_config_files", "shared_credentials_file", "shared_credentials_files", "token"});
  const bool other_account =
      configuration.kind == Kind::kMap &&
      (!account_known || configuration.Find("endpoints") != nullptr) &&
      std::ranges::any_of(kOther, [&](auto name) { return configuration.Find(name) != nullptr; });
  const bool any_account = FirstBlock(configuration, "allowed_account_ids") && !account_known;
  if (home.region.empty() || other_account || any_account) home.provider = resource.provider.name;
  return home;
}

void CheckResource(hcl::Resource& resource, Reading& reading) {
  if (resource.type == kTable) CheckShape(kTableResource, resource.body, reading.messages);
  if (resource.type == kIndex) CheckShape(kIndexResource, resource.body, reading.messages);
}

void JoinIndex(const hcl::Resource& index, std::vector<Made>& tables, Reading& reading) {
  const Home home = HomeOf(index);
  const auto made = std::ranges::find_if(tables, [&](const Made& candidate) {
    return candidate.table.home == home && Means(index, "table_name", "", candidate);
  });
  if (made == tables.end()) {
    reading.messages.push_back(
        {.severity = Severity::kNote,
         .id = "unresolved",
         .place = index.place,
         .text = index.address +
                 " belongs to a table that is not in these files, so that it is not checked",
         .hint = {}});
    return;
  }
  AddIndex(index.body, made->table);
  if (const Node* keys = index.body.Find("key_schema")) {
    for (const Node& element : keys->list) {
      const Node* attribute = element.Find("attribute_name");
      if (attribute && attribute->kind == Kind::kString)
        made->other_keys.push_back(attribute->text);
    }
  }
}

// Whether a resource scales a table that is not known: such as one that a module gets the name of.
bool ScalesUnknown(const hcl::Resource& resource) {
  const Node* space = resource.body.Find("service_namespace");
  if (space && space->kind == Kind::kString && space->text != "dynamodb") return false;
  const Node* target = resource.body.Find("resource_id");
  return target && target->kind == Kind::kUnresolved;
}

void MarkScaled(const hcl::Resource& resource, std::vector<Made>& tables) {
  bool found = false;
  for (Made& made : tables) {
    if (!Means(resource, "resource_id", "table/", made)) continue;
    made.table.autoscaled = found = true;
  }
  if (found || !ScalesUnknown(resource)) return;
  for (Made& made : tables) made.table.autoscaled = true;
}

void NoteInstances(const hcl::Resource& resource, Reading& reading) {
  if (resource.unresolved_instances.empty()) return;
  reading.messages.push_back(
      {.severity = Severity::kNote,
       .id = "unresolved",
       .place = resource.place,
       .text = "how many tables " + resource.type + "." + resource.name +
               " makes is known only when it is deployed: " + resource.unresolved_instances,
       .hint = std::string(kPlanAdvice)});
}

// A table whose key the root module leaves to those who use it: nothing of it can be checked.
bool NoteWithoutKey(const hcl::Resource& resource, Reading& reading) {
  const Node* key = resource.type == kTable ? resource.body.Find("hash_key") : nullptr;
  if (!key || key->kind != Kind::kNull || key->text.empty() || resource.absent) return false;
  if (!resource.given) return true;
  reading.messages.push_back(
      {.severity = Severity::kNote,
       .id = "unresolved",
       .place = resource.place,
       .text = resource.address + " is not checked: its hash_key is " + key->text +
               ", which is null by default, and nothing sets it",
       .hint = "--set or --var-file gives it a value; or check a module that calls this one"});
  reading.unchecked.push_back(resource.address);
  return true;
}

// A table that is not made, unless another of the module is made in its place: one of several ways to
// write a table, which count chooses.
void NoteAbsent(const hcl::Resource& resource, const std::vector<hcl::Resource>& resources,
                Reading& reading) {
  const auto stands_for_it = [&](const hcl::Resource& other) {
    return !other.absent && other.type == kTable && other.module == resource.module &&
           !resource.name_text.empty() && other.name_text == resource.name_text;
  };
  if (!resource.given || resource.unkeyed || std::ranges::any_of(resources, stands_for_it)) return;
  reading.messages.push_back(
      {.severity = Severity::kNote,
       .id = "left-out",
       .place = resource.place,
       .text = resource.address + " is left out: its count or for_each is empty here",
       .hint = "--set or --var-file gives variables other values"});
  reading.unchecked.push_back(resource.address);
}

}  // namespace

bool ConcernsTables(std::string_view type) {
  return type == kTable || type == kIndex || type == kScaling ||
         type == "aws_dynamodb_vector_index";
}

void MakeTables(std::vector<hcl::Resource> resources, bool configured, bool foreign_modules,
                Reading& reading) {
  std::vector<Made> tables;
  for (hcl::Resource& resource : resources) {
    if (configured && NoteWithoutKey(resource, reading)) {
      resource.absent = resource.unkeyed = true;
      continue;
    }
    if (configured && resource.given) CheckResource(resource, reading);
    if (resource.type != kTable) continue;
    if (resource.absent) continue;
    TableSource table = MapTable(resource.body, resource.place, resource.address);
    table.home = HomeOf(resource);
    tables.push_back({&resource, std::move(table), {}});
  }
  for (const hcl::Resource& resource : resources) {
    if (resource.absent && resource.type == kTable) NoteAbsent(resource, resources, reading);
    if (resource.absent && resource.type != kScaling) continue;
    if (resource.type == kIndex && resource.given) JoinIndex(resource, tables, reading);
    if (resource.type == "aws_dynamodb_vector_index" && resource.given) {
      reading.messages.push_back(
          {.severity = Severity::kWarning,
           .id = "unresolved",
           .place = resource.place,
           .text = resource.address + " is not read: vector indexes are not known here",
           .hint = {}});
    }
    if (resource.type == kScaling) MarkScaled(resource, tables);
  }
  if (foreign_modules) {
    for (Made& made : tables) made.table.autoscaled = true;
  }
  for (Made& made : tables) {
    if (!made.resource->given) continue;
    const hcl::Resource& resource = *made.resource;
    NoteInstances(resource, reading);
    if (configured) CheckPlan(resource.body, made.other_keys, made.table, reading.messages);
    if (IsRestored(resource.body) && !resource.body.Find("hash_key")) {
      reading.messages.push_back(
          {.severity = Severity::kNote,
           .id = "unresolved",
           .place = resource.place,
           .text = resource.address +
                   " is restored from a table or backup, which has its keys: it is not checked",
           .hint = std::string(kPlanAdvice)});
      for (Refusal& refusal : made.table.refusals) {
        reading.messages.push_back(std::move(refusal.message));
      }
      continue;
    }
    reading.tables.push_back(std::move(made.table));
  }
}

}  // namespace dynarock::schema::terraform
