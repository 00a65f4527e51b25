// What makes two requests with one ClientRequestToken the same request.
#pragma once

#include <string>

#include "storage/item/json.h"

namespace dynarock::operations {

inline constexpr size_t kFingerprintSize = 32;

// The first 32 bytes of the SHA-512 (which is faster than SHA-256 on 64-bit machines without
// instructions for either) of a JSON value in a form that is the same for values that mean the
// same: members of objects in any order, members that are null left out, of several members of one
// name the last, the elements of SS, NS and BS in any order.
std::string Fingerprint(const JsonValue& value);

}  // namespace dynarock::operations
