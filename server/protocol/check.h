// The checker that turns shapes (shape.h) into the service's answers to malformed requests.
#pragma once

#include <string>
#include <vector>

#include "server/protocol/shape.h"

namespace dynarock::protocol {

// Pass one, types: every member the shape knows has the JSON type it must have, depth first;
// unknown members are passed over and null counts as absent. The first fault is the answer
// (Serialization; texts recorded by dynalite).
Result<void> CheckTypes(const Shape& shape, const JsonValue& value);

// Pass two, constraints: at most ten violations in one message (Validation), in the order of the
// tables. Before them, a member that the API has and dynarock does not support yet is refused by
// name (Validation). Only for values that passed CheckTypes.
Result<void> CheckConstraints(const Shape& shape, const JsonValue& value);

// The same violations one by one, for whoever shows each at its place. A failure that ends the
// checking at once stands alone, without a path.
std::vector<Violations::Violation> FindViolations(const Shape& shape, const JsonValue& value);

// A value as the service's messages print it: strings as they are, lists `[a, b]`, maps `{k=v}`,
// structures `KeySchemaElement(attributeName=pk, keyType=HASH)`.
std::string Dump(const Shape& shape, const JsonValue& value);

}  // namespace dynarock::protocol
