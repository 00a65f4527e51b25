#include "expression/loose_text.h"

#include <gtest/gtest.h>

namespace dynarock::expression {
namespace {

TEST(LooseTextTest, StatementsLoseTheirLiterals) {
  EXPECT_EQ(WithoutLiterals("SELECT * FROM \"T\" WHERE id = 'secret' AND n > 5"),
            "SELECT * FROM \"T\" WHERE id = ? AND n > ?");
  EXPECT_EQ(WithoutLiterals("INSERT INTO T value {'pk': 'it''s', 'n':-5, 'open"),
            "INSERT INTO T value {'pk': ??, 'n':-?, ?");
  EXPECT_EQ(WithoutLiterals("INSERT INTO T value {'a':11,'m':{'b':5.5e3,'c':-1E-7},'d':true}"),
            "INSERT INTO T value {'a':?,'m':{'b':?,'c':-?},'d':?}");
  EXPECT_EQ(WithoutLiterals("UPDATE T SET e3=n1+12 SET s=<<3,4.0>> WHERE ok = FALSE AND a.b[2]>7"),
            "UPDATE T SET e3=n1+? SET s=<<?,?>> WHERE ok = ? AND a.b[?]>?");
}

TEST(LooseTextTest, TokensOfTextsThatDoNotParse) {
  struct Case {
    const char* text;
    Grammar grammar;
    const char* kinds;  // the first letters of the kinds
  };
  const std::vector<Case> cases = {
      {"a = :v AND #n", Grammar::kExpression, "wo:k#"},
      {"size (a) >= 5.5e-3 )", Grammar::kExpression, "kowooono"},
      {"'it''s", Grammar::kStatement, "ss"},
      {"{'a': \"b\" 'open", Grammar::kStatement, "osoqs"},
  };
  for (const Case& c : cases) {
    std::string kinds;
    for (const LooseToken& token : LooseTokens(c.text, c.grammar)) {
      kinds += "wk:#nsqo"[static_cast<size_t>(token.kind)];
    }
    EXPECT_EQ(kinds, c.kinds) << c.text;
  }
}

}  // namespace
}  // namespace dynarock::expression
