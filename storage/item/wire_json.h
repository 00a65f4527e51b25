// The wire form of items and values: DynamoDB JSON in, encoded bytes out, and back.
#pragma once

#include <string>
#include <string_view>

#include "storage/item/encoded.h"
#include "storage/item/json.h"
#include "storage/item/layer.h"
#include "storage/item/result.h"
#include "storage/item/size.h"

namespace dynarock {

// Attribute names and keys of maps, in bytes of UTF-8 (observed on the service: 65535 pass).
inline constexpr size_t kMaxAttributeName = 65535;
// Errors (Validation): such a name is empty or too large.
Result<void> CheckAttributeName(std::string_view name);

// How values are judged.
struct ValueRules {
  Layer layer = Layer::kOlder;
  // Maps and lists around a value, and the value itself. What a request compares with may have one
  // more in the older layer (observed on the service).
  int max_levels = kMaxNesting;
  // For whoever looks for other faults first: far more than is good, and little enough for any
  // thread's stack.
  static constexpr int kManyLevels = 256;
  // Whether names of attributes and keys of maps are judged too.
  bool names = true;
};

// Appends the encoding of one AttributeValue ({"S": "..."}). The JSON types were checked before
// (shapes); members that are no type tag are passed over. Errors (Validation), in this order
// (observed on the service): nesting too deep, no type; of several types an empty set, a bad
// number, NULL that is not true, then that there are several; repeats in sets; then what is below,
// depth first, with names that are empty or too large.
Result<void> EncodeValue(const JsonValue& value, std::string& out, ValueRules rules = {});

// Appends the encoding of an object of AttributeValues as an item. Errors as of a map. Does not
// judge the size.
Result<void> EncodeItem(const JsonValue& object, std::string& out, Layer layer = Layer::kOlder);
Result<void> EncodeItem(const JsonValue& object, std::string& out, ValueRules rules);

// Appends {"S":"..."} for one value.
void WriteValue(ValueView value, std::string& out);
// Appends {"name":{"S":"..."},...} for an item, or for a map's entries.
void WriteItem(ItemView item, std::string& out);

}  // namespace dynarock
