#include "storage/item/text.h"

#include <gtest/gtest.h>

namespace dynarock {
namespace {

TEST(TextTest, LettersOfAsciiHaveTwoCases) {
  EXPECT_EQ(Lowered("X-Amz-Target \xC3\x84"), "x-amz-target \xC3\x84");
  EXPECT_EQ(Uppered("az@[`{ \xC3\xA4"), "AZ@[`{ \xC3\xA4");
  EXPECT_TRUE(EqualsIgnoringCase("X-Amz-Target", "x-amz-TARGET"));
  EXPECT_FALSE(EqualsIgnoringCase("a", "ab"));
  EXPECT_FALSE(EqualsIgnoringCase("[", "{"));
}

TEST(TextTest, Trims) {
  struct Case {
    const char* text;
    const char* trimmed;
    const char* of_all_spaces;
  };
  const Case cases[] = {
      {"", "", ""},
      {" \t ", "", ""},
      {"a", "a", "a"},
      {" a b\t", "a b", "a b"},
      {"\ra\n", "\ra\n", "a"},
      {"\v\f a", "\v\f a", "a"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Trimmed(c.text), c.trimmed) << c.text;
    EXPECT_EQ(Trimmed(c.text, kAllSpaces), c.of_all_spaces) << c.text;
  }
}

TEST(TextTest, CharactersStayWhole) {
  struct Case {
    const char* text;
    size_t most;
    const char* cut;
    size_t characters;  // of the text
  };
  const Case cases[] = {
      {"abc", 3, "abc", 3},
      {"abc", 2, "ab", 3},
      {"abc", 0, "", 3},
      {"\xC3\xA4\xC3\xB6", 3, "\xC3\xA4", 2},
      {"\xC3\xA4\xC3\xB6", 2, "\xC3\xA4", 2},
      {"\xC3\xA4\xC3\xB6", 1, "", 2},
      {"a\xF0\x9F\x98\x80", 4, "a", 2},
      {"a\xF0\x9F\x98\x80", 5, "a\xF0\x9F\x98\x80", 2},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(CutAtCharacter(c.text, c.most), c.cut) << c.text << " " << c.most;
    EXPECT_EQ(CountCharacters(c.text), c.characters) << c.text;
  }
}

}  // namespace
}  // namespace dynarock
