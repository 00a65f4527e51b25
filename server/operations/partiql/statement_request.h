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

// Parameters, whose values `arena` keeps. Error: the first value's that is none.
Result<std::vector<ValueView>> ReadStatementParameters(const JsonValue& input, ValueArena& arena);

// Statement. Errors: those of expression::ParseStatement; a SELECT on an index whose key has several
// attributes; Statement::fault.
Result<expression::Statement> ReadStatement(const Call& call, const JsonValue& input,
                                            std::span<const ValueView> parameters);

// The table a statement names. Error: ResourceNotFound "Requested resource not found".
Result<std::shared_ptr<const Table>> FindStatementTable(const Call& call,
                                                        const expression::Statement& statement);

// Names of the table's key attributes, HASH first.
std::vector<std::string> KeyNames(const Table& table);

// Key attributes of the table, for expression::CheckKeyTypes. Borrows their names.
std::vector<expression::KeyAttribute> KeySchema(const Table& table);

// Appends the JSON of what a SELECT shows of an item: all of it, or the values at its paths under
// the names of its columns.
void WriteRow(const expression::Statement& statement, ItemView item, std::string& out);

}  // namespace dynarock::operations
