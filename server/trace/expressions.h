// The expressions of a request, or of an entry of a batch or transaction.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "storage/item/json.h"

namespace dynarock::trace {

// A hash of all that makes a request (or an entry of a batch) distinct: expressions and what their
// #names stand for, the names of legacy parameters, Select. Values, keys and limits do not count.
uint64_t HashOfExpressions(const JsonValue& input);

// Its expressions, name and text, a PartiQL statement as "Statement"; legacy parameters as their
// attribute names.
std::vector<std::pair<std::string, std::string>> ExpressionsOf(const JsonValue& input);

// ExpressionAttributeNames.
std::vector<std::pair<std::string, std::string>> NamesOf(const JsonValue& input);

}  // namespace dynarock::trace
