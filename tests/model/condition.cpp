// Conditions on the reference's items.
#include <algorithm>

#include "storage/item/base64.h"
#include "tests/model/reference.h"

namespace dynarock::model {

namespace {

bool IsOrdered(const Value& value) {
  return value.type == "S" || value.type == "N" || value.type == "B";
}

// The order of `value` and the operand, where they have one.
std::optional<int> OrderOf(const Value* value, const Value& operand) {
  if (value == nullptr || value->type != operand.type || !IsOrdered(*value)) return std::nullopt;
  return Order(*value, operand);
}

bool Contains(const Value& whole, const Value& part) {
  if (whole.type == "S") return part.type == "S" && whole.text.contains(part.text);
  if (whole.type == "B") {
    return part.type == "B" && DecodeBase64(whole.text).contains(DecodeBase64(part.text));
  }
  if (whole.type.size() == 2 && whole.type.back() == 'S') {
    return whole.type == part.type + "S" && whole.elements.contains(part.text);
  }
  return whole.type == "L" && std::ranges::find(whole.list, part) != whole.list.end();
}

// nullopt: the type has none.
std::optional<size_t> SizeOf(const Value& value) {
  if (value.type == "S") return value.text.size();  // all texts of a run are ASCII
  if (value.type == "B") return DecodeBase64(value.text).size();
  if (value.type == "L") return value.list.size();
  if (value.type == "M") return value.map.size();
  if (value.type.size() == 2) return value.elements.size();
  return std::nullopt;
}

}  // namespace

bool Holds(const Condition& c, const Item* item) {
  using Kind = Condition::Kind;
  static const Item kNothing;
  const Value* value = Find(item == nullptr ? kNothing : *item, c.path);
  switch (c.kind) {
    case Kind::kExists:
      return value != nullptr;
    case Kind::kNotExists:
      return value == nullptr;
    case Kind::kEqual:
      return value != nullptr && *value == c.values[0];
    case Kind::kNotEqual:
      return value == nullptr || !(*value == c.values[0]);
    case Kind::kLess: {
      const auto order = OrderOf(value, c.values[0]);
      return order && *order < 0;
    }
    case Kind::kLessOrEqual: {
      const auto order = OrderOf(value, c.values[0]);
      return order && *order <= 0;
    }
    case Kind::kGreater: {
      const auto order = OrderOf(value, c.values[0]);
      return order && *order > 0;
    }
    case Kind::kGreaterOrEqual: {
      const auto order = OrderOf(value, c.values[0]);
      return order && *order >= 0;
    }
    case Kind::kBetween: {
      const auto low = OrderOf(value, c.values[0]);
      const auto high = OrderOf(value, c.values[1]);
      return low && high && *low >= 0 && *high <= 0;
    }
    case Kind::kIn:
      return value != nullptr && std::ranges::find(c.values, *value) != c.values.end();
    case Kind::kBeginsWith:
      return value != nullptr && BeginsWith(*value, c.values[0]);
    case Kind::kContains:
      return value != nullptr && Contains(*value, c.values[0]);
    case Kind::kSizeAtLeast: {
      const auto size = value == nullptr ? std::nullopt : SizeOf(*value);
      return size && *size >= std::stoul(c.values[0].text);
    }
    case Kind::kHasType:
      return value != nullptr && value->type == c.values[0].text;
    case Kind::kAnd:
      return Holds(c.conditions[0], item) && Holds(c.conditions[1], item);
    case Kind::kOr:
      return Holds(c.conditions[0], item) || Holds(c.conditions[1], item);
    case Kind::kNot:
      return !Holds(c.conditions[0], item);
  }
  return false;
}

}  // namespace dynarock::model
