// Texts that a program makes of values that are undefined.
#pragma once

#include <string_view>

namespace dynarock::advisor {

// "undefined", "NaN", or something with "[object Object]" in it.
bool LooksUndefined(std::string_view text);

// Inside a key a whole part of it is enough, "USER#undefined"; words such as "undefined-behaviour"
// are data.
bool KeyLooksUndefined(std::string_view text);

}  // namespace dynarock::advisor
