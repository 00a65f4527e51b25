#include "expression/reading.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock::expression {
namespace {

// "a <" for each mention; of an update with the action's number and section, "!" for its target and
// "+" for a part of a sum.
std::string Shown(Language language, const Reading& reading) {
  std::string text;
  for (const Mention& mention : reading.mentions) {
    if (!text.empty()) text += ", ";
    text += mention.attribute;
    if (!mention.test.empty()) text.append(" ").append(mention.test);
    if (language != Language::kUpdate) continue;
    text += " " + std::to_string(mention.action) + "SRAD"[static_cast<size_t>(mention.section)];
    if (mention.target) text += '!';
    if (mention.in_sum) text += '+';
  }
  return text;
}

TEST(ReadingTest, MentionsEachPath) {
  struct Case {
    const char* name;
    Language language;
    const char* text;
    const char* mentions;
    bool conjunction = true;
  };
  const std::vector<Case> cases = {
      {"comparison", Language::kFilter, "#s = :s AND total>=:t", "#s =, total >="},
      {"the value first", Language::kFilter, ":t <= total AND :v > a AND :c <> b",
       "total >=, a <, b <>"},
      {"two paths", Language::kCondition, "a < b", "a <, b >"},
      {"the first element only", Language::kFilter, "address.city[0].#z = :c", "address ="},
      {"ranges and lists", Language::kFilter, "a BETWEEN :l AND :h AND b in (:x, :y)",
       "a BETWEEN, b IN"},
      {"bounds that are paths", Language::kFilter, ":v BETWEEN low AND high", "low, high"},
      {"functions", Language::kCondition, "attribute_exists(a) AND contains(b, c)",
       "a attribute_exists, b contains, c"},
      {"size", Language::kFilter, "size(a) > :n AND :n > size(b)", "a size, b size"},
      {"or", Language::kFilter, "a = :a OR (b = :b AND c = :c)", "a =, b =, c =", false},
      {"not", Language::kFilter, "a = :a AND NOT b = :b", "a =, b =", false},
      {"and in parentheses", Language::kFilter, "(a = :a) AND (b = :b AND c = :c)",
       "a =, b =, c ="},
      {"a name with OR in it", Language::kFilter, "a2or = :or AND not_b = :b", "a2or =, not_b ="},
      {"key", Language::kKeyCondition, "p = :p AND begins_with(#s, :s)", "p =, #s begins_with"},
      {"projection", Language::kProjection, "id, tags[0], #s.b", "id, tags, #s"},
      {"set", Language::kUpdate, "SET a = a + :n, b = :b, c = d",
       "a 0S!, a 0S+, b 1S!, c 2S!, d 2S"},
      {"set by functions", Language::kUpdate,
       "SET a = if_not_exists(a, :z) - b, l = list_append(:x, l)",
       "a 0S!, a if_not_exists 0S+, b 0S+, l 1S!, l 1S"},
      {"other sections", Language::kUpdate, "REMOVE a, b ADD n :n DELETE s :s SET x = :x",
       "a 0R!, b 1R!, n 2A!, s 3D!, x 4S!"},
  };
  for (const Case& c : cases) {
    const auto reading = Read(c.language, c.text);
    ASSERT_TRUE(reading) << c.name;
    EXPECT_EQ(Shown(c.language, *reading), c.mentions) << c.name;
    EXPECT_EQ(reading->conjunction, c.conjunction) << c.name;
  }
}

TEST(ReadingTest, NothingOfATextWithoutSyntax) {
  for (const char* text : {"", "a =", "a = :a AND", "SET a = :a", "a = 'x'"}) {
    EXPECT_FALSE(Read(Language::kFilter, text)) << text;
  }
}

}  // namespace
}  // namespace dynarock::expression
