// The parameters from before expressions, read from JSON for the expression room to lower.
#pragma once

#include <string_view>
#include <vector>

#include "expression/legacy.h"
#include "server/operations/request/expression_parameters.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

// All results borrow from `input` and `arena`. Errors: those of the values.

// QueryFilter, ScanFilter or KeyConditions; empty when absent.
Result<std::vector<expression::LegacyCondition>> ReadLegacyConditions(const JsonValue& input,
                                                                      std::string_view member,
                                                                      ValueArena& arena,
                                                                      Layer layer = Layer::kOlder);
Result<std::vector<expression::LegacyExpected>> ReadExpected(const JsonValue& input,
                                                             ValueArena& arena,
                                                             Layer layer = Layer::kOlder);
Result<std::vector<expression::LegacyUpdate>> ReadAttributeUpdates(const JsonValue& input,
                                                                   ValueArena& arena,
                                                                   Layer layer = Layer::kOlder);
std::vector<std::string_view> ReadAttributesToGet(const JsonValue& input);

// AND unless the request says OR. Error: given without any of `filters`.
Result<expression::ConditionalOperator> ReadConditionalOperator(
    const JsonValue& input, std::initializer_list<std::string_view> filters);

}  // namespace dynarock::operations
