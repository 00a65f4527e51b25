#include "storage/item/json_text.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

TEST(JsonTextTest, WritesWhatWasParsed) {
  struct Case {
    const char* name;
    std::string text;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"empty", R"({ "a" : { }, "b" : [ ] })", R"({"a":{},"b":[]})"},
      {"order and repeated names", R"({"b":1,"a":2,"b":3})", R"({"b":1,"a":2,"b":3})"},
      {"scalars", R"([true,false,null,"x"])", R"([true,false,null,"x"])"},
      {"escapes", R"(["\u00e9\n\"\\"])", "[\"\u00e9\\n\\\"\\\\\"]"},
      {"whole numbers", "[0,-1,9223372036854775807,-9223372036854775808]",
       "[0,-1,9223372036854775807,-9223372036854775808]"},
      {"fractions", "[0.1,-2.5]", "[0.1,-2.5]"},
      {"nested", R"([[{"a":[{"b":"c"}]}]])", R"([[{"a":[{"b":"c"}]}]])"},
  };
  for (const Case& c : cases) {
    JsonDocument document;
    ASSERT_TRUE(document.Parse(c.text)) << c.name;
    std::string out = "before ";
    AppendJson(document.root(), out);
    EXPECT_EQ(out, "before " + c.expected) << c.name;
  }
}

}  // namespace
}  // namespace dynarock
