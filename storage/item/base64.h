// Base64 as the service reads and writes it (RFC 4648, with padding, canonical).
#pragma once

#include <string>
#include <string_view>

#include "storage/item/result.h"

namespace dynarock {

// Whether `text` decodes. Errors (Serialization; texts recorded by dynalite): a length that is no
// multiple of four; anything else that does not decode and encode back to the same text.
Result<void> CheckBase64(std::string_view text);

// The bytes of a text that CheckBase64 accepts.
std::string DecodeBase64(std::string_view text);

// Appends the encoding of `bytes`.
void AppendBase64(std::string_view bytes, std::string& out);

}  // namespace dynarock
