#include "server/operations/request/read_members.h"

#include <cstdint>
#include <string>

namespace dynarock::operations {

namespace {

void CheckRange(const JsonValue* value, std::string_view path, int64_t least, int64_t most,
                protocol::Violations& violations) {
  if (value == nullptr || !value->IsNumber()) return;
  const int64_t number = value->GetCut(INT64_MIN, INT64_MAX);
  if (number < least) {
    violations.AddWithoutValue(
        path, "Member must have value greater than or equal to " + std::to_string(least));
  } else if (number > most) {
    violations.AddWithoutValue(
        path, "Member must have value less than or equal to " + std::to_string(most));
  }
}

}  // namespace

Result<void> CheckLimit(const JsonValue* value, protocol::Violations& violations) {
  CheckRange(value, "Limit", 1, INT64_MAX, violations);
  return {};
}

Result<void> CheckSegment(const JsonValue* value, protocol::Violations& violations) {
  CheckRange(value, "Segment", 0, kMaxSegment, violations);
  return {};
}

Result<void> CheckTotalSegments(const JsonValue* value, protocol::Violations& violations) {
  CheckRange(value, "TotalSegments", 1, kMaxSegment + 1, violations);
  return {};
}

}  // namespace dynarock::operations
