// Requests that the older validation layer answers as a whole, although the operation has moved.
#pragma once

#include "server/protocol/layers.h"
#include "server/protocol/shape.h"

namespace dynarock::protocol {

// Whether `input`, which passed CheckTypes, is one of them: an AttributeValue has no type or several,
// or null in a set; a BOOL or NULL is sent as text; a value nests deeper than `entry.deepest`;
// integers as `entry` says (observed on the service, October 2026; that the last two hold for every
// operation is inferred). Absent required members are CheckStages' part.
bool OlderLayerAnswers(const Shape& shape, const JsonValue& input, const LayerEntry& entry);

}  // namespace dynarock::protocol
