#include "expression/path.h"

#include <algorithm>

#include "expression/language.h"

namespace dynarock::expression {

std::string PrintPath(Path path) {
  std::string text = "[";
  for (size_t i = 0; i < path.size(); ++i) {
    if (i > 0) text += ", ";
    if (path[i].is_index) {
      text += '[';
      text += Decimal(path[i].index);
      text += ']';
    } else {
      text += path[i].name;
    }
  }
  text += ']';
  return text;
}

std::optional<ValueView> Find(ValueView value, Path rest) {
  for (const PathElement& element : rest) {
    std::optional<ValueView> next;
    if (element.is_index) {
      if (value.type() == Type::kList) next = value.list().At(element.index);
    } else {
      if (value.type() == Type::kMap) next = value.map().Find(element.name);
    }
    if (!next) return std::nullopt;
    value = *next;
  }
  return value;
}

std::optional<ValueView> Find(ItemView item, Path path) {
  const std::optional<ValueView> top = item.Find(path.front().name);
  if (!top || path.size() == 1) return top;
  return Find(*top, path.subspan(1));
}

bool SamePath(Path a, Path b) {
  return std::ranges::equal(a, b);
}

PathRelation Relate(Path a, Path b) {
  const size_t shorter = std::min(a.size(), b.size());
  for (size_t i = 0; i < shorter; ++i) {
    if (a[i].is_index != b[i].is_index) return PathRelation::kConflict;
    if (a[i] != b[i]) return PathRelation::kDistinct;
  }
  return PathRelation::kOverlap;
}

}  // namespace dynarock::expression
