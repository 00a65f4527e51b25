// Names for tables whose files give them none: CloudFormation would make them up of the names of
// the stack and the resource, and random letters.
#pragma once

#include <string>
#include <vector>

#include "server/schema/table/table_source.h"

namespace dynarock::schema {

// One for each table, in their order; empty for a table that has a name of its own. It is the
// table's address. Where that is too short for a name, or several tables have it, that of its file
// comes before it ("ShopStack-Orders" from ShopStack.template.json), and that of its directory
// before both where files are called the same.
std::vector<std::string> MakeUpNames(const std::vector<TableSource>& tables);

}  // namespace dynarock::schema
