// What a request or an item says, as a hash and as a short text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "storage/item/json.h"

namespace dynarock::advisor {

// A hash of all that a request or an item says: members have no order, nor do the elements of sets,
// and numbers count by value, since clients may write 1.50 as 1.5 when they send it again.
uint64_t HashOfContents(const JsonValue& value, uint64_t seed = 1);

// The request as one line of JSON of at most `most` bytes: long texts, binaries and items are cut
// short.
std::string Compact(const JsonValue& input, size_t most = 1500);

}  // namespace dynarock::advisor
