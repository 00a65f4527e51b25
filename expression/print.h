// Values and operators as text, for error messages and tests.
#pragma once

#include <string>
#include <string_view>

#include "expression/condition.h"
#include "storage/item/encoded.h"

namespace dynarock::expression {

// As the service prints operands: "{S:a}", "{N:5}", "{BOOL:true}", "{SS:[a, b]}".
std::string PrintValue(ValueView value);

// The path as it would be written: "a.b[0]".
std::string WritePath(Path path);

// "=", "BETWEEN", "attribute_exists", ...
std::string_view Name(Operator op);

}  // namespace dynarock::expression
