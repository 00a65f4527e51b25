// What the blocks of the language itself hold, as Terraform and OpenTofu have it: variables,
// outputs, lifecycle and the like. https://developer.hashicorp.com/terraform/language
#pragma once

#include <string_view>
#include <vector>

#include "server/schema/hcl/syntax.h"

namespace dynarock::schema::hcl {

// Adds what is wrong with the contents of a top-level block of the language (variable, output,
// locals), or with its type.
void CheckLanguageBlock(const Block& block, std::vector<Problem>& problems);

// The same of a resource's lifecycle, which stands there once. `attributes`: what the resource has;
// empty: not known.
void CheckMetaBlocks(const Block& resource, const std::vector<std::string_view>& attributes,
                     std::vector<Problem>& problems);

// The same of a dynamic block, whose content is looked at with the resource.
void CheckDynamicBlock(const Block& block, std::vector<Problem>& problems);

}  // namespace dynarock::schema::hcl
