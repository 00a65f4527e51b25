#include "server/advisor/words/undefined_text.h"

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

TEST(UndefinedTextTest, PartsOfKeys) {
  struct Case {
    const char* key;
    bool looks;
  };
  const Case cases[] = {
      {"undefined", true},
      {"USER#undefined", true},
      {"undefined#ORDER#1", true},
      {"USER#undefined#ORDER", true},
      {"E#Invalid Date", true},
      {"user_undefined", true},
      {"$shop#projectid_undefined", true},
      {"$shop#projectid_[object object]", true},
      {"USER#null", true},
      {"TENANT#null#USER#1", true},
      // Words that mean something.
      {"COLOR#None", false},
      {"null#1", false},
      {"USER#undefinedness", false},
      {"NaN-bread", false},
      {"USER#1", false},
      {"", false},
  };
  for (const Case& c : cases) EXPECT_EQ(KeyLooksUndefined(c.key), c.looks) << c.key;
}

}  // namespace
}  // namespace dynarock::advisor
