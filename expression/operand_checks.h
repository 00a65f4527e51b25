// What can be wrong with the operands of a test without looking at an item, in the languages of
// conditions and in PartiQL. Inside the room only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "expression/condition.h"
#include "expression/path.h"
#include "storage/item/encoded.h"
#include "storage/item/function_ref.h"

namespace dynarock::expression {

// A function that is a test.
struct TestFunction {
  std::string_view name;  // "begins_with"
  Operator op;
  size_t operands;
};
// nullptr: there is no such function; size is none, since it is an operand.
const TestFunction* FindTestFunction(std::string_view name);

// An operand as the checks see it.
struct OperandView {
  Path path;  // empty: a value
  bool is_size = false;
  ValueView value;

  bool is_path() const { return !path.empty() && !is_size; }
  bool is_value() const { return path.empty() && !is_size; }
};

// The first fault, in the service's order, as a sentence without the prefix that some languages put
// before it: the first operand comes again, types that the operator does not take, bounds of BETWEEN
// the wrong way round. `name`: of the operator, as it is printed. `count`: of its operands, which is
// the right one.
std::optional<std::string> OperandFault(Operator op, std::string_view name, size_t count,
                                        FunctionRef<OperandView(size_t i)> operand);

}  // namespace dynarock::expression
