// Reading the values of header fields. Names compare by EqualsIgnoringCase.
#pragma once

#include <string_view>

#include "storage/item/text.h"

namespace dynarock::http {

// Cuts the first element, up to `separator`, off `list` and returns it trimmed.
std::string_view NextElement(std::string_view& list, char separator = ',');

}  // namespace dynarock::http
