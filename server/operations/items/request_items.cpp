#include "server/operations/items/request_items.h"

#include <algorithm>
#include <cmath>

#include "server/operations/request/shapes.h"
#include "server/operations/request/table_arn.h"

namespace dynarock::operations {

namespace {

bool IsTableName(std::string_view name) {
  return name.size() >= kMinName && name.size() <= kMaxName && MatchesNamePattern(name);
}

}  // namespace

bool HasBadTableName(const JsonValue& request_items) {
  return std::ranges::any_of(request_items.GetObject(), [](const JsonMember& entry) {
    return !IsTableName(entry.name) && !LooksLikeArn(entry.name);
  });
}

Error RequestItemsRequired(std::string_view operation) {
  return Validation("The requestItems parameter is required for " + std::string(operation));
}

Result<void> CheckRequestItemsGiven(const JsonValue* value, protocol::Violations& violations) {
  if (value != nullptr && value->ObjectEmpty()) {
    violations.AddWithoutValue("RequestItems", protocol::LengthAtLeastRule(1));
  }
  return {};
}

size_t CountAll(const JsonValue& request_items, const JsonValue* (*list_of)(const JsonValue&)) {
  size_t count = 0;
  for (const auto& entry : request_items.GetObject()) {
    if (const JsonValue* list = list_of(entry.value)) count += list->Size();
  }
  return count;
}

size_t EntriesToProcess(const protocol::RequestContext& context, size_t entries) {
  if (context.unprocessed_share <= 0) return entries;
  const double share = std::min(context.unprocessed_share, 1.0);
  const auto left = static_cast<size_t>(std::ceil(share * static_cast<double>(entries)));
  return std::max<size_t>(entries - std::min(left, entries), 1);
}

}  // namespace dynarock::operations
