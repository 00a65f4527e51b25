// The parameters from before expressions: Expected, QueryFilter, ScanFilter, KeyConditions,
// AttributeUpdates, checked and lowered onto what the expression languages use. Inputs are
// plain structs in the request's order; they borrow, and so do the results. Texts as recorded by
// dynalite. AttributesToGet: projection.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "expression/condition.h"
#include "expression/key_condition.h"
#include "expression/update.h"
#include "storage/item/encoded.h"
#include "storage/item/result.h"

namespace dynarock::expression {

enum class ComparisonOperator : uint8_t {
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,
  kBetween,
  kIn,
  kBeginsWith,
  kContains,
  kNotContains,
  kNull,
  kNotNull,
};
// From "EQ", "NOT_NULL", ...; nullopt: no such operator.
std::optional<ComparisonOperator> ComparisonOperatorFromName(std::string_view name);
std::string_view Name(ComparisonOperator op);

enum class ConditionalOperator : uint8_t { kAnd, kOr };

// One entry of QueryFilter, ScanFilter or KeyConditions.
struct LegacyCondition {
  std::string_view attribute;
  ComparisonOperator op = ComparisonOperator::kEq;
  std::vector<ValueView> values;  // AttributeValueList
};

// One entry of Expected.
struct LegacyExpected {
  std::string_view attribute;
  std::optional<ComparisonOperator> op;
  std::optional<bool> exists;
  std::optional<ValueView> value;
  std::optional<std::vector<ValueView>> values;  // AttributeValueList
};

enum class LegacyAction : uint8_t { kPut, kAdd, kDelete };

// One entry of AttributeUpdates.
struct LegacyUpdate {
  std::string_view attribute;
  LegacyAction action = LegacyAction::kPut;
  std::optional<ValueView> value;
};

// Number, types and order of the values of one entry, in this order.
Result<> CheckCondition(const LegacyCondition& entry);

// QueryFilter or ScanFilter, whose entries are checked. No entry: a condition that every item meets.
Condition FromFilter(std::span<const LegacyCondition> entries, ConditionalOperator join);
// Expected. No entry: a condition that every item meets, the absent one included.
Result<Condition> FromExpected(std::span<const LegacyExpected> entries, ConditionalOperator join);
// KeyConditions, whose entries are checked.
std::vector<KeyTerm> FromKeyConditions(std::span<const LegacyCondition> entries);
// AttributeUpdates. No entry: the Update without actions.
Result<Update> FromAttributeUpdates(std::span<const LegacyUpdate> entries);

}  // namespace dynarock::expression
