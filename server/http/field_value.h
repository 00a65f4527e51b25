// Reading the values of header fields: lists and weights. Names compare by EqualsIgnoringCase.
#pragma once

#include <string_view>

#include "storage/item/text.h"

namespace dynarock::http {

// Cuts the first element, up to `separator`, off `list` and returns it trimmed.
std::string_view NextElement(std::string_view& list, char separator = ',');

// True when an Accept-Encoding field of this value allows gzip (RFC 9110 12.5.3): gzip, x-gzip or *
// stands in it with a weight above zero; gzip's own weight counts before that of *.
bool AcceptsGzip(std::string_view accept_encoding);

}  // namespace dynarock::http
