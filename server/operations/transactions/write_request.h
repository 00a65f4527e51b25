// One action of TransactWriteItems, as far as the request alone shows it.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "server/operations/request/item_write.h"
#include "storage/item/json.h"

namespace dynarock::operations {

struct WriteRequest {
  std::string_view kind;  // the member of the element: "Put"
  const JsonValue* input = nullptr;
  std::unique_ptr<ItemWrite> write;

  // What counts of it towards the size of the transaction, in bytes.
  uint64_t payload() const;
};

// Values and expressions of all actions, and the size of puts. Of several faults the one is told
// that the service tells (observed, October 2026): values of all actions come first, but for empty
// names and depth; then, action by action, expressions, what is unused, empty names, depth, size.
Result<void> ReadActions(std::span<WriteRequest> requests, Layer layer);

}  // namespace dynarock::operations
