// The provider hashicorp/aws, as far as it makes tables and indexes.
#pragma once

#include "server/schema/hcl/provider.h"

namespace dynarock::schema::terraform {

extern const hcl::Provider kAwsProvider;

}  // namespace dynarock::schema::terraform
