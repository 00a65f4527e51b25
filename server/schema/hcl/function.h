// The functions of the Terraform language.
// https://developer.hashicorp.com/terraform/language/functions
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/schema/hcl/evaluator.h"

namespace dynarock::schema::hcl {

// A call whose arguments are computed. A function sets `out`, or fails.
struct FunctionCall {
  Evaluator& evaluator;
  const Expression& expression;
  std::vector<Node> arguments;
  Node& out;

  Place place() const { return expression.place(); }
  // "join(): ..." with the place of the call.
  bool Fail(std::string_view message) const;
  bool Spend(uint64_t steps) const { return evaluator.Spend(expression, steps); }
  bool Return(Node value) const;
  bool ReturnText(std::string text) const;
  bool ReturnNumber(long double number) const;
  bool ReturnTruth(bool truth) const;
  // The result is known only when it is deployed, because of `cause`.
  bool ReturnUnresolved(const Node& cause) const;

  // An argument as a type; null or nothing, with a problem, when it is of another.
  std::optional<std::string> Text(size_t index) const;
  std::optional<long double> Number(size_t index) const;
  std::optional<bool> Truth(size_t index) const;
  // A whole number from -2^53 to 2^53.
  std::optional<int64_t> Integer(size_t index) const;
  Node* List(size_t index);
  Node* Map(size_t index);
};

struct Function {
  // What an unresolved value in the arguments does.
  enum class Unresolved : uint8_t {
    kAnywhere,  // makes the result unresolved, wherever it stands
    kAsWhole,   // makes the result unresolved when it is a whole argument
    kHandled,   // the function looks for itself
  };
  std::string_view name;
  size_t least;  // arguments
  size_t most;
  Unresolved unresolved;
  bool (*run)(FunctionCall& call);
};

inline constexpr size_t kAnyNumber = 100'000;

std::span<const Function> TextFunctions();
std::span<const Function> FormatFunctions();
std::span<const Function> NumberFunctions();
std::span<const Function> CollectionFunctions();
std::span<const Function> SetFunctions();
std::span<const Function> ConversionFunctions();
std::span<const Function> FileFunctions();

// Looks up the function by name and runs it. False: the evaluator's problem tells why.
bool CallFunction(FunctionCall& call);

}  // namespace dynarock::schema::hcl
