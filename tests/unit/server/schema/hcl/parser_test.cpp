#include "server/schema/hcl/parser.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/schema/hcl/evaluation.h"

namespace dynarock::schema::hcl {
namespace {

std::string Print(const Body& body) {
  std::string out;
  for (const Attribute& attribute : body.attributes) {
    out += attribute.name + "=" + std::string(attribute.value->text()) + ";";
  }
  for (const Block& block : body.blocks) {
    out += block.type;
    for (const std::string& label : block.labels) out += " " + label;
    out += "{" + Print(block.body) + "}";
  }
  return out;
}

std::string Parse(const std::string& text) {
  const Source source{"f", text};
  const auto body = ParseBody(source);
  return body ? Print(*body) : hcl::Print(body.error());
}

TEST(ParserTest, ReadsBodies) {
  struct Case {
    const char* name;
    const char* text;
    const char* expected;
  };
  const std::vector<Case> cases = {
      {"empty", "", ""},
      {"only comments", "# a\n// b\n/* c\n d */\n", ""},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "a = 1",
       "a=1;"},
      {"argument", "a = 1 + 2 # three\n", "a=1 + 2;"},
      {"windows lines", "a = 1\r\nb {\r\n  c = 2\r\n}\r\n", "a=1;b{c=2;}"},
      {"block", "resource \"t\" \"n\" {\n  a = 1\n  b {\n    c = 2\n  }\n}\n",
       "resource t n{a=1;b{c=2;}}"},
      {"labels without quotes", "resource t n {\n}\n", "resource t n{}"},
      {"one line", "a { b = 1 }\nc {}\n", "a{b=1;}c{}"},
      {"list over lines", "a = [\n  1,\n  2,\n]\n", "a=[\n  1,\n  2,\n];"},
      {"dashes in names", "a-b = c-d.e-f\n", "a-b=c-d.e-f;"},
      {"heredoc", "a = <<E\nx }\nE\nb = 1\n", "a=<<E\nx }\nE;b=1;"},
      {"heredoc with blanks after its end", "a = <<E\nx\nE \t\r\nb = 1\n", "a=<<E\nx\nE;b=1;"},
  };
  for (const Case& c : cases) EXPECT_EQ(Parse(c.text), c.expected) << c.name;
}

TEST(ParserTest, TellsWhereItIsWrong) {
  struct Case {
    const char* name;
    std::string text;
    const char* expected;
  };
  const std::vector<Case> cases = {
      {"block not closed", "a {\n  b = 1\n",
       "f:3:1: A block is not closed: `}` is missing at the end of the file"},
      {"brace too many", "a {\n}\n}\n", "f:3:1: There is a `}` too many here: no block is open"},
      {"no value", "a =\n", "f:1:4: Expected a value, but the line ends"},
      {"no value at the end", "a = ", "f:1:5: Expected a value, but the file ends"},
      {"two on a line", "a = 1 b = 2\n",
       "f:1:7: A new line is expected after an argument or block, but there is `b`"},
      {"set twice", "a = 1\na = 2\n",
       "f:2:1: The argument \"a\" was already set at line 1. Each argument may be set only once"},
      {"neither argument nor block", "a 5\n",
       "f:1:3: Expected `=` or `{` after `a`, but there is `5`"},
      {"no name", "= 5\n", "f:1:1: Expected the name of an argument or block, but there is `=`"},
      {"string not closed", "a = \"b\nc = 1\n",
       "f:1:6: This string is not closed: `\"` is missing before the end of the line"},
      {"list not closed", "a = [1, 2\nb = 3\n",
       "f:2:1: Expected `,` between the elements of a list, but there is `b`"},
      {"object not closed", "a = { b = 1\n", "f:2:1: Expected a value, but the file ends"},
      {"parenthesis", "a = (1 + 2\n",
       "f:2:1: Expected `)` to close the parenthesis, but the file ends"},
      {"call", "a = f(1 2)\n",
       "f:1:9: Expected `,` between the arguments of a function, but there is `2`"},
      {"template", "a = \"${b\"\n", "f:1:9: Expected `}` to close `${`, but there is `\"`"},
      {"wrong escape", "a = \"\\q\"\n",
       "f:1:6: A backslash in a string must be followed by n, r, t, \", \\, u or U"},
      {"if without end", "a = \"%{ if true }x\"\n", "f:1:6: This `%{ if }` has no `%{ endif }`"},
      {"end without if", "a = \"x%{ endif }\"\n",
       "f:1:7: There is no open `if` or `for` that this could belong to"},
      {"comment not closed", "a = 1\n/* b\n", "f:2:1: This comment is not closed: `*/` is missing"},
      {"heredoc not closed", "a = <<E\nb\n",
       "f:1:5: This heredoc is not closed: a line with `E` alone is missing"},
      {"condition without else", "a = b ? 1\n",
       "f:1:10: Expected `:` between the two results of a condition (`? ... : ...`), but the line "
       "ends"},
      {"template as label", "a \"${b}\" {}\n",
       "f:1:3: The label of a block must be plain text, without a template"},
      {"column counts characters", "\xC3\xA9 = \"\xC3\xA9\xC3\xA9\" x\n",
       "f:1:10: A new line is expected after an argument or block, but there is `x`"},
      {"zero byte", std::string("a\0", 2),
       "f:1:2: Expected `=` or `{` after `a`, but there is a control character"},
      {"not this language", "{\"a\": 1}\n",
       "f:1:1: Expected the name of an argument or block, but there is `{`"},
  };
  for (const Case& c : cases) EXPECT_EQ(Parse(c.text), c.expected) << c.name;
}

}  // namespace
}  // namespace dynarock::schema::hcl
