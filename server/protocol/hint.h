// Plain words beside the service's exact errors: what is usually wrong when this happens.
#pragma once

#include <string>

#include "storage/item/error.h"

namespace dynarock::protocol {

// One line of printable ASCII, at most kMaxHint characters, fit for a header field and a log line;
// empty when there is nothing to add to the message. By the cause of
// the error. Starts with the value at fault where that is
// known.
std::string HintOf(const Error& error);

inline constexpr size_t kMaxHint = 400;

}  // namespace dynarock::protocol
