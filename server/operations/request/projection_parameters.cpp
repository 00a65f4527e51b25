#include "server/operations/request/projection_parameters.h"

#include "server/operations/request/key_paths.h"
#include "server/operations/request/legacy_parameters.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

Result<void> ProjectionParameters::ReadAttributesToGet(const JsonValue& input) {
  const auto names = operations::ReadAttributesToGet(input);
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

void ProjectionParameters::Write(ItemView item, std::string& out) const {
  if (!projection_) {
    WriteItem(item, out);
    return;
  }
  const std::string projected = projection_->Apply(item);
  WriteItem(ItemView(projected), out);
}

}  // namespace dynarock::operations
