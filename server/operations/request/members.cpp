#include "server/operations/request/members.h"

#include <cmath>
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
  if (member->IsInt64()) return member->GetInt64();
  constexpr double kLimit = 9.2e18;
  const double value = std::floor(member->GetDouble());
  if (value >= kLimit) return std::numeric_limits<int64_t>::max();
  if (value <= -kLimit) return std::numeric_limits<int64_t>::min();
  return static_cast<int64_t>(value);
}

}  // namespace dynarock::operations
