#include "server/operations/transactions/shapes.h"

#include "server/operations/request/table_arn.h"

namespace dynarock::operations {

Result<void> CheckActionCount(const JsonValue* value, protocol::Violations& violations) {
  if (value == nullptr) return {};
  if (value->Empty()) {
    violations.AddWithoutValue("TransactItems", protocol::LengthAtLeastRule(1));
  } else if (value->Size() > *kActionCount.max_length) {
    violations.AddWithoutValue("TransactItems",
                               protocol::LengthAtMostRule(*kActionCount.max_length));
  }
  return {};
}

void CheckActionTableName(const JsonValue& value, const std::string& path,
                          protocol::Violations& violations) {
  const auto add = [&](const std::string& rule) { violations.Add(Text(value), path, rule); };
  const std::string_view name = Text(value);
  if (LooksLikeArn(name)) {
    if (name.size() > kMaxArn) add(protocol::LengthAtMostRule(kMaxArn));
    return;
  }
  if (name.empty()) return add(protocol::LengthAtLeastRule(1));
  if (name.size() < kMinName) add(protocol::LengthAtLeastRule(kMinName));
  if (!MatchesNamePattern(name)) add(protocol::NamePatternRule());
  if (name.size() > kMaxName) add(protocol::LengthAtMostRule(kMaxName));
}

}  // namespace dynarock::operations
