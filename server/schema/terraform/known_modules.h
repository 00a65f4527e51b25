// Public modules that make DynamoDB tables, known by the inputs that they document, for checks before
// they are downloaded.
#pragma once

#include <string_view>

#include "server/schema/hcl/provider.h"

namespace dynarock::schema::terraform {

// What is known of a module by its source: the address in the registry, with or without host, or the
// repository. https://developer.hashicorp.com/terraform/language/modules/sources
const hcl::KnownModule* FindKnownModule(std::string_view source);

// Whether a module that is not known in full certainly makes no DynamoDB table.
bool MakesNoTables(std::string_view source);

}  // namespace dynarock::schema::terraform
