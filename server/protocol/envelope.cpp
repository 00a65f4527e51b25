#include "server/protocol/envelope.h"

#include <utility>

namespace dynarock::protocol {

Result<void> Enveloped(Layer layer, Result<void> found) {
  if (found || layer == Layer::kOlder) return found;
  Error& error = found.error();
  if (error.kind != ErrorKind::kValidation || error.cause == Cause::kItemTooLarge) return found;
  error.message.insert(0, "1 validation error detected: ");
  return found;
}

}  // namespace dynarock::protocol
