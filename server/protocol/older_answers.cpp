#include "server/protocol/older_answers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dynarock::protocol {

namespace {

// An AttributeValue, with `levels` maps and lists around it.
bool IsOddValue(const JsonValue& value, int levels, int deepest) {
  if (levels > deepest) return true;
  if (!value.IsObject()) return true;
  int types = 0;
  for (const JsonMember& type : value.GetObject()) {
    if (type.value.IsNull()) continue;
    ++types;
    if ((type.name == "BOOL" || type.name == "NULL") && type.value.IsString()) return true;
    const auto below = [&](const JsonValue& child) {
      return IsOddValue(child, levels + 1, deepest);
    };
    if ((type.name == "SS" || type.name == "NS" || type.name == "BS") &&
        std::ranges::any_of(type.value.GetArray(), &JsonValue::IsNull)) {
      return true;
    }
    if (type.name == "L" && std::ranges::any_of(type.value.GetArray(), below)) return true;
    if (type.name == "M" &&
        std::ranges::any_of(type.value.GetObject(), below, &JsonMember::value)) {
      return true;
    }
  }
  return types != 1;
}

bool IsCut(const JsonValue& number) {
  if (!number.IsNumber()) return false;
  const double value = number.GetDouble();
  return value != std::floor(value) || value > std::numeric_limits<int32_t>::max() ||
         value < std::numeric_limits<int32_t>::min();
}

}  // namespace

bool OlderLayerAnswers(const Shape& shape, const JsonValue& input, const LayerEntry& entry) {
  const auto below = [&](const JsonValue& child) {
    return OlderLayerAnswers(*shape.element, child, entry);
  };
  switch (shape.kind) {
    case Kind::kStructure:
      if (shape.name == "AttributeValue") return IsOddValue(input, 0, entry.deepest);
      if (!input.IsObject()) return false;
      return std::ranges::any_of(shape.members, [&](const Member& member) {
        const JsonValue* given = FindMember(input, member.name);
        return given != nullptr && OlderLayerAnswers(*member.shape, *given, entry);
      });
    case Kind::kList:
      return input.IsArray() && std::ranges::any_of(input.GetArray(), below);
    case Kind::kMap:
      return input.IsObject() && std::ranges::any_of(input.GetObject(), below, &JsonMember::value);
    case Kind::kInteger:
      return entry.cut_integers_fall_back && IsCut(input);
    default:
      return false;
  }
}

}  // namespace dynarock::protocol
