#include "server/trace/expressions.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "server/trace/trace.h"

namespace dynarock::trace {

namespace {

constexpr std::array<std::string_view, 6> kExpressions = {
    "Statement",        "KeyConditionExpression", "FilterExpression", "ProjectionExpression",
    "UpdateExpression", "ConditionExpression"};
constexpr std::array<std::string_view, 6> kLegacy = {"KeyConditions", "QueryFilter",
                                                     "ScanFilter",    "AttributeUpdates",
                                                     "Expected",      "AttributesToGet"};

template <size_t N>
bool IsOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Whether a member of a request is Key, Item, TableName or ExpressionAttributeValues, by what tells
// these apart from those with an expression.
bool IsPlain(std::string_view name) {
  switch (name.size()) {
    case 3:   // Key
    case 4:   // Item
    case 25:  // ExpressionAttributeValues
      return true;
    case 9:  // TableName, Statement
      return name.front() == 'T';
    default:
      return false;
  }
}

}  // namespace

uint64_t HashOfExpressions(const JsonValue& input) {
  uint64_t hash = 0;
  for (const auto& member : input.GetObject()) {
    const std::string_view name = member.name;
    // Most requests have no others; each comparison below would take its time.
    if (IsPlain(name)) continue;
    const JsonValue& value = member.value;
    if (value.IsString()) {
      if (!name.ends_with("Expression") && name != "Statement" && name != "Select") continue;
      // A sum, since members have no order.
      hash += HashBytes(Text(value), name.size() << 8 | static_cast<unsigned char>(name.front()));
    } else if (value.IsObject() && name == "ExpressionAttributeNames") {
      for (const auto& entry : value.GetObject()) {
        if (entry.value.IsString()) hash += HashBytes(Text(entry.value), HashBytes(entry.name));
      }
    } else if (IsOneOf(name, kLegacy)) {
      if (value.IsObject()) {
        for (const auto& entry : value.GetObject()) hash += HashBytes(entry.name, HashBytes(name));
      } else if (value.IsArray()) {
        for (const JsonValue& entry : value.GetArray()) {
          if (entry.IsString()) hash += HashBytes(Text(entry), HashBytes(name));
        }
      }
    }
  }
  return hash;
}

std::vector<std::pair<std::string, std::string>> ExpressionsOf(const JsonValue& input) {
  std::vector<std::pair<std::string, std::string>> found;
  for (const std::string_view name : kExpressions) {
    const JsonValue* value = FindMember(input, name);
    if (value != nullptr && value->IsString()) found.emplace_back(name, Text(*value));
  }
  for (const std::string_view name : kLegacy) {
    const JsonValue* value = FindMember(input, name);
    if (value == nullptr) continue;
    std::vector<std::string> names;
    if (value->IsObject()) {
      for (const auto& entry : value->GetObject()) names.emplace_back(entry.name);
    } else if (value->IsArray()) {
      for (const JsonValue& entry : value->GetArray()) {
        if (entry.IsString()) names.emplace_back(Text(entry));
      }
    }
    std::sort(names.begin(), names.end());
    std::string text;
    for (const std::string& entry : names) text.append(text.empty() ? "" : ", ").append(entry);
    found.emplace_back(name, std::move(text));
  }
  return found;
}

std::vector<std::pair<std::string, std::string>> NamesOf(const JsonValue& input) {
  std::vector<std::pair<std::string, std::string>> names;
  const JsonValue* map = FindMember(input, "ExpressionAttributeNames");
  if (map == nullptr || !map->IsObject()) return names;
  for (const auto& entry : map->GetObject()) {
    if (entry.value.IsString()) names.emplace_back(entry.name, Text(entry.value));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace dynarock::trace
