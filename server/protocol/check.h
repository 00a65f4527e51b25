// The checker that turns shapes (shape.h) into the service's answers to malformed requests.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "server/protocol/shape.h"

namespace dynarock::protocol {

// Pass one, types: every member the shape knows has the JSON type it must have, depth first; null
// counts as absent. The first fault is the answer (Serialization; texts recorded by dynalite).
// Members that the shape does not know are removed, at any depth, as are those that a later member
// of the same name replaces: the service ignores them, and what nobody has checked must not be
// there to be read. So in a `value` that passed, all that is left has the type its shape says, or
// is null.
Result<void> CheckTypes(const Shape& shape, JsonValue& value);

// Pass two, constraints: at most ten violations in one message (Validation), in the order of the
// tables. Before them, a member that the API has and dynarock does not support yet is refused by
// name (Validation). Only for values that passed CheckTypes.
Result<void> CheckConstraints(const Shape& shape, const JsonValue& value);

// The same for an operation whose newer layer looks at its members in stages (Operation::newer).
// `shape`: the operation's input. Where a required member is absent, at the top or below, the older
// layer's answer is given.
Result<void> CheckStages(const Shape& shape, std::span<const Stage> stages, const JsonValue& value);

// The same violations one by one, for whoever shows each at its place. A failure that ends the
// checking at once stands alone, without a path.
std::vector<Violations::Violation> FindViolations(const Shape& shape, const JsonValue& value);

// A value as the service's messages print it: strings as they are, lists `[a, b]`, maps `{k=v}`,
// structures `KeySchemaElement(attributeName=pk, keyType=HASH)`.
std::string Dump(const Shape& shape, const JsonValue& value);

}  // namespace dynarock::protocol
