#include "server/protocol/envelope.h"

#include <gtest/gtest.h>

namespace dynarock::protocol {
namespace {

TEST(Envelope, NewerForm) {
  const std::string prefix = "1 validation error detected: ";
  const std::string sets =
      "One or more parameter values were invalid: An string set  may not be empty";
  struct Case {
    const char* name;
    const char* operation;
    std::string message;
    std::string expected;
  };
  const std::string syntax = "Invalid UpdateExpression: Syntax error; token: \"x\", near: \"x\"";
  const std::string size = "Item size has exceeded the maximum allowed size";
  const std::string number =
      "ExpressionAttributeValues contains invalid value: "
      "The parameter cannot be converted to a numeric value: x for key :v";
  const Case cases[] = {
      {"expressions", "UpdateItem", syntax, prefix + syntax},
      {"reads stay bare", "Query", syntax, syntax},
      {"sets", "PutItem", sets, prefix + sets},
      {"sets lose their wrapping", "DeleteItem",
       "ExpressionAttributeValues contains invalid value: " + sets + " for key :v", prefix + sets},
      {"numbers keep theirs", "PutItem", number, number},
      {"item size", "PutItem", size, size},
  };
  for (const Case& c : cases) EXPECT_EQ(NewerForm(c.operation, c.message), c.expected) << c.name;
}

}  // namespace
}  // namespace dynarock::protocol
