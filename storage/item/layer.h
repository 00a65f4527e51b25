// Which of the service's two layers of request validation speaks.
#pragma once

#include <cstdint>

namespace dynarock {

// In 2026 the service moved its item operations, one by one and region by region, to a newer layer.
// It finds the same faults in other orders and says some of them in other words. protocol/layers.h
// has the layer of each operation.
enum class Layer : uint8_t { kOlder, kNewer };

}  // namespace dynarock
