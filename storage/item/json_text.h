// Parsed JSON as text again, for files: requests' answers are written by JsonWriter.
#pragma once

#include <string>

#include "storage/item/json.h"

namespace dynarock {

// Appends `value` without spaces, members in their order. Whole numbers that fit into 64 bits with
// sign are exact, others the shortest text of their double. Recursion is as deep as `value`, which
// JsonDocument bounds.
void AppendJson(const JsonValue& value, std::string& out);

}  // namespace dynarock
