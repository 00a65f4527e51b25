#include "server/schema/terraform/known_modules.h"

#include <array>
#include <string>

namespace dynarock::schema::terraform {

// Made by CMake out of modules/*.tf.
extern const std::string_view kTerraformAwsModulesTable;
extern const std::string_view kCloudposseTable;
extern const std::string_view kCloudposseLabel;

namespace {

struct Known {
  std::string_view repository;  // on GitHub
  hcl::KnownModule module;
};

const std::array kKnown = std::to_array<Known>({
    {"terraform-aws-modules/terraform-aws-dynamodb-table",
     {"terraform-aws-modules/dynamodb-table/aws", kTerraformAwsModulesTable}},
    {"cloudposse/terraform-aws-dynamodb", {"cloudposse/dynamodb/aws", kCloudposseTable}},
    {"cloudposse/terraform-null-label", {"cloudposse/label/null", kCloudposseLabel}},
});

// The source without the host of the public registry.
std::string_view WithoutHost(std::string_view source) {
  for (const std::string_view host : {"registry.terraform.io/", "registry.opentofu.org/"}) {
    if (source.starts_with(host)) source.remove_prefix(host.size());
  }
  return source;
}

// "owner/name" of a source on GitHub; empty: it is elsewhere, or a directory below.
std::string_view RepositoryOf(std::string_view source) {
  size_t at = source.find("github.com/");
  if (at == std::string_view::npos) at = source.find("github.com:");
  if (at == std::string_view::npos) return {};
  source.remove_prefix(at + std::string_view("github.com/").size());
  source = source.substr(0, source.find('?'));
  if (source.find("//") != std::string_view::npos) return {};
  if (source.ends_with(".git")) source.remove_suffix(4);
  return source;
}

}  // namespace

const hcl::KnownModule* FindKnownModule(std::string_view source) {
  const std::string_view name = WithoutHost(source);
  const std::string_view repository = RepositoryOf(source);
  for (const Known& known : kKnown) {
    if (known.module.name == name || known.repository == repository) return &known.module;
  }
  return nullptr;
}

bool MakesNoTables(std::string_view source) {
  const std::string_view name = WithoutHost(source);
  // Each of them is about one service. Submodules go with their module.
  if (name.starts_with("terraform-aws-modules/")) {
    return !name.starts_with("terraform-aws-modules/dynamodb-table/");
  }
  return name == "cloudposse/label/null" || name == "cloudposse/dynamodb-autoscaler/aws";
}

}  // namespace dynarock::schema::terraform
