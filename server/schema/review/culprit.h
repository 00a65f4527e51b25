// Which value of a request a fault is about.
#pragma once

#include "server/document/node.h"
#include "server/operations/tables/new_table.h"

namespace dynarock::schema {

using document::Node;

// The value to point at. Where something is missing: what it is missing from.
const Node& Culprit(const Node& request, const operations::Fault& fault);

}  // namespace dynarock::schema
