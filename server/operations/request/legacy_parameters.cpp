#include "server/operations/request/legacy_parameters.h"

#include <algorithm>

#include "server/operations/request/members.h"

namespace dynarock::operations {

namespace {

Result<std::vector<ValueView>> ReadValues(const JsonValue& list, ValueArena& arena, Layer layer) {
  std::vector<ValueView> values;
  values.reserve(list.Size());
  for (const JsonValue& element : list.GetArray()) {
    DYNAROCK_TRY(const ValueView value, arena.Add(element, layer));
    values.push_back(value);
  }
  return values;
}

}  // namespace

Result<std::vector<expression::LegacyCondition>> ReadLegacyConditions(const JsonValue& input,
                                                                      std::string_view member,
                                                                      ValueArena& arena,
                                                                      Layer layer) {
  std::vector<expression::LegacyCondition> conditions;
  const JsonValue* map = FindMember(input, member);
  if (map == nullptr) return conditions;
  for (const auto& entry : map->GetObject()) {
    if (!entry.value.IsObject()) continue;
    expression::LegacyCondition condition;
    condition.attribute = entry.name;
    condition.op =
        *expression::ComparisonOperatorFromName(StringOr(entry.value, "ComparisonOperator"));
    if (const JsonValue* list = FindMember(entry.value, "AttributeValueList")) {
      DYNAROCK_TRY(condition.values, ReadValues(*list, arena, layer));
    }
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

Result<std::vector<expression::LegacyExpected>> ReadExpected(const JsonValue& input,
                                                             ValueArena& arena, Layer layer) {
  std::vector<expression::LegacyExpected> entries;
  const JsonValue* map = FindMember(input, "Expected");
  if (map == nullptr) return entries;
  for (const auto& entry : map->GetObject()) {
    if (!entry.value.IsObject()) continue;
    expression::LegacyExpected expected;
    expected.attribute = entry.name;
    if (FindMember(entry.value, "ComparisonOperator") != nullptr) {
      expected.op =
          expression::ComparisonOperatorFromName(StringOr(entry.value, "ComparisonOperator"));
    }
    if (FindMember(entry.value, "Exists") != nullptr) {
      expected.exists = BoolOr(entry.value, "Exists", true);
    }
    if (const JsonValue* value = FindMember(entry.value, "Value")) {
      DYNAROCK_TRY(expected.value, arena.Add(*value, layer));
    }
    if (const JsonValue* list = FindMember(entry.value, "AttributeValueList")) {
      DYNAROCK_TRY(expected.values, ReadValues(*list, arena, layer));
    }
    entries.push_back(std::move(expected));
  }
  return entries;
}

Result<std::vector<expression::LegacyUpdate>> ReadAttributeUpdates(const JsonValue& input,
                                                                   ValueArena& arena, Layer layer) {
  std::vector<expression::LegacyUpdate> updates;
  const JsonValue* map = FindMember(input, "AttributeUpdates");
  if (map == nullptr) return updates;
  for (const auto& entry : map->GetObject()) {
    if (!entry.value.IsObject()) continue;
    expression::LegacyUpdate update;
    update.attribute = entry.name;
    const std::string_view action = StringOr(entry.value, "Action", "PUT");
    update.action = action == "ADD"      ? expression::LegacyAction::kAdd
                    : action == "DELETE" ? expression::LegacyAction::kDelete
                                         : expression::LegacyAction::kPut;
    if (const JsonValue* value = FindMember(entry.value, "Value")) {
      DYNAROCK_TRY(update.value, arena.Add(*value, layer));
    }
    updates.push_back(std::move(update));
  }
  return updates;
}

std::vector<std::string_view> ReadAttributesToGet(const JsonValue& input) {
  std::vector<std::string_view> names;
  if (const JsonValue* list = FindMember(input, "AttributesToGet")) {
    for (const JsonValue& name : list->GetArray()) {
      if (name.IsString()) names.push_back(Text(name));
    }
  }
  return names;
}

Result<expression::ConditionalOperator> ReadConditionalOperator(
    const JsonValue& input, std::initializer_list<std::string_view> filters) {
  const JsonValue* given = FindMember(input, "ConditionalOperator");
  if (given == nullptr) return expression::ConditionalOperator::kAnd;
  const bool any = std::any_of(filters.begin(), filters.end(), [&](std::string_view name) {
    return FindMember(input, name) != nullptr;
  });
  if (!any) {
    return Fail(Validation("ConditionalOperator cannot be used without Filter or Expected"));
  }
  return Text(*given) == "OR" ? expression::ConditionalOperator::kOr
                              : expression::ConditionalOperator::kAnd;
}

}  // namespace dynarock::operations
