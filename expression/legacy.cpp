#include "expression/legacy.h"

#include <algorithm>
#include <array>
#include <string>

#include "expression/update_builder.h"

namespace dynarock::expression {
namespace {

constexpr std::array<std::string_view, 13> kNames = {
    "EQ", "NE",          "LT",       "LE",           "GT",   "GE",      "BETWEEN",
    "IN", "BEGINS_WITH", "CONTAINS", "NOT_CONTAINS", "NULL", "NOT_NULL"};

template <class... Parts>
std::unexpected<Error> Wrong(const Parts&... parts) {
  std::string text;
  ((text += parts), ...);
  return Fail(InvalidParameter(text));
}

bool IsCountAllowed(ComparisonOperator op, size_t count) {
  switch (op) {
    case ComparisonOperator::kNull:
    case ComparisonOperator::kNotNull:
      return count == 0;
    case ComparisonOperator::kBetween:
      return count == 2;
    case ComparisonOperator::kIn:
      return count >= 1;
    default:
      return count == 1;
  }
}

bool IsTypeAllowed(ComparisonOperator op, Type type) {
  switch (op) {
    case ComparisonOperator::kEq:
    case ComparisonOperator::kNe:
      return true;
    case ComparisonOperator::kBeginsWith:
      return type == Type::kString || type == Type::kBinary;
    default:
      return type == Type::kString || type == Type::kNumber || type == Type::kBinary;
  }
}

// Number, types and order of an operator's values.
Result<> CheckValues(ComparisonOperator op, std::span<const ValueView> values) {
  if (!IsCountAllowed(op, values.size())) {
    return Wrong("Invalid number of argument(s) for the ", Name(op), " ComparisonOperator");
  }
  for (const ValueView value : values) {
    if (!IsTypeAllowed(op, value.type())) {
      return Wrong("ComparisonOperator ", Name(op), " is not valid for ", value.type_name(),
                   " AttributeValue type");
    }
  }
  for (const ValueView value : values) {
    if (!SameType(value.type(), values[0].type())) {
      return Wrong("AttributeValues inside AttributeValueList must be of same type");
    }
  }
  if (op == ComparisonOperator::kBetween && Compare(values[0], values[1]).value() > 0) {
    return Fail(
        Validation("The BETWEEN condition was provided a range where the lower bound is greater "
                   "than the upper bound"));
  }
  return {};
}

Operator OperatorOf(ComparisonOperator op) {
  switch (op) {
    case ComparisonOperator::kEq:
      return Operator::kEqual;
    case ComparisonOperator::kNe:
      return Operator::kNotEqual;
    case ComparisonOperator::kLt:
      return Operator::kLess;
    case ComparisonOperator::kLe:
      return Operator::kLessEqual;
    case ComparisonOperator::kGt:
      return Operator::kGreater;
    case ComparisonOperator::kGe:
      return Operator::kGreaterEqual;
    case ComparisonOperator::kBetween:
      return Operator::kBetween;
    case ComparisonOperator::kIn:
      return Operator::kIn;
    case ComparisonOperator::kBeginsWith:
      return Operator::kBeginsWith;
    case ComparisonOperator::kContains:
    case ComparisonOperator::kNotContains:
      return Operator::kContains;
    case ComparisonOperator::kNull:
      return Operator::kAttributeNotExists;
    case ComparisonOperator::kNotNull:
      return Operator::kAttributeExists;
  }
  return Operator::kEqual;
}

// Joins tests on single attributes with one connective.
class Joiner {
 public:
  explicit Joiner(ConditionalOperator join) : join_(join) {}

  void Add(std::string_view attribute, ComparisonOperator op, std::span<const ValueView> values) {
    const bool conjunction = join_ == ConditionalOperator::kAnd;
    const uint32_t mark = !first_ ? (conjunction ? builder_.BeginAnd() : builder_.BeginOr()) : 0;
    std::vector<Operand> operands = {builder_.Attribute(attribute)};
    for (const ValueView value : values) operands.push_back(Operand::OfValue(value));
    if (op == ComparisonOperator::kNotContains) {
      AddNotContains(operands);
    } else {
      builder_.Test(OperatorOf(op), operands);
    }
    if (!first_) {
      if (conjunction) {
        builder_.EndAnd(mark);
      } else {
        builder_.EndOr(mark);
      }
    }
    first_ = false;
  }
  Condition Finish() { return builder_.Finish(); }

 private:
  // Unlike NOT contains(), the operator is false of an attribute that is not there (observed on the
  // service by the authors of Alternator's tests).
  void AddNotContains(std::span<const Operand> operands) {
    builder_.Test(Operator::kAttributeExists, operands.first(1));
    const uint32_t mark = builder_.BeginAnd();
    builder_.Test(Operator::kContains, operands);
    builder_.Not();
    builder_.EndAnd(mark);
  }

  ConditionalOperator join_;
  ConditionBuilder builder_;
  bool first_ = true;
};

Result<> CheckExpected(const LegacyExpected& entry) {
  const std::string_view name = entry.attribute;
  if (entry.value && entry.values) {
    return Wrong("Value and AttributeValueList cannot be used together for Attribute: ", name);
  }
  if (entry.op && entry.exists) {
    return Wrong("Exists and ComparisonOperator cannot be used together for Attribute: ", name);
  }
  if (entry.op) {
    const bool needs_none =
        *entry.op == ComparisonOperator::kNull || *entry.op == ComparisonOperator::kNotNull;
    if (!needs_none && !entry.value && !entry.values) {
      return Wrong("Value or AttributeValueList must be used with ComparisonOperator: ",
                   Name(*entry.op), " for Attribute: ", name);
    }
    if (entry.value) return CheckValues(*entry.op, {&*entry.value, 1});
    return CheckValues(*entry.op, entry.values ? std::span<const ValueView>(*entry.values)
                                               : std::span<const ValueView>());
  }
  if (entry.values) {
    return Wrong("AttributeValueList can only be used with a ComparisonOperator for Attribute: ",
                 name);
  }
  if (entry.exists.value_or(true) && !entry.value) {
    return Wrong("Value must be provided when Exists is ", entry.exists ? "true" : "null",
                 " for Attribute: ", name);
  }
  if (!entry.exists.value_or(true) && entry.value) {
    return Wrong("Value cannot be used when Exists is false for Attribute: ", name);
  }
  return {};
}

Result<> CheckUpdate(const LegacyUpdate& entry) {
  if (!entry.value) {
    if (entry.action == LegacyAction::kDelete) return {};
    return Wrong("Only DELETE action is allowed when no attribute value is specified");
  }
  const Type type = entry.value->type();
  if (entry.action == LegacyAction::kDelete && !IsSet(type)) {
    return Wrong("DELETE action with value is not supported for the type ", TypeName(type));
  }
  if (entry.action == LegacyAction::kAdd && !IsSet(type) && type != Type::kNumber &&
      type != Type::kList) {
    return Wrong("ADD action is not supported for the type ", TypeName(type));
  }
  return {};
}

}  // namespace

std::optional<ComparisonOperator> ComparisonOperatorFromName(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<ComparisonOperator>(found - kNames.begin());
}

std::string_view Name(ComparisonOperator op) {
  return kNames[static_cast<size_t>(op)];
}

Result<> CheckCondition(const LegacyCondition& entry) {
  return CheckValues(entry.op, entry.values);
}

Condition FromFilter(std::span<const LegacyCondition> entries, ConditionalOperator join) {
  Joiner joiner(join);
  for (const LegacyCondition& entry : entries) joiner.Add(entry.attribute, entry.op, entry.values);
  return joiner.Finish();
}

Result<Condition> FromExpected(std::span<const LegacyExpected> entries, ConditionalOperator join) {
  for (const LegacyExpected& entry : entries) DYNAROCK_CHECK(CheckExpected(entry));
  Joiner joiner(join);
  for (const LegacyExpected& entry : entries) {
    ComparisonOperator op = entry.op.value_or(ComparisonOperator::kEq);
    if (!entry.exists.value_or(true)) op = ComparisonOperator::kNull;
    if (entry.value) {
      joiner.Add(entry.attribute, op, {&*entry.value, 1});
    } else {
      joiner.Add(
          entry.attribute, op,
          entry.values ? std::span<const ValueView>(*entry.values) : std::span<const ValueView>());
    }
  }
  return joiner.Finish();
}

std::vector<KeyTerm> FromKeyConditions(std::span<const LegacyCondition> entries) {
  std::vector<KeyTerm> terms;
  for (const LegacyCondition& entry : entries) {
    KeyTerm term;
    term.attribute = entry.attribute;
    switch (entry.op) {
      case ComparisonOperator::kEq:
        term.op = KeyOperator::kEqual;
        break;
      case ComparisonOperator::kLt:
        term.op = KeyOperator::kLess;
        break;
      case ComparisonOperator::kLe:
        term.op = KeyOperator::kLessEqual;
        break;
      case ComparisonOperator::kGt:
        term.op = KeyOperator::kGreater;
        break;
      case ComparisonOperator::kGe:
        term.op = KeyOperator::kGreaterEqual;
        break;
      case ComparisonOperator::kBetween:
        term.op = KeyOperator::kBetween;
        term.upper = entry.values[1];
        break;
      case ComparisonOperator::kBeginsWith:
        term.op = KeyOperator::kBeginsWith;
        break;
      default:
        term.op = KeyOperator::kNotIndexable;
    }
    if (!entry.values.empty()) term.value = entry.values[0];
    terms.push_back(term);
  }
  return terms;
}

Result<Update> FromAttributeUpdates(std::span<const LegacyUpdate> entries) {
  for (const LegacyUpdate& entry : entries) DYNAROCK_CHECK(CheckUpdate(entry));
  UpdateBuilder builder;
  builder.Legacy();
  for (const LegacyUpdate& entry : entries) {
    const PathElement element = PathElement::Name(entry.attribute);
    builder.Target({&element, 1});
  }
  for (uint32_t i = 0; i < entries.size(); ++i) {
    const LegacyUpdate& entry = entries[i];
    if (!entry.value) {
      builder.Remove(i);
    } else if (entry.action == LegacyAction::kPut) {
      builder.Set(i, builder.ValueNode(*entry.value));
    } else if (entry.action == LegacyAction::kAdd) {
      builder.Add(i, *entry.value);
    } else {
      builder.Delete(i, *entry.value);
    }
  }
  return builder.Finish();
}

}  // namespace dynarock::expression
