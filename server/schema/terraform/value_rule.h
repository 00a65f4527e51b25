// What the AWS provider wants of single values before it plans, and says of others.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/schema/hcl/provider.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema::terraform {

// What is wrong with a known value of the rule's type, in the provider's words (observed with
// version 5.100). `name` and `path` are what the messages call it: "type" and "attribute.0.type";
// `last` is the name alone.
std::optional<std::string> FaultOf(const hcl::ValueRule& rule, const Node& value,
                                   const std::string& name, const std::string& path,
                                   std::string_view last);

}  // namespace dynarock::schema::terraform
