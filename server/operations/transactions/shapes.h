// Shapes that TransactWriteItems and TransactGetItems share. Source: the API model
// (@aws-sdk/client-dynamodb).
#pragma once

#include "server/protocol/shape.h"

namespace dynarock::operations {

inline constexpr protocol::Rule kActionRule = protocol::Required();
// TransactItems: 1 to 100 actions, none of them null.
inline constexpr protocol::Rule kActionCount{
    .required = true, .min_length = 1, .max_length = 100, .element = &kActionRule};

// A table name, or an ARN of up to 1024 characters.
inline constexpr protocol::Member kActionTableName{
    "TableName", &protocol::kStringShape, {.required = true, .min_length = 1, .max_length = 1024}};

}  // namespace dynarock::operations
