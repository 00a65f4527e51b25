// SELECT in ExecuteStatement: as a read of one item, as one or several Queries, or as a Scan.
#pragma once

#include "expression/partiql/statement.h"
#include "server/operations/request/table_lookup.h"

namespace dynarock::operations {

// Reads one page and writes the answer: Items, NextToken, LastEvaluatedKey, ConsumedCapacity. Takes
// Limit, NextToken, ConsistentRead and ReturnConsumedCapacity from the request. Errors: those of
// the table and index, of ORDER BY, of what an index does not project, of key values, of the token.
Result<void> AnswerSelect(Call& call, const expression::Statement& statement);

// "Attribute <name> in ORDER BY clause must be part of the primary key".
Result<void> CheckOrderedByKey(const expression::Statement& statement, const Key& key);

}  // namespace dynarock::operations
