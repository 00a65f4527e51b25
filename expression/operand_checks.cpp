#include "expression/operand_checks.h"

#include <algorithm>

#include "expression/errors.h"
#include "expression/print.h"

namespace dynarock::expression {
namespace {

using Fault = std::optional<std::string>;
using OperandAt = FunctionRef<OperandView(size_t i)>;

constexpr TestFunction kFunctions[] = {
    {"attribute_exists", Operator::kAttributeExists, 1},
    {"attribute_not_exists", Operator::kAttributeNotExists, 1},
    {"attribute_type", Operator::kAttributeType, 2},
    {"begins_with", Operator::kBeginsWith, 2},
    {"contains", Operator::kContains, 2},
};

constexpr std::string_view kTypeNames[] = {"B",  "NULL", "SS", "BOOL", "L",
                                           "BS", "N",    "NS", "S",    "M"};

bool HasOrder(Type type) {
  return type == Type::kString || type == Type::kNumber || type == Type::kBinary;
}

// The first operand, when it is a path, may not come again.
Fault Repeated(std::string_view name, size_t count, OperandAt operand) {
  const OperandView first = operand(0);
  if (!first.is_path()) return {};
  for (size_t i = 1; i < count; ++i) {
    const OperandView other = operand(i);
    if (!other.is_path() || !SamePath(first.path, other.path)) continue;
    std::string text =
        "The first operand must be distinct from the remaining operands for this operator or "
        "function; operator: ";
    return text.append(name).append(", first operand: ").append(PrintPath(first.path));
  }
  return {};
}

Fault WithoutOrder(std::string_view name, size_t count, OperandAt operand) {
  for (size_t i = 0; i < count; ++i) {
    const OperandView one = operand(i);
    if (one.is_value() && !HasOrder(one.value.type())) {
      return IncorrectOperandType(name, one.value.type_name());
    }
  }
  return {};
}

Fault WrongBounds(const OperandView& lower, const OperandView& upper) {
  if (!lower.is_value() || !upper.is_value()) return {};
  std::string text = "The BETWEEN operator requires ";
  if (lower.value.type() != upper.value.type()) {
    text += "same data type for lower and upper bounds";
  } else if (Compare(lower.value, upper.value).value() > 0) {
    text += "upper bound to be greater than or equal to lower bound";
  } else {
    return {};
  }
  text.append("; lower bound operand: AttributeValue: ").append(PrintValue(lower.value));
  return text.append(", upper bound operand: AttributeValue: ").append(PrintValue(upper.value));
}

Fault NoPrefix(std::string_view name, size_t count, OperandAt operand) {
  for (size_t i = 0; i < count; ++i) {
    const OperandView one = operand(i);
    if (one.is_size) return IncorrectOperandType(name, "N");
    if (!one.is_value()) continue;
    const Type type = one.value.type();
    if (type != Type::kString && type != Type::kBinary) {
      return IncorrectOperandType(name, one.value.type_name());
    }
  }
  return {};
}

Fault NoTypeName(std::string_view name, const OperandView& wanted) {
  if (wanted.is_size) return IncorrectOperandType(name, "N");
  if (!wanted.is_value()) return IncorrectOperandType(name, "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
  if (wanted.value.type() != Type::kString) {
    return IncorrectOperandType(name, wanted.value.type_name());
  }
  const std::string_view type = wanted.value.text();
  if (std::ranges::count(kTypeNames, type) > 0) return {};
  return InvalidAttributeTypeName(type);
}

}  // namespace

const TestFunction* FindTestFunction(std::string_view name) {
  const auto* found = std::ranges::find(kFunctions, name, &TestFunction::name);
  return found == std::end(kFunctions) ? nullptr : found;
}

Fault OperandFault(Operator op, std::string_view name, size_t count, OperandAt operand) {
  if (Fault repeated = Repeated(name, count, operand)) return repeated;
  switch (op) {
    case Operator::kBetween:
      if (Fault fault = WithoutOrder(name, count, operand)) return fault;
      return WrongBounds(operand(1), operand(2));
    case Operator::kLess:
    case Operator::kLessEqual:
    case Operator::kGreater:
    case Operator::kGreaterEqual:
      return WithoutOrder(name, count, operand);
    case Operator::kAttributeExists:
    case Operator::kAttributeNotExists:
      if (operand(0).is_path()) return {};
      return DocumentPathRequired(name);
    case Operator::kAttributeType:
      return NoTypeName(name, operand(1));
    case Operator::kBeginsWith:
      return NoPrefix(name, count, operand);
    default:
      return {};
  }
}

}  // namespace dynarock::expression
