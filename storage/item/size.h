// Sizes as DynamoDB counts them, in bytes. Source: Developer Guide, "DynamoDB item sizes and
// formats"; the figure for numbers as observed on the service (number.h).
#pragma once

#include <cstdint>

#include "storage/item/encoded.h"

namespace dynarock {

inline constexpr uint32_t kMaxItemSize = 409600;  // 400 KB
// Levels of maps and lists; the attribute itself is level 1, so a scalar may lie inside 31 of them.
inline constexpr int kMaxNesting = 32;

// S, B: bytes; N: NumberSize; BOOL, NULL: 1; sets: sum of elements; L, M: 3 + 1 per element +
// contents + M names.
uint64_t ValueSize(ValueView value);

// Levels below and including this value: 1 for a scalar or set, 1 + the deepest child for L and M.
int NestingLevels(ValueView value);

// Whole units for bytes: ceil(bytes / 1 KB) and ceil(bytes / 4 KB), at least 1.
int64_t WriteUnits(uint64_t bytes);
int64_t ReadUnits(uint64_t bytes);

}  // namespace dynarock
