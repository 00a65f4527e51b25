// Members of a request that passed its shape.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/item/json.h"

namespace dynarock::operations {

// Each answers `otherwise`, or nothing, where the member is absent.
std::string_view StringOr(const JsonValue& object, std::string_view name,
                          std::string_view otherwise = {});
bool BoolOr(const JsonValue& object, std::string_view name, bool otherwise);
// Without the number's fraction, cut to 64 bits.
std::optional<int64_t> Integer(const JsonValue& object, std::string_view name);

}  // namespace dynarock::operations
