#include "server/protocol/envelope.h"

#include <algorithm>

namespace dynarock::protocol {

namespace {

constexpr std::string_view kPrefix = "1 validation error detected: ";
constexpr std::string_view kWrapped = "ExpressionAttributeValues contains invalid value: ";

// How the messages begin that the newer form prefixes.
constexpr std::string_view kPrefixed[] = {
    "Invalid ConditionExpression: ",
    "Invalid UpdateExpression: ",
    "Value provided in ExpressionAttributeNames unused in expressions: ",
    "Value provided in ExpressionAttributeValues unused in expressions: ",
    "Can not use both expression and non-expression parameters in the same request: ",
    "ExpressionAttributeValues can only be specified when using expressions: ",
    "ExpressionAttributeValues must not be empty",
    "ReturnValues can only be ALL_OLD or NONE",
};

// Of sets and NULL: prefixed, and never wrapped.
constexpr std::string_view kOfValues[] = {
    "One or more parameter values were invalid: Null attribute value types must have the value of "
    "true",
    "One or more parameter values were invalid: An string set  may not be empty",
    "One or more parameter values were invalid: An number set  may not be empty",
    "One or more parameter values were invalid: Binary sets should not be empty",
    "One or more parameter values were invalid: Input collection ",
    "Input collection contains duplicates",
};

template <size_t N>
bool BeginsWithOne(std::string_view message, const std::string_view (&beginnings)[N]) {
  return std::any_of(std::begin(beginnings), std::end(beginnings),
                     [&](std::string_view beginning) { return message.starts_with(beginning); });
}

}  // namespace

std::string NewerForm(std::string_view operation, std::string message) {
  if (operation != "PutItem" && operation != "UpdateItem" && operation != "DeleteItem") {
    return message;
  }
  if (message.starts_with(kWrapped)) {
    const std::string_view inner = std::string_view(message).substr(kWrapped.size());
    if (!BeginsWithOne(inner, kOfValues)) return message;
    message = std::string(inner.substr(0, inner.rfind(" for key :")));
  } else if (!BeginsWithOne(message, kPrefixed) && !BeginsWithOne(message, kOfValues)) {
    return message;
  }
  message.insert(0, kPrefix);
  return message;
}

}  // namespace dynarock::protocol
