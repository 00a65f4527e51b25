// Tags of a table: reading and checking them, and finding the table an ARN names. Texts: recorded
// by dynalite, AccessDenied as the service answers for accounts that are not the caller's.
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

// Tags from a request's list: keys beginning with `aws:` are refused; the last of two with one key
// counts.
Result<std::vector<Tag>> ReadTags(const JsonValue& list);
// More than kMostTags.
Error TooManyTags();

// Error (Validation): not a table's ARN.
Result<void> CheckTableArn(std::string_view arn);
// Which table an ARN names, for `operation`. Errors: AccessDenied for another account's ARN, and
// for a table that is not there: the account 000000000000 is nobody's, so a name unknown under it
// may well be foreign (the public conformance suite expects so).
Result<NamedTable> FindTagged(const Call& call, std::string_view arn, std::string_view operation);

}  // namespace dynarock::operations
