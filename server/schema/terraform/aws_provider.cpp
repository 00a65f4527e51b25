#include "server/schema/terraform/aws_provider.h"

#include <array>

#include "server/document/spelling.h"
#include "server/schema/terraform/known_modules.h"
#include "server/schema/terraform/resource_shape.h"

namespace dynarock::schema::terraform {
namespace {

const BlockShape* ResourceOf(std::string_view type) {
  if (type == kTableResource.name) return &kTableResource;
  if (type == kIndexResource.name) return &kIndexResource;
  return nullptr;
}

std::vector<std::string_view> AttributesOf(std::string_view type) {
  if (type != kTableResource.name) return {};
  std::vector<std::string_view> names = {"id", "timeouts"};
  for (const ArgumentShape& argument : kTableResource.arguments) names.push_back(argument.name);
  for (const BlockShape& block : kTableResource.blocks) names.push_back(block.name);
  return names;
}

std::string_view MeantType(std::string_view type) {
  // All that the provider has of DynamoDB, since some names are near to each other.
  constexpr std::array kKnown = std::to_array<std::string_view>(
      {"aws_dynamodb_contributor_insights", "aws_dynamodb_global_secondary_index",
       "aws_dynamodb_global_table", "aws_dynamodb_kinesis_streaming_destination",
       "aws_dynamodb_resource_policy", "aws_dynamodb_table", "aws_dynamodb_table_export",
       "aws_dynamodb_table_item", "aws_dynamodb_table_replica", "aws_dynamodb_tag",
       "aws_dynamodb_vector_index"});
  constexpr size_t kMostLetters = 3;
  // Other providers have types of names like these: awscc_dynamodb_table.
  if (!type.starts_with("aws_")) return {};
  return document::Misspelt(type, kKnown, kMostLetters);
}

}  // namespace

const hcl::Provider kAwsProvider = {.resource = ResourceOf,
                                    .attributes = AttributesOf,
                                    .meant_type = MeantType,
                                    .known_module = FindKnownModule};

}  // namespace dynarock::schema::terraform
