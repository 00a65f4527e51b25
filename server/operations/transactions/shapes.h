// Shapes that TransactWriteItems and TransactGetItems share. Source: the API model
// (@aws-sdk/client-dynamodb); texts as observed on the service, October 2026.
#pragma once

#include "server/operations/request/shapes.h"
#include "server/protocol/shape.h"

namespace dynarock::operations {

inline constexpr protocol::Rule kActionRule = protocol::Required();
// TransactItems: 1 to 100 actions, none of them null.
inline constexpr protocol::Rule kActionCount{
    .required = true, .min_length = 1, .max_length = 100, .element = &kActionRule};
// The actions themselves, where CheckActionCount has counted them.
inline constexpr protocol::Rule kActions{.element = &kActionRule};

// The newer layer's words for 0 actions and more than 100.
Result<void> CheckActionCount(const JsonValue* value, protocol::Violations& violations);

// A table name of 3 characters at least, or an ARN of up to 1024.
void CheckActionTableName(const JsonValue& value, const std::string& path,
                          protocol::Violations& violations);
inline constexpr protocol::Member kActionTableName{
    "TableName", &protocol::kStringShape, {.required = true, .check_at = CheckActionTableName}};

}  // namespace dynarock::operations
