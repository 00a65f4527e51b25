// Key attributes are scalars: no document path may lead into one.
#pragma once

#include <span>

#include "expression/path.h"
#include "storage/catalog/table.h"
#include "storage/item/result.h"

namespace dynarock::operations {

// Error: "Key attributes must be scalars; list random access '[]' and map lookup '.' are not
// allowed: Key: <a>", with "IndexKey: <a>" for the key of an index. Text and order recorded by
// dynalite.
Result<void> CheckKeyPaths(const Table& table, std::span<const expression::Path> paths);

}  // namespace dynarock::operations
