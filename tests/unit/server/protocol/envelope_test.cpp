#include "server/protocol/envelope.h"

#include <string>

#include <gtest/gtest.h>

namespace dynarock::protocol {
namespace {

TEST(Envelope, Enveloped) {
  const std::string prefix = "1 validation error detected: ";
  struct Case {
    const char* name;
    Layer layer;
    Error error;
    bool enveloped;
  };
  const Case cases[] = {
      {"a value", Layer::kNewer, EmptyStringSet(), true},
      {"an expression", Layer::kNewer, Validation("m"), true},
      {"the older layer", Layer::kOlder, EmptyStringSet(), false},
      {"the item's size", Layer::kNewer, ItemTooLarge(), false},
      {"another kind", Layer::kNewer, NoSuchResource(), false},
  };
  for (const Case& c : cases) {
    const Result<void> found = Enveloped(c.layer, Fail(c.error));
    ASSERT_FALSE(found) << c.name;
    EXPECT_EQ(found.error().message, (c.enveloped ? prefix : "") + c.error.message) << c.name;
    EXPECT_EQ(found.error().cause, c.error.cause) << c.name;
  }
  EXPECT_TRUE(Enveloped(Layer::kNewer, {}));
}

}  // namespace
}  // namespace dynarock::protocol
