// The envelope of the newer validation layer of PutItem, UpdateItem and DeleteItem.
#pragma once

#include "storage/item/error.h"
#include "storage/item/layer.h"
#include "storage/item/result.h"

namespace dynarock::protocol {

// What the part of such an operation found that looks at the request alone: in the newer layer a
// ValidationException begins with "1 validation error detected: ", except for an item that is too
// large. What is found behind that part is never enveloped (observed on 31 regions, October 2026).
Result<void> Enveloped(Layer layer, Result<void> found);

}  // namespace dynarock::protocol
