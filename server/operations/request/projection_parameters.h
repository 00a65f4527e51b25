// Which attributes an answer shows: ProjectionExpression or AttributesToGet.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/placeholders.h"
#include "expression/projection.h"
#include "storage/catalog/table.h"
#include "storage/item/json.h"
#include "storage/item/result.h"

namespace dynarock::operations {

// The attributes at the beginning of `paths` that the index does not hold, in order, each once.
std::vector<std::string_view> NotProjected(const Index& index,
                                           std::span<const expression::Path> paths);

// Borrows from the request.
class ProjectionParameters {
 public:
  Result<void> ReadAttributesToGet(const JsonValue& input);
  Result<void> ReadExpression(const JsonValue& input, expression::Placeholders& placeholders);

  // True when the request names attributes.
  bool given() const { return projection_.has_value(); }
  // Key attributes are scalars (key_paths.h).
  Result<void> CheckPaths(const Table& table) const;
  // What is asked for and not held by the index; empty when not given.
  std::vector<std::string_view> MissingFrom(const Index& index) const;
  // Top-level names; empty when not given.
  std::vector<std::string_view> names() const;

  // Appends the item's JSON: what was asked for, or all of it straight from the stored bytes.
  void Write(ItemView item, std::string& out) const;

 private:
  std::optional<expression::Projection> projection_;
};

}  // namespace dynarock::operations
