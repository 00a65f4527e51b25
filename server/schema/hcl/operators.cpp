// Operators and conditions.
#include <cmath>
#include <optional>
#include <utility>

#include "server/schema/hcl/evaluator.h"

namespace dynarock::schema::hcl {

bool Evaluator::Conditional(const Expression& expression, const Scope* scope, Node& out) {
  Node storage;
  const Node* condition = Peek(*expression.parts[0], scope, storage);
  if (!condition) return false;
  if (IsUnresolved(*condition)) {
    Node then;
    Node otherwise;
    if (!Evaluate(*expression.parts[1], scope, then)) return false;
    if (!Evaluate(*expression.parts[2], scope, otherwise)) return false;
    const bool same = !FindUnresolved(then) && Equal(then, otherwise);
    out = same ? std::move(then) : Derived(expression, *condition);
    return true;
  }
  const std::optional<bool> truth = TruthOf(*condition);
  if (!truth) {
    return Fail(*expression.parts[0], "A condition must be true or false, and this is " +
                                          std::string(KindName(*condition)));
  }
  return Evaluate(*expression.parts[*truth ? 1 : 2], scope, out);
}

bool Evaluator::Unary(const Expression& expression, const Scope* scope, Node& out) {
  Node storage;
  const Node* value = Peek(*expression.parts[0], scope, storage);
  if (!value) return false;
  if (IsUnresolved(*value)) {
    out = Derived(expression, *value);
    return true;
  }
  if (expression.op == Operator::kNot) {
    const std::optional<bool> truth = TruthOf(*value);
    if (!truth)
      return Fail(expression,
                  "`!` needs true or false, and this is " + std::string(KindName(*value)));
    out = TruthValue(expression.place(), !*truth);
    return true;
  }
  const std::optional<long double> number = NumberOf(*value);
  if (!number)
    return Fail(expression, "`-` needs a number, and this is " + std::string(KindName(*value)));
  out = NumberValue(expression.place(), -*number);
  return true;
}

bool Evaluator::Binary(const Expression& expression, const Scope* scope, Node& out) {
  Node left_storage;
  Node right_storage;
  const Node* left = Peek(*expression.parts[0], scope, left_storage);
  if (!left) return false;
  if (expression.op == Operator::kAnd || expression.op == Operator::kOr) {
    // Of late Terraform does not look at the right side when the left decides.
    const std::optional<bool> truth = TruthOf(*left);
    if (truth && *truth == (expression.op == Operator::kOr)) {
      out = TruthValue(expression.place(), *truth);
      return true;
    }
  }
  const Node* right = Peek(*expression.parts[1], scope, right_storage);
  if (!right) return false;
  if (expression.op == Operator::kEqual || expression.op == Operator::kNotEqual) {
    const Node* unresolved = FindUnresolved(*left);
    if (!unresolved) unresolved = FindUnresolved(*right);
    out = unresolved ? Derived(expression, *unresolved)
                     : TruthValue(expression.place(),
                                  Equal(*left, *right) == (expression.op == Operator::kEqual));
    return Spend(expression, 1);
  }
  if (expression.op == Operator::kAnd || expression.op == Operator::kOr) {
    return Logic(expression, *left, *right, out);
  }
  return Arithmetic(expression, *left, *right, out);
}

bool Evaluator::Logic(const Expression& expression, const Node& left, const Node& right,
                      Node& out) {
  const bool deciding = expression.op == Operator::kOr;
  const std::optional<bool> last = TruthOf(right);
  if (IsUnresolved(left) || IsUnresolved(right)) {
    out = last && *last == deciding ? TruthValue(expression.place(), deciding)
                                    : Derived(expression, IsUnresolved(left) ? left : right);
    return true;
  }
  const std::optional<bool> first = TruthOf(left);
  if (!first || !last) {
    return Fail(expression, std::string(deciding ? "`||`" : "`&&`") +
                                " needs true or false on both sides, and here is " +
                                std::string(KindName(first ? right : left)));
  }
  out = TruthValue(expression.place(), deciding ? *first || *last : *first && *last);
  return true;
}

bool Evaluator::Arithmetic(const Expression& expression, const Node& left, const Node& right,
                           Node& out) {
  if (IsUnresolved(left) || IsUnresolved(right)) {
    out = Derived(expression, IsUnresolved(left) ? left : right);
    return true;
  }
  const std::optional<long double> a = NumberOf(left);
  const std::optional<long double> b = NumberOf(right);
  if (!a || !b) {
    return Fail(expression, "This operator needs a number on both sides, and here is " +
                                std::string(KindName(a ? right : left)));
  }
  const Place place = expression.place();
  switch (expression.op) {
    case Operator::kLess:
      out = TruthValue(place, *a < *b);
      return true;
    case Operator::kLessOrEqual:
      out = TruthValue(place, *a <= *b);
      return true;
    case Operator::kGreater:
      out = TruthValue(place, *a > *b);
      return true;
    case Operator::kGreaterOrEqual:
      out = TruthValue(place, *a >= *b);
      return true;
    default:
      break;
  }
  if ((expression.op == Operator::kDivide || expression.op == Operator::kModulo) && *b == 0) {
    return Fail(expression, "This divides by zero");
  }
  long double result = 0;
  switch (expression.op) {
    case Operator::kAdd:
      result = *a + *b;
      break;
    case Operator::kSubtract:
      result = *a - *b;
      break;
    case Operator::kMultiply:
      result = *a * *b;
      break;
    case Operator::kDivide:
      result = *a / *b;
      break;
    default:
      result = std::fmod(*a, *b);
      break;
  }
  if (!std::isfinite(result)) return Fail(expression, "The result of this is too large");
  out = NumberValue(place, result);
  return true;
}

}  // namespace dynarock::schema::hcl
