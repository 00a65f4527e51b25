// Which value of a request a fault is about.
#pragma once

#include "server/operations/tables/new_table.h"
#include "server/document/node.h"

namespace dynarock::schema {

// The value to point at. Where something is missing: what it is missing from.
const Node& Culprit(const Node& request, const operations::Fault& fault);

}  // namespace dynarock::schema
