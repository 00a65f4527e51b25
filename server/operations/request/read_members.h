// Numbers among the members of Query and Scan, as the newer validation layer says what is wrong with
// them: "Value at 'Limit' failed to satisfy constraint: ...", without the value (observed on the
// service, October 2026).
#pragma once

#include "server/operations/request/shapes.h"

namespace dynarock::operations {

Result<void> CheckLimit(const JsonValue* value, protocol::Violations& violations);
Result<void> CheckSegment(const JsonValue* value, protocol::Violations& violations);
Result<void> CheckTotalSegments(const JsonValue* value, protocol::Violations& violations);

inline constexpr int64_t kMaxSegment = 999999;

constexpr Member LimitInRange() {
  return {"Limit", &protocol::kIntegerShape, {.check = CheckLimit}};
}
constexpr Member SegmentInRange() {
  return {"Segment", &protocol::kIntegerShape, {.check = CheckSegment}};
}
constexpr Member TotalSegmentsInRange() {
  return {"TotalSegments", &protocol::kIntegerShape, {.check = CheckTotalSegments}};
}

}  // namespace dynarock::operations
