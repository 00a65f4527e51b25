#include "server/protocol/envelope.h"

#include <string>

#include <gtest/gtest.h>

namespace dynarock::protocol {
namespace {

Error Of(Cause cause, std::string parameter) {
  return Caused(cause, {.parameter = std::move(parameter)}, Validation("m"));
}

TEST(Envelope, NewerForm) {
  const std::string prefix = "1 validation error detected: ";
  const std::string before = "ExpressionAttributeValues contains invalid value: ";
  const Error sets = EmptyStringSet();
  const Error number = Wrapped(before, NotANumber("x"), " for key :v");
  struct Case {
    const char* name;
    const char* operation;
    Error error;
    std::string expected;
  };
  const Case cases[] = {
      {"expressions", "UpdateItem", Of(Cause::kSyntaxError, "UpdateExpression"), prefix + "m"},
      {"other expressions", "PutItem", Of(Cause::kInvalidExpression, "ConditionExpression"),
       prefix + "m"},
      {"not those of reads", "PutItem", Of(Cause::kSyntaxError, "FilterExpression"), "m"},
      {"keys of placeholders", "PutItem", Of(Cause::kSyntaxError, "ExpressionAttributeNames"), "m"},
      {"reads stay bare", "Query", Of(Cause::kSyntaxError, "UpdateExpression"), "m"},
      {"unused placeholders", "PutItem", Of(Cause::kUnusedPlaceholder, "ExpressionAttributeNames"),
       prefix + "m"},
      {"no values", "PutItem", Of(Cause::kEmptyPlaceholders, "ExpressionAttributeValues"),
       prefix + "m"},
      {"no names", "PutItem", Of(Cause::kEmptyPlaceholders, "ExpressionAttributeNames"), "m"},
      {"sets", "PutItem", sets, prefix + sets.message},
      {"sets lose their wrapping", "DeleteItem", Wrapped(before, sets, " for key :v"),
       prefix + sets.message},
      {"numbers keep theirs", "PutItem", number, number.message},
      {"item size", "PutItem", ItemTooLarge(), ItemTooLarge().message},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(NewerForm(c.operation, c.error).message, c.expected) << c.name;
    EXPECT_EQ(NewerForm(c.operation, c.error).cause, c.error.cause) << c.name;
  }
}

}  // namespace
}  // namespace dynarock::protocol
