// RequestItems, the map from table to work of BatchGetItem and BatchWriteItem.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/protocol/request_context.h"
#include "server/protocol/shape.h"

namespace dynarock::operations {

// Adds the violation for table names that are none,. Text recorded by dynalite.
void CheckTableNames(const JsonValue& request_items, const protocol::Shape& shape,
                     protocol::Violations& violations);

// The number of keys or writes over all tables; `list_of`: the list of one table's entry, nullptr
// when absent.
size_t CountAll(const JsonValue& request_items, const JsonValue* (*list_of)(const JsonValue&));

// How many of a batch's entries, from the first on, the request's context lets through
// (RequestContext::unprocessed_share): at least one.
size_t EntriesToProcess(const protocol::RequestContext& context, size_t entries);

}  // namespace dynarock::operations
