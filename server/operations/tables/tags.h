// Tags of a table: reading and checking them, and finding the table an ARN names. Texts and order:
// observed on the service, October 2026.
#pragma once

#include <string_view>
#include <vector>

#include "server/operations/request/table_lookup.h"
#include "server/protocol/shape.h"

namespace dynarock::operations {

inline constexpr size_t kMostTags = 50;

// ResourceArn of the tag operations: a failure ends the checking.
Result<void> CheckResourceArn(const JsonValue* value, protocol::Violations& violations);
// Its bounds allow more than tables: streams and indexes have ARNs too, tags only on tables.
constexpr protocol::Member ResourceArn() {
  return {"ResourceArn", &protocol::kStringShape, {.check = CheckResourceArn}};
}

// Tags from a request's list. Errors (Validation): a key twice; keys and values of wrong length or
// characters; keys that begin with `aws:`; more than kMostTags.
Result<std::vector<Tag>> ReadTags(const JsonValue& list);
// The same for keys alone.
Result<std::vector<std::string>> ReadTagKeys(const JsonValue& list);
// More than kMostTags.
Error TooManyTags();

// What an ARN says by itself. Errors: it is no table's or stream's (Validation); it belongs to
// another account (AccessDenied) or region (Validation).
Result<void> CheckTaggable(const Call& call, std::string_view arn);
// Which table a taggable ARN names. Errors: AccessDenied for a table that is not there, since the
// account 000000000000 is nobody's, so that a name unknown under it may well be foreign;
// ResourceNotFound for a stream, and while the table is CREATING or DELETING.
Result<NamedTable> FindTagged(const Call& call, std::string_view arn);

// Changes a table's tags, all of them or none. Error (LimitExceeded): the last change is still under
// way. An edit that changes nothing succeeds all the same.
using TagEdit = FunctionRef<Result<void>(std::vector<Tag>& tags)>;
Result<void> ChangeTags(Call& call, const NamedTable& named, std::string_view arn, TagEdit edit);

}  // namespace dynarock::operations
