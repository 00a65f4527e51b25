#include "storage/item/encoded.h"

#include "storage/item/number.h"

namespace dynarock {

std::string_view TypeName(Type type) {
  switch (type) {
    case Type::kNull:
      return "NULL";
    case Type::kFalse:
    case Type::kTrue:
      return "BOOL";
    case Type::kNumber:
      return "N";
    case Type::kString:
      return "S";
    case Type::kBinary:
      return "B";
    case Type::kNumberSet:
      return "NS";
    case Type::kStringSet:
      return "SS";
    case Type::kBinarySet:
      return "BS";
    case Type::kList:
      return "L";
    case Type::kMap:
      return "M";
  }
  return "";
}

std::optional<std::strong_ordering> Compare(ValueView a, ValueView b) {
  if (a.type() != b.type()) return std::nullopt;
  switch (a.type()) {
    case Type::kString:
    case Type::kBinary:
      return a.text().compare(b.text()) <=> 0;
    case Type::kNumber:
      return CompareNumbers(a.text(), b.text());
    default:
      return std::nullopt;
  }
}

std::optional<ValueView> ListView::At(uint64_t index) const {
  if (index >= size()) return std::nullopt;
  auto element = begin();
  for (; index > 0; --index) ++element;
  return *element;
}

std::optional<ValueView> MapView::Find(std::string_view name) const {
  for (const Attribute entry : *this) {
    const int order = entry.name.compare(name);
    if (order == 0) return entry.value;
    if (order > 0) break;
  }
  return std::nullopt;
}

std::optional<ValueView> ItemView::Find(std::string_view name) const {
  uint32_t low = 0;
  uint32_t high = count();
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const Attribute attribute = At(middle);
    const int order = attribute.name.compare(name);
    if (order == 0) return attribute.value;
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return std::nullopt;
}

}  // namespace dynarock
