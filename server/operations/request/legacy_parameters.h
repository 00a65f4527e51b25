// The parameters from before expressions, read from JSON for the expression room to lower.
#pragma once

#include <string_view>
#include <vector>

#include "expression/legacy.h"
#include "server/operations/request/expression_parameters.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

// All results borrow from `input` and `arena`. Errors: attribute names that are empty or too long,
// those of the values, and operators and actions that do not exist, in the words of the newer layer:
// in the older one the shapes have refused them.

// QueryFilter, ScanFilter or KeyConditions, each entry checked; empty when absent.
Result<std::vector<expression::LegacyCondition>> ReadLegacyConditions(const JsonValue& input,
                                                                      std::string_view member,
                                                                      ValueArena& arena,
                                                                      Layer layer);
Result<std::vector<expression::LegacyExpected>> ReadExpected(const JsonValue& input,
                                                             ValueArena& arena, Layer layer);
Result<std::vector<expression::LegacyUpdate>> ReadAttributeUpdates(const JsonValue& input,
                                                                   ValueArena& arena, Layer layer);
Result<std::vector<std::string_view>> ReadAttributesToGet(const JsonValue& input);

// AND unless the request says OR. Errors, of one that is given (observed on the service, October
// 2026): `filter`, the map whose entries it joins, has none or one; neither AND nor OR.
Result<expression::ConditionalOperator> ReadConditionalOperator(const JsonValue& input,
                                                                std::string_view filter);

}  // namespace dynarock::operations
