// What a request names, for observers of those that touched nothing: requests that were refused or
// are about no item. What a request did is in Observation::trace.
#pragma once

#include <string_view>
#include <vector>

#include "storage/item/json.h"

namespace dynarock::protocol {

// TableName of a request or of an entry, a name or an ARN; empty where there is no such text.
std::string_view NamedTable(const JsonValue& input);

// An entry of a batch or transaction.
struct NamedEntry {
  std::string_view table = {};       // of a batch, which names each table once; otherwise empty
  const JsonValue* input = nullptr;  // what the entry says; null where only the table is named
};

// The tables of a batch, or the actions or statements of another request, in its order. Empty for a
// request that has none. The request need not have passed its shape.
std::vector<NamedEntry> NamedEntries(const JsonValue& input);

}  // namespace dynarock::protocol
