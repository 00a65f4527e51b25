// The table that a CreateTable request asks for, and what is wrong with the request.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog/description.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

// Reads a request that passed its shape. Error: the first fault in the service's order.
Result<TableDescription> ReadNewTable(const JsonValue& input, std::string_view region,
                                      int64_t now_ms);

// One thing that CreateTable would refuse.
struct Fault {
  Error error;
  // The member at fault, as a path of the request: "KeySchema", "GlobalSecondaryIndexes.2" (from
  // 1).
  std::string member;
};

// All faults of such a request, as if each were mended in turn: what follows from another is left
// out. Empty where ReadNewTable succeeds, otherwise the first is ReadNewTable's error.
std::vector<Fault> FindFaults(const JsonValue& input);

}  // namespace dynarock::operations
