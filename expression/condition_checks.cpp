// From the syntax tree of a condition to a Condition: everything that can be wrong without looking
// at an item.
#include "expression/condition_checks.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "expression/condition.h"
#include "expression/errors.h"
#include "expression/operand_checks.h"
#include "expression/print.h"
#include "expression/resolve.h"
#include "expression/syntax.h"

namespace dynarock::expression {
namespace {

class Checker {
 public:
  Checker(Language language, const Syntax& syntax, Placeholders& placeholders)
      : language_(language), syntax_(syntax), resolver_(language, syntax, placeholders) {}

  Result<Condition> Run() {
    DYNAROCK_CHECK(CheckWhole());
    builder_.Reserve(syntax_.steps.size(), syntax_.operands.size(), syntax_.elements.size());
    for (const SyntaxStep& step : syntax_.steps) DYNAROCK_CHECK(Add(step));
    return builder_.Finish();
  }

 private:
  // What concerns the expression as a whole, in the service's order.
  Result<> CheckWhole() const {
    for (const std::string_view name : syntax_.functions) {
      if (name == "size" || FindTestFunction(name) != nullptr) continue;
      // Text observed on DynamoDB Local.
      if (name == "if_not_exists" || name == "list_append") {
        return Wrong("The function is not allowed in a condition expression; function: ", name);
      }
      return Fail(InvalidFunctionName(language_, name));
    }
    DYNAROCK_CHECK(CheckOperatorCount(language_, syntax_.operators));
    if (!syntax_.misused.empty()) return Fail(MisusedFunction(language_, syntax_.misused));
    return resolver_.CheckElements();
  }

  Result<> Add(const SyntaxStep& step) {
    switch (step.op) {
      case Operator::kNot:
        builder_.Not();
        return {};
      case Operator::kSkipIfFalse:
        marks_.push_back(builder_.BeginAnd());
        return {};
      case Operator::kSkipIfTrue:
        marks_.push_back(builder_.BeginOr());
        return {};
      case Operator::kAnd:
        builder_.EndAnd(marks_.back());
        marks_.pop_back();
        return {};
      case Operator::kOr:
        builder_.EndOr(marks_.back());
        marks_.pop_back();
        return {};
      default:
        return AddTest(step);
    }
  }

  Result<> AddTest(const SyntaxStep& step) {
    Operator op = step.op;
    operands_.clear();
    for (uint32_t i = 0; i < step.count; ++i) {
      DYNAROCK_TRY(const Operand operand, Resolve(syntax_.operands[step.first + i]));
      operands_.push_back(operand);
    }
    std::string_view name = Name(op);
    if (!step.function.empty()) {
      const TestFunction& function = *FindTestFunction(step.function);
      op = function.op;
      name = function.name;
      if (step.count != function.operands) return WrongCount(name, step.count);
    }
    if (op == Operator::kIn && step.count - 1 > kMaxInOperands) {
      return Wrong(TooManyInOperands(step.count - 1));
    }
    const auto view = [this](size_t i) {
      const Operand& operand = operands_[i];
      return OperandView{builder_.ElementsOf(operand), operand.is_size, operand.value};
    };
    if (const auto fault = OperandFault(op, name, operands_.size(), view)) return Wrong(*fault);
    builder_.Test(op, operands_);
    return {};
  }

  Result<Operand> Resolve(const SyntaxOperand& operand) {
    if (operand.kind == SyntaxOperand::Kind::kPath) {
      DYNAROCK_TRY(const Path path, resolver_.ResolvePath(operand));
      return builder_.Path(path);
    }
    if (operand.kind == SyntaxOperand::Kind::kValue) {
      DYNAROCK_TRY(const ValueView value, resolver_.ResolveValue(operand.text));
      return Operand::OfValue(value);
    }
    // size: no other function can be an operand.
    Operand inner;
    for (uint32_t i = 0; i < operand.count; ++i) {
      DYNAROCK_TRY(inner, Resolve(syntax_.operands[operand.first + i]));
    }
    if (operand.count != 1) return Fail(WrongCount("size", operand.count).error());
    if (inner.is_size) return Fail(WrongType("size", "N").error());
    if (inner.path < 0) {
      const Type type = inner.value.type();
      if (type == Type::kNumber || type == Type::kNull || IsBool(type)) {
        return Fail(WrongType("size", TypeName(type)).error());
      }
    }
    inner.is_size = true;
    return inner;
  }

  template <class... Parts>
  Result<> Wrong(const Parts&... parts) const {
    std::string text;
    ((text += std::string_view(parts)), ...);
    return Fail(Invalid(language_, text));
  }
  Result<> WrongType(std::string_view name, std::string_view type) const {
    return Wrong(IncorrectOperandType(name, type));
  }
  Result<> WrongCount(std::string_view name, uint32_t count) const {
    return Wrong(IncorrectOperandCount(name, count));
  }

  Language language_;
  const Syntax& syntax_;
  Resolver resolver_;
  ConditionBuilder builder_;
  std::vector<Operand> operands_;  // of the test at hand
  std::vector<uint32_t> marks_;    // of the connectives that are open
};

}  // namespace

Result<Condition> ParseAnyCondition(Language language, std::string_view text,
                                    Placeholders& placeholders) {
  std::array<std::byte, 4096> memory;
  std::pmr::monotonic_buffer_resource arena(memory.data(), memory.size());
  Syntax syntax(&arena);
  DYNAROCK_CHECK(ParseConditionSyntax(language, text, placeholders, syntax));
  return Checker(language, syntax, placeholders).Run();
}

Result<Condition> ParseCondition(Language language, std::string_view text,
                                 Placeholders& placeholders) {
  return ParseAnyCondition(language, text, placeholders);
}

}  // namespace dynarock::expression
