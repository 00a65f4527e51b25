// Faults of tables that only some values of the parameters show.
#pragma once

#include <vector>

#include "server/schema/review/design.h"
#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// Adds what is wrong in any branch of the tables and is not among the findings yet. Each is told
// once, with what has to hold.
void ReviewBranches(const std::vector<Branches>& tables, Findings& findings);

}  // namespace dynarock::schema
