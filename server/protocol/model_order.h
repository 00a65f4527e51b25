// The order of members in AWS's API model (botocore's service-2.json of August 2026).
#pragma once

#include <string_view>

namespace dynarock::protocol {

// The names of a structure's members, a space between them; empty where the shape's own table has
// them in this order. Shapes list members in the order in which constraints are checked; types are
// told in this one.
std::string_view ModelOrder(std::string_view structure);

}  // namespace dynarock::protocol
