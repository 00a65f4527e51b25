// The one point on which the service's regions contradict each other: which validation layer
// (storage/item/layer.h) an operation answers with.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "storage/item/layer.h"

namespace dynarock::protocol {

// Whom to follow where regions differ. What each stands for is data, in layers.cpp.
enum class Validation : uint8_t {
  kOlder,     // as all regions answered until May 2026
  kMajority,  // as most regions answered in October 2026
  kNewest,    // as the regions that are furthest answered in October 2026
};

// What one operation does with each setting, and where its newer layer ends.
struct LayerEntry {
  std::string_view operation;
  Layer majority;  // the older layer with kOlder, the newer one with kNewest
  // A value with more maps and lists around its innermost value makes the older layer answer the
  // whole request.
  int deepest = 62;
  // Whether a Limit, Segment or TotalSegments that is cut to 32 bits, or loses a fraction, does the
  // same.
  bool cut_integers_fall_back = false;
};

// The operations that have moved in some region, sorted by name. All others speak the older layer.
std::span<const LayerEntry> Layers();
// nullptr: the operation has moved nowhere.
const LayerEntry* FindLayerEntry(std::string_view operation);
Layer LayerOf(const LayerEntry* entry, Validation validation);

}  // namespace dynarock::protocol
