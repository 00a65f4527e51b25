// Document paths: where a value lies inside an item.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "storage/item/encoded.h"

namespace dynarock::expression {

// One step: a map key (the first step: an attribute name) or a list index. Borrows the name.
struct PathElement {
  std::string_view name;
  uint32_t index = 0;
  bool is_index = false;

  static PathElement Name(std::string_view name) { return {name, 0, false}; }
  static PathElement Index(uint32_t index) { return {{}, index, true}; }
  bool operator==(const PathElement&) const = default;
};

// A path with its placeholders substituted; never empty, and the first element is a name. Borrows
// its elements from the condition, projection or update that it came from, and the names from that
// one's sources.
using Path = std::span<const PathElement>;

// As the service prints it: "[a, b, [0]]".
std::string PrintPath(Path path);

// The value at the path; nullopt where the item has none, or where the path steps into something
// that is not a map (name) or list (index).
std::optional<ValueView> Find(ItemView item, Path path);
// The same for the path's rest inside one value.
std::optional<ValueView> Find(ValueView value, Path rest);

bool SamePath(Path a, Path b);

enum class PathRelation : uint8_t {
  kDistinct,
  kOverlap,   // equal, or one leads to the other
  kConflict,  // the first difference is a map key against a list index
};
PathRelation Relate(Path a, Path b);

}  // namespace dynarock::expression
