// What Terraform's AWS provider takes in a resource: arguments, their types, nested blocks. Facts
// from the provider's documentation (registry.terraform.io/providers/hashicorp/aws, 6.x).
#pragma once

#include <string_view>
#include <vector>

#include "server/document/node.h"
#include "server/schema/hcl/provider.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema::terraform {

using hcl::ArgumentShape;
using hcl::BlockShape;
using hcl::ValueRule;

// The two resources that make tables and indexes.
extern const BlockShape kTableResource;
extern const BlockShape kIndexResource;

// Converts the arguments of a resource's body to their types and adds what Terraform refuses before
// it plans: unknown and missing arguments, values of another type, too many blocks. Arguments that
// cannot be converted are taken out.
void CheckShape(const BlockShape& shape, Node& body, std::vector<Message>& messages);

}  // namespace dynarock::schema::terraform
