// The wire form of items and values: DynamoDB JSON in, encoded bytes out, and back.
#pragma once

#include <string>
#include <string_view>

#include "storage/item/encoded.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock {

// Attribute names and keys of maps, in bytes of UTF-8 (observed on the service: 65535 pass).
inline constexpr size_t kMaxAttributeName = 65535;

// Appends the encoding of one AttributeValue ({"S": "..."}). The JSON types were checked before
// (shapes); members that are no type tag are passed over. Errors (Validation): no type or several,
// bad numbers, empty sets, duplicates in sets, NULL that is not true, nesting deeper than 32
// levels, names too large. In the order recorded by dynalite.
Result<void> EncodeValue(const JsonValue& value, std::string& out);

// Appends the encoding of an object of AttributeValues as an item. Errors as EncodeValue, and an
// empty name. Does not judge the size.
Result<void> EncodeItem(const JsonValue& object, std::string& out);

// Appends {"S":"..."} for one value.
void WriteValue(ValueView value, std::string& out);
// Appends {"name":{"S":"..."},...} for an item, or for a map's entries.
void WriteItem(ItemView item, std::string& out);

}  // namespace dynarock
