// Members whose violations the newer validation layer finds or says differently, for the stages of
// an operation (protocol::Operation::newer). All observed on the service, October 2026.
#pragma once

#include "server/operations/request/shapes.h"

namespace dynarock::operations {

// "Value at 'TableName' failed to satisfy constraint: ..." of an empty name, which stands alone.
Result<void> CheckTableNameGiven(const JsonValue* value, protocol::Violations& violations);
// What a name looks like: of a name that is too short nothing else is said, or its pattern first.
Result<void> CheckTableNameFormat(const JsonValue* value, protocol::Violations& violations);
Result<void> CheckTableNameFormatWithPattern(const JsonValue* value,
                                             protocol::Violations& violations);
// "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, ALL_NEW,
// UPDATE_NEW, NONE]": without member and value, and with UPDATE_NEW as the service spells it there.
Result<void> CheckReturnValuesName(const JsonValue* value, protocol::Violations& violations);
// "ReturnValues can only be ALL_OLD or NONE", of names that exist.
Result<void> CheckReturnsOldOrNone(const JsonValue* value, protocol::Violations& violations);

constexpr Member TableNameGiven() {
  return {"TableName", &protocol::kStringShape, {.check = CheckTableNameGiven}};
}
constexpr Member TableNameFormat() {
  return {"TableName", &protocol::kStringShape, {.check = CheckTableNameFormat}};
}
constexpr Member TableNameFormatWithPattern() {
  return {"TableName", &protocol::kStringShape, {.check = CheckTableNameFormatWithPattern}};
}
constexpr Member ReturnValuesName() {
  return {"ReturnValues", &protocol::kStringShape, {.check = CheckReturnValuesName}};
}
constexpr Member ReturnsOldOrNone() {
  return {"ReturnValues", &protocol::kStringShape, {.check = CheckReturnsOldOrNone}};
}

inline constexpr Member kTableNameGiven[] = {TableNameGiven()};

}  // namespace dynarock::operations
