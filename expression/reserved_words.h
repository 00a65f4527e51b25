// The 573 words that cannot be written as attribute names in an expression.
#pragma once

#include <cstdint>
#include <string_view>

namespace dynarock::expression {

// Whether the identifier is reserved, in any letter case.
bool IsReservedWord(std::string_view word);

}  // namespace dynarock::expression
