// Functions over numbers.
#include <algorithm>
#include <array>
#include <cmath>

#include "server/schema/hcl/function.h"

namespace dynarock::schema::hcl {
namespace {

using enum Function::Unresolved;

bool RunAbs(FunctionCall& call) {
  const std::optional<long double> number = call.Number(0);
  return number && call.ReturnNumber(std::fabs(*number));
}

bool RunCeil(FunctionCall& call) {
  const std::optional<long double> number = call.Number(0);
  return number && call.ReturnNumber(std::ceil(*number));
}

bool RunFloor(FunctionCall& call) {
  const std::optional<long double> number = call.Number(0);
  return number && call.ReturnNumber(std::floor(*number));
}

bool RunSignum(FunctionCall& call) {
  const std::optional<long double> number = call.Number(0);
  return number && call.ReturnNumber(*number < 0 ? -1 : *number > 0 ? 1 : 0);
}

bool RunLog(FunctionCall& call) {
  const std::optional<long double> number = call.Number(0);
  const std::optional<long double> base = number ? call.Number(1) : std::nullopt;
  return base && call.ReturnNumber(std::log(*number) / std::log(*base));
}

bool RunPow(FunctionCall& call) {
  const std::optional<long double> number = call.Number(0);
  const std::optional<long double> power = number ? call.Number(1) : std::nullopt;
  return power && call.ReturnNumber(std::pow(*number, *power));
}

bool Extreme(FunctionCall& call, bool largest) {
  std::optional<long double> best;
  for (size_t i = 0; i < call.arguments.size(); ++i) {
    const std::optional<long double> number = call.Number(i);
    if (!number) return false;
    if (!best || (largest ? *number > *best : *number < *best)) best = number;
  }
  return call.ReturnNumber(*best);
}

bool RunMax(FunctionCall& call) {
  return Extreme(call, true);
}
bool RunMin(FunctionCall& call) {
  return Extreme(call, false);
}

bool RunSum(FunctionCall& call) {
  const Node* list = call.List(0);
  if (!list) return false;
  if (list->list.empty()) return call.Fail("the list has no elements");
  long double sum = 0;
  for (const Node& element : list->list) {
    const std::optional<long double> number = NumberOf(element);
    if (!number)
      return call.Fail("the elements must be numbers, and one is " +
                       std::string(KindName(element)));
    sum += *number;
  }
  return call.ReturnNumber(sum);
}

bool RunParseInt(FunctionCall& call) {
  const std::optional<std::string> text = call.Text(0);
  const std::optional<int64_t> base = text ? call.Integer(1) : std::nullopt;
  if (!base) return false;
  if (*base < 2 || *base > 36) return call.Fail("the base must be from 2 to 36");
  const bool negative = text->starts_with('-');
  long double value = 0;
  for (size_t i = negative ? 1 : 0; i < text->size(); ++i) {
    const char byte = (*text)[i];
    int digit = -1;
    if (byte >= '0' && byte <= '9') digit = byte - '0';
    if (byte >= 'a' && byte <= 'z') digit = byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'Z') digit = byte - 'A' + 10;
    if (digit < 0 || digit >= *base)
      return call.Fail("\"" + text->substr(0, 80) + "\" is not a number in this base");
    value = value * static_cast<long double>(*base) + static_cast<long double>(digit);
  }
  if (text->size() == (negative ? 1U : 0U)) return call.Fail("an empty string is not a number");
  return call.ReturnNumber(negative ? -value : value);
}

constexpr std::array<Function, 10> kFunctions = {{
    {"abs", 1, 1, kAnywhere, RunAbs},
    {"ceil", 1, 1, kAnywhere, RunCeil},
    {"floor", 1, 1, kAnywhere, RunFloor},
    {"log", 2, 2, kAnywhere, RunLog},
    {"max", 1, kAnyNumber, kAnywhere, RunMax},
    {"min", 1, kAnyNumber, kAnywhere, RunMin},
    {"parseint", 2, 2, kAnywhere, RunParseInt},
    {"pow", 2, 2, kAnywhere, RunPow},
    {"signum", 1, 1, kAnywhere, RunSignum},
    {"sum", 1, 1, kAnywhere, RunSum},
}};

}  // namespace

std::span<const Function> NumberFunctions() {
  return kFunctions;
}

}  // namespace dynarock::schema::hcl
