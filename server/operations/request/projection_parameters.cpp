#include "server/operations/request/projection_parameters.h"

#include <algorithm>

#include "server/operations/request/key_paths.h"
#include "server/operations/request/legacy_parameters.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

std::vector<std::string_view> NotProjected(const Index& index,
                                           std::span<const expression::Path> paths) {
  std::vector<std::string_view> names;
  for (const expression::Path path : paths) {
    const std::string_view name = path.front().name;
    if (index.Projects(name) || std::ranges::find(names, name) != names.end()) continue;
    names.push_back(name);
  }
  return names;
}

Result<void> ProjectionParameters::ReadAttributesToGet(const JsonValue& input) {
  DYNAROCK_TRY(const auto names, operations::ReadAttributesToGet(input));
  if (names.empty()) return {};
  DYNAROCK_TRY(projection_, expression::FromAttributesToGet(names));
  return {};
}

Result<void> ProjectionParameters::ReadExpression(const JsonValue& input,
                                                  expression::Placeholders& placeholders) {
  const JsonValue* text = FindMember(input, "ProjectionExpression");
  if (text == nullptr) return {};
  DYNAROCK_TRY(projection_, expression::ParseProjection(Text(*text), placeholders));
  return {};
}

Result<void> ProjectionParameters::CheckPaths(const Table& table) const {
  return projection_ ? CheckKeyPaths(table, projection_->paths()) : Result<void>{};
}

std::vector<std::string_view> ProjectionParameters::names() const {
  return projection_ ? projection_->top_level_names() : std::vector<std::string_view>{};
}

std::vector<std::string_view> ProjectionParameters::MissingFrom(const Index& index) const {
  return projection_ ? NotProjected(index, projection_->paths()) : std::vector<std::string_view>{};
}

void ProjectionParameters::Write(ItemView item, std::string& out) const {
  if (!projection_) {
    WriteItem(item, out);
    return;
  }
  const std::string projected = projection_->Apply(item);
  WriteItem(ItemView(projected), out);
}

}  // namespace dynarock::operations
