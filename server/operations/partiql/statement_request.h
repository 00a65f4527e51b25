// The members of a request that hold a PartiQL statement.
#pragma once

#include "expression/partiql/statement.h"
#include "server/operations/request/expression_parameters.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"

namespace dynarock::operations {

inline constexpr protocol::Rule kStatementText{
    .required = true, .min_length = 1, .max_length = expression::kMaxStatementBytes};
extern const protocol::Shape kParameterList;

// Statement with its Parameters, whose values `arena` keeps. Errors: those of values, and of
// expression::ParseStatement.
Result<expression::Statement> ReadStatement(const JsonValue& input, ValueArena& arena);

// The table a statement names. Error: ResourceNotFound "Requested resource not found".
Result<std::shared_ptr<const Table>> FindStatementTable(const Call& call,
                                                        const expression::Statement& statement);

// Names of the table's key attributes, HASH first.
std::vector<std::string> KeyNames(const Table& table);

// Appends the JSON of what a SELECT shows of an item: all of it, or the values at its paths under
// the last name of each path.
void WriteRow(const expression::Statement& statement, ItemView item, std::string& out);

}  // namespace dynarock::operations
