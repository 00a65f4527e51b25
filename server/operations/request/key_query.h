// From key schemas and key conditions to what a cursor reads.
#pragma once

#include <vector>

#include "expression/key_condition.h"
#include "storage/catalog/table.h"
#include "storage/table/cursor.h"

namespace dynarock::operations {

// Which attributes the key in use has, for the expression room. Borrows their names.
std::vector<expression::KeyAttribute> SchemaOf(const Key& key);

// Lets a plan read what the query names.
void SetKeys(const expression::KeyQuery& query, ReadPlan& plan);

}  // namespace dynarock::operations
