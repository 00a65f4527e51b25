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

void CheckResource(hcl::Resource& resource, Reading& reading) {
  if (resource.type == kTable) CheckShape(kTableResource, resource.body, reading.messages);
  if (resource.type == kIndex) CheckShape(kIndexResource, resource.body, reading.messages);
}

void JoinIndex(const hcl::Resource& index, std::vector<Made>& tables, Reading& reading) {
  const auto made = std::ranges::find_if(
      tables, [&](const Made& candidate) { return Means(index, "table_name", "", candidate); });
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

}  // namespace

bool ConcernsTables(std::string_view type) {
  return type == kTable || type == kIndex || type == kScaling ||
         type == "aws_dynamodb_vector_index";
}

void MakeTables(std::vector<hcl::Resource> resources, bool configured, Reading& reading) {
  std::vector<Made> tables;
  for (hcl::Resource& resource : resources) {
    if (configured && resource.given) CheckResource(resource, reading);
    if (resource.type != kTable) continue;
    tables.push_back({&resource, MapTable(resource.body, resource.place, resource.address), {}});
  }
  for (const hcl::Resource& resource : resources) {
    if (resource.type == kIndex && resource.given) JoinIndex(resource, tables, reading);
    if (resource.type == "aws_dynamodb_vector_index" && resource.given) {
      reading.messages.push_back(
          {.severity = Severity::kWarning,
           .id = "unresolved",
           .place = resource.place,
           .text = resource.address + " is not read: vector indexes are not known here",
           .hint = {}});
    }
    if (resource.type != kScaling) continue;
    for (Made& made : tables) {
      if (Means(resource, "resource_id", "table/", made)) made.table.autoscaled = true;
    }
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
