#include "server/operations/request/newer_members.h"

#include <algorithm>
#include <string>

#include "server/operations/request/errors.h"
#include "server/operations/request/table_arn.h"

namespace dynarock::operations {

namespace {

// The table's name, where it is neither absent nor an ARN.
std::optional<std::string_view> NameIn(const JsonValue* value) {
  if (value == nullptr || LooksLikeArn(Text(*value))) return std::nullopt;
  return Text(*value);
}

bool Exists(std::string_view return_values) {
  return std::ranges::find(kReturnValues.values, return_values) != kReturnValues.values.end();
}

}  // namespace

Result<void> CheckTableNameGiven(const JsonValue* value, protocol::Violations& violations) {
  if (const auto name = NameIn(value); name && name->empty()) {
    violations.AddWithoutValue("TableName", protocol::LengthAtLeastRule(1));
  }
  return {};
}

Result<void> CheckTableNameFormat(const JsonValue* value, protocol::Violations& violations) {
  const auto name = NameIn(value);
  if (name && name->size() < kMinName) {
    violations.Add(*name, "tableName", protocol::LengthAtLeastRule(kMinName));
    return {};
  }
  return CheckItemTableName(value, violations);
}

Result<void> CheckTableNameFormatWithPattern(const JsonValue* value,
                                             protocol::Violations& violations) {
  DYNAROCK_CHECK(CheckItemTableName(value, violations));
  const auto name = NameIn(value);
  if (name && name->size() < kMinName) {
    violations.Add(*name, "tableName", protocol::LengthAtLeastRule(kMinName));
  }
  return {};
}

Result<void> CheckReturnValuesName(const JsonValue* value, protocol::Violations& violations) {
  if (value != nullptr && !Exists(Text(*value))) {
    violations.AddText(
        Cause::kConstraint, "returnValues",
        "Failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, UPDATED_OLD, "
        "ALL_NEW, UPDATE_NEW, NONE]");
  }
  return {};
}

Result<void> CheckReturnsOldOrNone(const JsonValue* value, protocol::Violations& violations) {
  if (value == nullptr || !Exists(Text(*value))) return {};
  if (Text(*value) != "ALL_OLD" && Text(*value) != "NONE") {
    violations.AddText(Cause::kReturnValues, "returnValues", OldOrNoneOnly().message);
  }
  return {};
}

}  // namespace dynarock::operations
