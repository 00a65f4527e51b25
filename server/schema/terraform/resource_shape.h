// What Terraform's AWS provider takes in a resource: arguments, their types, nested blocks. Facts
// from the provider's documentation (registry.terraform.io/providers/hashicorp/aws, 6.x).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/node.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema::hcl {

struct ArgumentShape {
  enum class Type : uint8_t { kText, kNumber, kTruth, kTexts, kTextMap, kObject };
  enum class Use : uint8_t { kRequired, kOptional, kComputed };  // kComputed: cannot be set
  std::string_view name;
  Type type;
  Use use;
};

struct BlockShape {
  std::string_view name;
  size_t most;  // 0: any number
  bool required;
  bool as_argument;  // may be written as an argument with a list of objects
  std::span<const ArgumentShape> arguments;
  std::span<const BlockShape> blocks;
};

// The two resources that make tables and indexes.
extern const BlockShape kTableResource;
extern const BlockShape kIndexResource;

// What can be taken of such a resource: its arguments, blocks, and what the provider computes.
std::vector<std::string_view> AttributesOf(const BlockShape& resource);

// Converts the arguments of a resource's body to their types and adds what Terraform refuses before
// it plans: unknown and missing arguments, values of another type, too many blocks. Arguments that
// cannot be converted are taken out.
void CheckShape(const BlockShape& shape, Node& body, std::vector<Message>& messages);

}  // namespace dynarock::schema::hcl
