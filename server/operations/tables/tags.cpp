#include "server/operations/tables/tags.h"

#include <algorithm>
#include <string>

#include "server/operations/request/errors.h"
#include "server/operations/request/members.h"
#include "server/operations/request/table_arn.h"

namespace dynarock::operations {

namespace {

constexpr std::string_view kReserved = "aws:";

Error Denied(std::string_view arn, std::string_view operation) {
  std::string text = "User: arn:aws:iam::";
  text.append(kAccount).append(":root is not authorized to perform: dynamodb:");
  text.append(operation).append(" on resource: ").append(arn);
  return OfKind(ErrorKind::kAccessDenied, std::move(text));
}

}  // namespace

Result<void> CheckResourceArn(const JsonValue* value, protocol::Violations&) {
  if (value == nullptr) return Fail(Validation("Invalid TableArn"));
  return {};
}

Error TooManyTags() {
  return Validation("Number of Tags exceed the current limit for the provided ResourceArn");
}

Result<std::vector<Tag>> ReadTags(const JsonValue& list) {
  std::vector<Tag> tags;
  for (const JsonValue& element : list.GetArray()) {
    Tag tag{.key = std::string(StringOr(element, "Key")),
            .value = std::string(StringOr(element, "Value"))};
    if (tag.key.starts_with(kReserved)) {
      return Fail(InvalidParameter("Tag keys that begin with aws: are reserved: " + tag.key));
    }
    const auto same =
        std::find_if(tags.begin(), tags.end(), [&](const Tag& t) { return t.key == tag.key; });
    if (same == tags.end()) {
      tags.push_back(std::move(tag));
    } else {
      *same = std::move(tag);
    }
  }
  if (tags.size() > kMostTags) return Fail(TooManyTags());
  return tags;
}

Result<void> CheckTableArn(std::string_view arn) {
  if (ParseTableArn(arn)) return {};
  return Fail(InvalidTableArn(arn));
}

Result<NamedTable> FindTagged(const Call& call, std::string_view arn, std::string_view operation) {
  const auto parts = ParseTableArn(arn);
  if (!parts || parts->account != kAccount) return Fail(Denied(arn, operation));
  NamedTable named{.name_space = NameSpace(call, parts->region), .name = std::string(parts->table)};
  const auto table = call.store.Find(named.name_space, named.name);
  if (table == nullptr || table->GoneAt(call.context.now_ms)) return Fail(Denied(arn, operation));
  return named;
}

}  // namespace dynarock::operations
