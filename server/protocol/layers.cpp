#include "server/protocol/layers.h"

#include <algorithm>

namespace dynarock::protocol {

namespace {

// Observed on 31 to 33 regions between August and October 2026. When regions move, one line changes.
constexpr LayerEntry kLayers[] = {
    {.operation = "BatchGetItem", .majority = Layer::kNewer},
    {.operation = "BatchWriteItem", .majority = Layer::kOlder},
    {.operation = "DeleteItem", .majority = Layer::kNewer},
    {.operation = "GetItem", .majority = Layer::kNewer},
    {.operation = "PutItem", .majority = Layer::kNewer},
    {.operation = "Query", .majority = Layer::kNewer},
    {.operation = "Scan", .majority = Layer::kNewer, .cut_integers_fall_back = true},
    {.operation = "TransactGetItems", .majority = Layer::kOlder, .deepest = 60},
    {.operation = "TransactWriteItems", .majority = Layer::kOlder, .deepest = 60},
    {.operation = "UpdateItem", .majority = Layer::kNewer},
};

}  // namespace

std::span<const LayerEntry> Layers() {
  return kLayers;
}

const LayerEntry* FindLayerEntry(std::string_view operation) {
  const auto* const found = std::ranges::find(kLayers, operation, &LayerEntry::operation);
  return found == std::end(kLayers) ? nullptr : found;
}

Layer LayerOf(const LayerEntry* entry, Validation validation) {
  if (entry == nullptr || validation == Validation::kOlder) return Layer::kOlder;
  return validation == Validation::kNewest ? Layer::kNewer : entry->majority;
}

}  // namespace dynarock::protocol
