// Inside the room only.
#pragma once

#include <string_view>

#include "expression/condition.h"

namespace dynarock::expression {

// ParseCondition for any language with the grammar of conditions, kKeyCondition included.
Result<Condition> ParseAnyCondition(Language language, std::string_view text,
                                    Placeholders& placeholders);

}  // namespace dynarock::expression
