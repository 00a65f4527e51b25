// Shapes that several operations share. Source: the API model (@aws-sdk/client-dynamodb); bounds
// and the order of enum values as the service prints them.
#pragma once

#include "server/protocol/shape.h"

namespace dynarock::operations {

using protocol::Member;
using protocol::Rule;
using protocol::Shape;

// Names of tables and indexes, and ARNs in their place, in characters.
inline constexpr size_t kMinName = 3;
inline constexpr size_t kMaxName = 255;
inline constexpr size_t kMaxArn = 1024;

extern const Shape kAttributeValue;
extern const Shape kAttributeMap;  // Key, Item, ExclusiveStartKey, ExpressionAttributeValues
extern const Shape kNameMap;       // ExpressionAttributeNames
extern const Shape kConditionMap;  // KeyConditions, QueryFilter, ScanFilter
extern const Shape kExpectedMap;
extern const Shape kAttributeUpdatesMap;

extern const protocol::EnumSet kReturnConsumedCapacity;
extern const protocol::EnumSet kReturnItemCollectionMetrics;
extern const protocol::EnumSet kReturnValues;
extern const protocol::EnumSet kReturnValuesOnConditionCheckFailure;
extern const protocol::EnumSet kConditionalOperator;
extern const protocol::EnumSet kSelect;

// Whether a name is made of [a-zA-Z0-9_.-], one character at least.
bool MatchesNamePattern(std::string_view name);

// TableName of item operations: required, 1..255 characters of [a-zA-Z0-9_.-], or an ARN of up to
// 1024.
Result<void> CheckItemTableName(const JsonValue* value, protocol::Violations& violations);
// TableName of CreateTable, and of the other table operations. A failure ends the checking.
Result<void> CheckNewTableName(const JsonValue* value, protocol::Violations& violations);
Result<void> CheckTableName(const JsonValue* value, protocol::Violations& violations);

constexpr Member ItemTableName() {
  return {"TableName", &protocol::kStringShape, {.required = true, .check = CheckItemTableName}};
}
constexpr Member TableName() {
  return {"TableName", &protocol::kStringShape, {.check = CheckTableName, .alone = true}};
}
constexpr Member ReturnConsumedCapacityMember() {
  return {"ReturnConsumedCapacity", &protocol::kStringShape,
          protocol::OneOf(kReturnConsumedCapacity)};
}
constexpr Member ReturnItemCollectionMetricsMember() {
  return {"ReturnItemCollectionMetrics", &protocol::kStringShape,
          protocol::OneOf(kReturnItemCollectionMetrics)};
}
constexpr Member ReturnOnFailureMember() {
  return {"ReturnValuesOnConditionCheckFailure", &protocol::kStringShape,
          protocol::OneOf(kReturnValuesOnConditionCheckFailure)};
}
constexpr Member IndexNameMember() {
  return {"IndexName",
          &protocol::kStringShape,
          {.min_length = kMinName, .max_length = kMaxName, .name_pattern = true}};
}

}  // namespace dynarock::operations
