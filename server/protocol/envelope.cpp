#include "server/protocol/envelope.h"

#include <utility>

namespace dynarock::protocol {

namespace {

constexpr std::string_view kPrefix = "1 validation error detected: ";

bool IsPrefixed(const Error& error) {
  const std::string& parameter = error.facts->parameter;
  switch (error.cause) {
    case Cause::kInvalidExpression:
    case Cause::kSyntaxError:
    case Cause::kEmptyExpression:
    case Cause::kReservedWord:
    case Cause::kUndefinedName:
    case Cause::kUndefinedValue:
    case Cause::kOverlappingPaths:
      return parameter == "ConditionExpression" || parameter == "UpdateExpression";
    case Cause::kEmptyPlaceholders:
    case Cause::kPlaceholdersWithoutExpression:
      return parameter == "ExpressionAttributeValues";
    case Cause::kUnusedPlaceholder:
    case Cause::kMixedParameterStyles:
    case Cause::kReturnValues:
      return true;
    default:
      return false;
  }
}

// Of sets and NULL: prefixed, and never wrapped.
bool IsOfValue(Cause cause) {
  switch (cause) {
    case Cause::kNullNotTrue:
    case Cause::kEmptyStringSet:
    case Cause::kEmptyNumberSet:
    case Cause::kEmptyBinarySet:
    case Cause::kDuplicatesInSet:
      return true;
    default:
      return false;
  }
}

}  // namespace

Error NewerForm(std::string_view operation, Error error) {
  if (operation != "PutItem" && operation != "UpdateItem" && operation != "DeleteItem") {
    return error;
  }
  if (IsOfValue(error.cause)) {
    if (!error.bare_message.empty()) error.message = std::exchange(error.bare_message, {});
  } else if (!IsPrefixed(error)) {
    return error;
  }
  error.message.insert(0, kPrefix);
  return error;
}

}  // namespace dynarock::protocol
