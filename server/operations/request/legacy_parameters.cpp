#include "server/operations/request/legacy_parameters.h"

#include <algorithm>

#include "server/operations/request/errors.h"
#include "server/operations/request/members.h"

namespace dynarock::operations {

namespace {

Result<std::vector<ValueView>> ReadValues(const JsonValue& list, ValueArena& arena,
                                          ValueRules rules) {
  std::vector<ValueView> values;
  values.reserve(list.Size());
  for (const JsonValue& element : list.GetArray()) {
    DYNAROCK_TRY(const ValueView value, arena.Add(element, rules));
    values.push_back(value);
  }
  return values;
}

// Of an entry that has one.
Result<expression::ComparisonOperator> ReadOperator(const JsonValue& entry) {
  const auto op = expression::ComparisonOperatorFromName(StringOr(entry, "ComparisonOperator"));
  if (!op) return Fail(InvalidComparisonOperator());
  return *op;
}

Result<expression::LegacyAction> ReadAction(const JsonValue& entry) {
  const std::string_view action = StringOr(entry, "Action", "PUT");
  if (action == "PUT") return expression::LegacyAction::kPut;
  if (action == "ADD") return expression::LegacyAction::kAdd;
  if (action == "DELETE") return expression::LegacyAction::kDelete;
  return Fail(InvalidAction());
}

// The newer layer lets a value of ScanFilter lie one level deeper than all others (observed in most
// regions, October 2026).
ValueRules RulesOf(std::string_view member, Layer layer) {
  const bool deeper = layer == Layer::kNewer && member == "ScanFilter";
  return {.layer = layer, .max_levels = deeper ? kMaxNesting + 1 : kMaxNesting};
}

size_t CountEntries(const JsonValue* map) {
  if (map == nullptr) return 0;
  return static_cast<size_t>(std::ranges::count_if(
      map->GetObject(), [](const auto& entry) { return entry.value.IsObject(); }));
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
    DYNAROCK_CHECK(CheckAttributeName(entry.name));
    if (const JsonValue* list = FindMember(entry.value, "AttributeValueList")) {
      DYNAROCK_TRY(condition.values, ReadValues(*list, arena, RulesOf(member, layer)));
    }
    DYNAROCK_TRY(condition.op, ReadOperator(entry.value));
    DYNAROCK_CHECK(expression::CheckCondition(condition));
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
    DYNAROCK_CHECK(CheckAttributeName(entry.name));
    if (FindMember(entry.value, "ComparisonOperator") != nullptr) {
      DYNAROCK_TRY(expected.op, ReadOperator(entry.value));
    }
    if (FindMember(entry.value, "Exists") != nullptr) {
      expected.exists = BoolOr(entry.value, "Exists", true);
    }
    if (const JsonValue* value = FindMember(entry.value, "Value")) {
      DYNAROCK_TRY(expected.value, arena.Add(*value, {.layer = layer}));
    }
    if (const JsonValue* list = FindMember(entry.value, "AttributeValueList")) {
      DYNAROCK_TRY(expected.values, ReadValues(*list, arena, {.layer = layer}));
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
    DYNAROCK_CHECK(CheckAttributeName(entry.name));
    DYNAROCK_TRY(update.action, ReadAction(entry.value));
    if (const JsonValue* value = FindMember(entry.value, "Value")) {
      DYNAROCK_TRY(update.value, arena.Add(*value, {.layer = layer}));
    }
    updates.push_back(std::move(update));
  }
  return updates;
}

Result<std::vector<std::string_view>> ReadAttributesToGet(const JsonValue& input) {
  std::vector<std::string_view> names;
  if (const JsonValue* list = FindMember(input, "AttributesToGet")) {
    for (const JsonValue& name : list->GetArray()) {
      if (!name.IsString()) continue;
      DYNAROCK_CHECK(CheckAttributeName(Text(name)));
      names.push_back(Text(name));
    }
  }
  return names;
}

Result<expression::ConditionalOperator> ReadConditionalOperator(const JsonValue& input,
                                                                std::string_view filter) {
  const JsonValue* given = FindMember(input, "ConditionalOperator");
  if (given == nullptr) return expression::ConditionalOperator::kAnd;
  const size_t entries = CountEntries(FindMember(input, filter));
  if (entries == 0) return Fail(ConditionalOperatorWithoutFilter());
  if (entries == 1) return Fail(ConditionalOperatorOfOne());
  if (Text(*given) == "AND") return expression::ConditionalOperator::kAnd;
  if (Text(*given) == "OR") return expression::ConditionalOperator::kOr;
  return Fail(InvalidConditionalOperator());
}

}  // namespace dynarock::operations
