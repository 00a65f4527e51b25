// ProjectionExpression and AttributesToGet: which parts of an item an answer shows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/path.h"
#include "expression/placeholders.h"
#include "storage/item/encoded.h"
#include "storage/item/result.h"

namespace dynarock::expression {

// A set of paths that neither overlap nor conflict. Move-only and borrowing, like Condition.
class Projection {
 public:
  Projection() = default;
  Projection(Projection&&) = default;
  Projection& operator=(Projection&&) = default;
  // From paths known not to overlap.
  explicit Projection(std::span<const Path> paths);

  // The item's parts at the paths, encoded as an item: maps keep their nesting, list elements close
  // ranks in ascending order, what is absent contributes nothing. An item without any of them gives
  // the empty item.
  std::string Apply(ItemView item) const;
  // Appends to `out` instead.
  void Apply(ItemView item, std::string& out) const;

  // In written order.
  std::span<const Path> paths() const { return paths_; }
  // The first elements' names, sorted, each once: what an index must hold to answer alone.
  std::vector<std::string_view> top_level_names() const;

 private:
  void Sort();

  std::vector<PathElement> elements_;
  std::vector<Path> paths_;
  std::vector<Path> sorted_;  // names by bytes, indexes ascending
};

Result<Projection> ParseProjection(std::string_view text, Placeholders& placeholders);

// Legacy AttributesToGet: whole attributes; a dot is part of a name. Error: "One or more parameter
// values were invalid: Duplicate value in attribute name: <a>".
Result<Projection> FromAttributesToGet(std::span<const std::string_view> names);

std::string Print(const Projection& projection);

}  // namespace dynarock::expression
