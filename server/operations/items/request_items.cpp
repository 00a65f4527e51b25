#include "server/operations/items/request_items.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "server/operations/request/table_arn.h"
#include "server/protocol/check.h"

namespace dynarock::operations {

namespace {

constexpr size_t kMaxName = 255;

bool IsTableName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxName &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' ||
                  c == '-';
         });
}

}  // namespace

void CheckTableNames(const JsonValue& request_items, const protocol::Shape& shape,
                     protocol::Violations& violations) {
  for (const auto& entry : request_items.GetObject()) {
    const std::string_view name = entry.name;
    if (IsTableName(name) || LooksLikeArn(name)) continue;
    violations.Add(
        protocol::Dump(shape, request_items), "requestItems",
        "Map keys must satisfy constraint: [Member must have length less than or equal "
        "to 255, Member must have length greater than or equal to 3, Member must satisfy "
        "regular expression pattern: [a-zA-Z0-9_.-]+]");
    return;
  }
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
