// Which value of a request a fault is about.
#pragma once

#include "server/document/node.h"
#include "server/operations/tables/new_table.h"

namespace dynarock::schema {

// The value to point at. Where something is missing: what it is missing from.
const document::Node& Culprit(const document::Node& request, const operations::Fault& fault);

}  // namespace dynarock::schema
