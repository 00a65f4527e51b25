// The resources of a module or plan that make up tables, put together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/schema/hcl/module.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema::terraform {

// Whether resources of this type are worth expanding.
bool ConcernsTables(std::string_view type);

// Makes the tables of `resources`. `configured`: they come from files, so that what Terraform and
// the provider refuse is said; what is in a plan has passed that. `foreign_modules`: modules that are not read may scale the
// tables.
void MakeTables(std::vector<hcl::Resource> resources, bool configured, bool foreign_modules,
                Reading& reading);

}  // namespace dynarock::schema::terraform
