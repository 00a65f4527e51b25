#include "server/operations/request/shapes.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "server/operations/request/errors.h"
#include "server/operations/request/table_arn.h"

namespace dynarock::operations {

using protocol::kBlobShape;
using protocol::kBooleanShape;
using protocol::kStringListShape;
using protocol::kStringShape;
using protocol::kValueBooleanShape;
using protocol::ListOf;
using protocol::MapOf;
using protocol::OneOf;
using protocol::RequiredOneOf;
using protocol::Structure;

namespace {

constexpr Shape kBlobList = ListOf(kBlobShape);
constexpr Shape kAttributeValueList = ListOf(kAttributeValue);

constexpr Member kAttributeValueMembers[] = {
    {"S", &kStringShape},          {"N", &kStringShape},        {"B", &kBlobShape},
    {"SS", &kStringListShape},     {"NS", &kStringListShape},   {"BS", &kBlobList},
    {"M", &kAttributeMap},         {"L", &kAttributeValueList}, {"NULL", &kValueBooleanShape},
    {"BOOL", &kValueBooleanShape},
};

constexpr std::array<std::string_view, 13> kComparisonOperatorNames = {
    "IN",       "NULL", "BETWEEN", "LT",          "NOT_CONTAINS", "EQ",      "GT",
    "NOT_NULL", "NE",   "LE",      "BEGINS_WITH", "GE",           "CONTAINS"};
constexpr protocol::EnumSet kComparisonOperator{kComparisonOperatorNames};

constexpr Member kConditionMembers[] = {
    {"AttributeValueList", &kAttributeValueList},
    {"ComparisonOperator", &kStringShape, RequiredOneOf(kComparisonOperator)},
};
constexpr Shape kCondition = Structure("Condition", kConditionMembers);

constexpr Member kExpectedMembers[] = {
    {"Value", &kAttributeValue},
    {"Exists", &kBooleanShape},
    {"ComparisonOperator", &kStringShape, OneOf(kComparisonOperator)},
    {"AttributeValueList", &kAttributeValueList},
};
constexpr Shape kExpected = Structure("ExpectedAttributeValue", kExpectedMembers);

constexpr std::array<std::string_view, 3> kActionNames = {"ADD", "PUT", "DELETE"};
constexpr protocol::EnumSet kAction{kActionNames};
constexpr Member kAttributeUpdateMembers[] = {
    {"Value", &kAttributeValue},
    {"Action", &kStringShape, OneOf(kAction)},
};
constexpr Shape kAttributeUpdate = Structure("AttributeValueUpdate", kAttributeUpdateMembers);

constexpr std::array<std::string_view, 3> kReturnConsumedCapacityNames = {"INDEXES", "TOTAL",
                                                                          "NONE"};
constexpr std::array<std::string_view, 2> kReturnItemCollectionMetricsNames = {"SIZE", "NONE"};
constexpr std::array<std::string_view, 5> kReturnValuesNames = {"ALL_NEW", "UPDATED_OLD", "ALL_OLD",
                                                                "NONE", "UPDATED_NEW"};
constexpr std::array<std::string_view, 2> kOnFailureNames = {"ALL_OLD", "NONE"};
constexpr std::array<std::string_view, 2> kConditionalOperatorNames = {"OR", "AND"};
constexpr std::array<std::string_view, 4> kSelectNames = {
    "SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"};

}  // namespace

bool MatchesNamePattern(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
  });
}

constexpr Shape kAttributeValue = Structure("AttributeValue", kAttributeValueMembers);
constexpr Shape kAttributeMap = MapOf(kAttributeValue);
constexpr Shape kNameMap = MapOf(kStringShape);
constexpr Shape kConditionMap = MapOf(kCondition);
constexpr Shape kExpectedMap = MapOf(kExpected);
constexpr Shape kAttributeUpdatesMap = MapOf(kAttributeUpdate);

constexpr protocol::EnumSet kReturnConsumedCapacity{kReturnConsumedCapacityNames};
constexpr protocol::EnumSet kReturnItemCollectionMetrics{kReturnItemCollectionMetricsNames};
constexpr protocol::EnumSet kReturnValues{kReturnValuesNames};
constexpr protocol::EnumSet kReturnValuesOnConditionCheckFailure{kOnFailureNames};
constexpr protocol::EnumSet kConditionalOperator{kConditionalOperatorNames};
constexpr protocol::EnumSet kSelect{kSelectNames};

Result<void> CheckItemTableName(const JsonValue* value, protocol::Violations& violations) {
  if (value == nullptr) {
    violations.AddMissing("tableName");
    return {};
  }
  const std::string name(Text(*value));
  if (LooksLikeArn(name)) {
    if (name.size() > kMaxArn)
      violations.Add(name, "tableName", protocol::LengthAtMostRule(kMaxArn));
    return {};
  }
  if (name.empty()) {
    violations.Add(name, "tableName", protocol::LengthAtLeastRule(1));
    return {};
  }
  if (!MatchesNamePattern(name)) violations.Add(name, "tableName", protocol::NamePatternRule());
  if (name.size() > kMaxName)
    violations.Add(name, "tableName", protocol::LengthAtMostRule(kMaxName));
  return {};
}

Result<void> CheckNewTableName(const JsonValue* value, protocol::Violations& violations) {
  if (value == nullptr) {
    return Fail(TableNameRequired());
  }
  const std::string name(Text(*value));
  if (!MatchesNamePattern(name)) violations.Add(name, "tableName", protocol::NamePatternRule());
  if (name.size() < kMinName) {
    violations.Add(name, "tableName", protocol::LengthAtLeastRule(kMinName));
  }
  if (name.size() > kMaxName)
    violations.Add(name, "tableName", protocol::LengthAtMostRule(kMaxName));
  return {};
}

Result<void> CheckTableName(const JsonValue* value, protocol::Violations& violations) {
  if (value == nullptr || !LooksLikeArn(Text(*value))) return CheckNewTableName(value, violations);
  const std::string arn(Text(*value));
  if (arn.size() > kMaxArn) {
    violations.Add(arn, "tableName", protocol::LengthAtMostRule(kMaxArn));
  }
  return {};
}

}  // namespace dynarock::operations
