#include "server/operations/request/members.h"

#include <limits>

namespace dynarock::operations {

std::string_view StringOr(const JsonValue& object, std::string_view name,
                          std::string_view otherwise) {
  const JsonValue* member = FindMember(object, name);
  return member == nullptr ? otherwise : Text(*member);
}

bool BoolOr(const JsonValue& object, std::string_view name, bool otherwise) {
  const JsonValue* member = FindMember(object, name);
  if (member == nullptr) return otherwise;
  if (member->IsBool()) return member->GetBool();
  const std::string_view text = Text(*member);  // "true", "1", "yes" in any case
  return !text.empty() && std::string_view("tT1yY").find(text[0]) != std::string_view::npos;
}

std::optional<int64_t> Integer(const JsonValue& object, std::string_view name) {
  const JsonValue* member = FindMember(object, name);
  if (member == nullptr) return std::nullopt;
  return member->GetCut(std::numeric_limits<int64_t>::min(), std::numeric_limits<int64_t>::max());
}

}  // namespace dynarock::operations
