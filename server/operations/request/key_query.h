// From key schemas and key conditions to what a cursor reads.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "expression/key_condition.h"
#include "server/operations/request/read_page.h"
#include "storage/table/cursor.h"

namespace dynarock::operations {

// Which attributes the key in use has, for the expression room. Borrows their names.
std::vector<expression::KeyAttribute> SchemaOf(const Key& key);

// What a Query reads, with the checks of its conditions and of its start key against the key in use.
// These take turns: for each attribute of the key, HASH first, the start key comes before the
// condition (recorded by dynalite). Errors of the start key: "The provided starting key is invalid".
Result<expression::KeyQuery> FitKeys(std::span<const expression::KeyTerm> terms,
                                     const ReadTarget& target, std::optional<ItemView> start_key,
                                     Layer layer);

// Lets a plan read what the query names.
void SetKeys(const expression::KeyQuery& query, ReadPlan& plan);

}  // namespace dynarock::operations
