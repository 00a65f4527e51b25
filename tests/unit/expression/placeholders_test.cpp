#include "expression/placeholders.h"

#include <gtest/gtest.h>

#include "expression/reserved_words.h"
#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

TEST(Placeholders, KeysAreChecked) {
  const std::string long_name = "#" + std::string(255, 'a');
  const std::string long_value = ":" + std::string(255, 'a');
  const std::string longest = "#" + std::string(254, 'a');
  struct Case {
    bool names;
    std::vector<std::string_view> keys;
    std::string error;
  };
  const Case cases[] = {
      {true, {"#a", "#0_Z", longest}, "(no error)"},
      {true, {}, "ExpressionAttributeNames must not be empty"},
      {true,
       {"#a", "a"},
       "ExpressionAttributeNames contains invalid key: Syntax error; key: \"a\""},
      {true, {"#"}, "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#\""},
      {true,
       {"#a-b"},
       "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#a-b\""},
      {true,
       {long_name},
       "ExpressionAttributeNames contains invalid key: The expression attribute map contains a key "
       "that is too long; size of key: 256"},
      {false, {":a"}, "(no error)"},
      {false, {}, "ExpressionAttributeValues must not be empty"},
      {false, {"#a"}, "ExpressionAttributeValues contains invalid key: Syntax error; key: \"#a\""},
      {false, {""}, "ExpressionAttributeValues contains invalid key: Syntax error; key: \"\""},
      {false,
       {long_value},
       "ExpressionAttributeValues contains invalid key: The expression attribute map contains a "
       "key "
       "that is too long;"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(ErrorOf(c.names ? CheckNameKeys(c.keys) : CheckValueKeys(c.keys)), c.error);
  }
}

TEST(Placeholders, UnusedAreReportedNamesFirst) {
  TestPlaceholders p("#a=x #b=y #c=z :v=1 :w=2");
  EXPECT_EQ(p.get().UseName("#b"), "y");
  EXPECT_EQ(p.get().UseName("#x"), std::nullopt);
  EXPECT_EQ(ErrorOf(p.get().CheckAllUsed()),
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #c}");
  p.get().UseName("#a");
  p.get().UseName("#c");
  EXPECT_EQ(ErrorOf(p.get().CheckAllUsed()),
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v, :w}");
  p.get().UseValue(":v");
  p.get().UseValue(":w");
  EXPECT_EQ(ErrorOf(p.get().CheckAllUsed()), "(no error)");
}

TEST(Placeholders, LongTablesFindTheSame) {
  std::vector<std::string> names;
  for (int i = 0; i < 500; ++i) names.push_back("#n" + std::to_string(i));
  Placeholders p;
  for (const std::string& name : names) p.AddName(name, std::string_view(name).substr(1));
  p.AddName("#n7", "later");
  for (const std::string& name : names) {
    EXPECT_EQ(p.UseName(name), name == "#n7" ? "later" : name.substr(1));
  }
  EXPECT_EQ(p.UseName("#"), std::nullopt);
  EXPECT_EQ(p.UseName("#zz"), std::nullopt);
}

TEST(ReservedWords, AnyLetterCase) {
  for (const char* word : {"ABORT", "zone", "Status", "name", "DATA", "ttl", "z_"}) {
    EXPECT_EQ(IsReservedWord(word), std::string_view(word) != "z_") << word;
  }
  for (const char* word : {"", "_abort", "pk", "ABORTED", "CURRENT_TIMESTAMP_OF_X", "abor"}) {
    EXPECT_FALSE(IsReservedWord(word)) << word;
  }
}

}  // namespace
}  // namespace dynarock::expression
