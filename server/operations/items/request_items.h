// RequestItems, the map from table to work of BatchGetItem and BatchWriteItem.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/protocol/request_context.h"
#include "server/protocol/shape.h"

namespace dynarock::operations {

// Whether a table is named by what is neither a name of 3 to 255 characters nor an ARN.
bool HasBadTableName(const JsonValue& request_items);
// What such a name breaks: "Map keys must satisfy constraint: [...]". Observed on the service.
inline constexpr std::string_view kTableNamesRule =
    "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member "
    "must have length greater than or equal to 3, Member must satisfy regular expression pattern: "
    "[a-zA-Z0-9_.-]+]";

// "The requestItems parameter is required for <operation>": the older layer's word of an empty map.
Error RequestItemsRequired(std::string_view operation);
// The newer layer's, as the one member of a stage: "Value at 'RequestItems' ...".
Result<void> CheckRequestItemsGiven(const JsonValue* value, protocol::Violations& violations);

// The number of keys or writes over all tables; `list_of`: the list of one table's entry, nullptr
// when absent.
size_t CountAll(const JsonValue& request_items, const JsonValue* (*list_of)(const JsonValue&));

// How many of a batch's entries, from the first on, the request's context lets through
// (RequestContext::unprocessed_share): at least one.
size_t EntriesToProcess(const protocol::RequestContext& context, size_t entries);

}  // namespace dynarock::operations
