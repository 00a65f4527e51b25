// JSON and YAML as trees: values, places, limits.
#include "server/document/document.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/document/shown.h"

namespace dynarock::document {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string expected;  // the tree, or "line:column text" of what is wrong
};

std::string Outcome(const std::expected<Document, Message>& document) {
  if (document) return Shown(document->root);
  const Message& fault = document.error();
  return std::to_string(fault.place.line) + ":" + std::to_string(fault.place.column) + " " +
         fault.text;
}

TEST(JsonDocumentTest, ReadsValues) {
  const std::vector<Case> cases = {
      {"scalars", R"({"a": null, "b": true, "c": -1.50e3, "d": "x\u00e9"})",
       "{a:null,b:true,c:-1.50e3,d:'x\xC3\xA9'}"},
      {"nested", R"([{"a": [1, 2]}, []])", "[{a:[1,2]},[]]"},
      {"byte order mark", "\xEF\xBB\xBF{}", "{}"},
      {"the last of two names", R"({"a": 1, "a": 2})", "{a:2}"},
      {"empty", "", "1:1 this is not JSON: the file is empty"},
      {"cut off", "{\n\"a\": [1,\n", "3:1 this is not JSON: the file ends too early"},
      {"comma", "{\"a\": 1 \"b\": 2}",
       "1:9 this is not JSON: Missing a comma or '}' after an object member"},
      {"trailing", "{} {}",
       "1:4 this is not JSON: several JSON values; one is expected, or a list of them"},
      {"columns are characters", "[\"\xC3\xA9\xC3\xA9\", x]",
       "1:8 this is not JSON: Invalid value"},
      {"too deep", std::string(100'000, '['),
       "1:151 this is not JSON: values nest deeper than 150 levels"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Outcome(ReadJson({.path = "f.json", .text = c.text})), c.expected) << c.name;
  }
}

TEST(JsonDocumentTest, KnowsPlaces) {
  const auto document =
      ReadJson({.path = "f.json", .text = "{\n  \"list\": [\n    1,\n    {\"x\": \"y\"}\n  ]\n}"});
  ASSERT_TRUE(document);
  const Node& list = *document->root.Find("list");
  EXPECT_EQ(list.name_line, 2);
  EXPECT_EQ(list.name_column, 3);
  EXPECT_EQ(list.place.line, 2);
  EXPECT_EQ(list.place.column, 11);
  EXPECT_EQ(list.list[0].place.line, 3);
  EXPECT_EQ(list.list[1].Find("x")->place.line, 4);
  EXPECT_EQ(list.list[1].Find("x")->place.column, 11);
}

TEST(YamlDocumentTest, ReadsValues) {
  const std::vector<Case> cases = {
      {"scalars", "a: ~\nb: yes\nc: 15\nd: 1.5\ne: text\nf: '5'\ng: N\nh: 007\ni: 2010-09-09\n",
       "{a:null,b:true,c:15,d:1.5,e:'text',f:'5',g:'N',h:'007',i:'2010-09-09'}"},
      {"short tags", "[!Ref a, !Sub 'x${y}', !Join ['-', [a, b]], !GetAtt a.Arn, !Condition c]",
       "[{Ref:'a'},{Fn::Sub:'x${y}'},{Fn::Join:['-',['a','b']]},{Fn::GetAtt:'a.Arn'},"
       "{Condition:'c'}]"},
      {"a tag in a tag", "a: !Select\n  - 0\n  - !Split [',', !Ref x]\n",
       "{a:{Fn::Select:[0,{Fn::Split:[',',{Ref:'x'}]}]}}"},
      {"a tag on a map", "a: !Transform {Name: x}", "{a:{Fn::Transform:{Name:'x'}}}"},
      {"anchors", "a: &x [1]\nb: *x\nc: &y !Ref q\nd: *y\n", "{a:[1],b:[1],c:{Ref:'q'},d:'q'}"},
      {"merge keys", "base: &b {x: 1, y: 2}\nt:\n  <<: *b\n  y: 3\n",
       "{base:{x:1,y:2},t:{y:3,x:1}}"},
      {"merge lists", "a: &a {x: 1}\nb: &b {x: 2, z: 3}\nt: {<<: [*a, *b]}\n",
       "{a:{x:1},b:{x:2,z:3},t:{x:1,z:3}}"},
      {"standard tags", "[!!str 5, !!int '5', !!null x]", "['5',5,null]"},
      {"empty", "", "1:1 this YAML cannot be read: it is empty"},
      {"tab", "a:\n\tb: 1\n",
       "2:1 this YAML cannot be read: while scanning for the next token, found character that "
       "cannot start any token"},
      {"two documents", "a: 1\n---\nb: 1\n",
       "2:1 this YAML cannot be read: a second document begins here; one file is one document"},
      {"alias without anchor", "a: *b\n",
       "1:4 this YAML cannot be read: the alias *b has no anchor before it"},
      {"alias inside its anchor", "a: &a [*a]\n",
       "1:8 this YAML cannot be read: the alias *a has no anchor before it"},
      {"list as a name", "? [a]\n: b\n",
       "1:3 this YAML cannot be read: a list or map cannot be a name"},
      {"too deep", "a: " + std::string(3000, '['),
       "1:153 this YAML cannot be read: values nest deeper than 150 levels"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Outcome(ReadYaml({.path = "f.yaml", .text = c.text})), c.expected) << c.name;
  }
}

TEST(YamlDocumentTest, AliasesAreBounded) {
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 1; j < 10; ++j) laughs += ", " + before;
    laughs += "]\n";
  }
  EXPECT_EQ(Outcome(ReadYaml({.path = "f.yaml", .text = laughs})),
            "6:25 this YAML cannot be read: the file holds more than 500000 values");
  // Each alias as deep as a file may be, one inside the other.
  std::string deep = "a0: &a0 " + std::string(100, '[') + std::string(100, ']') + "\n";
  deep += "a1: &a1 " + std::string(100, '[') + "*a0" + std::string(100, ']') + "\n";
  EXPECT_EQ(Outcome(ReadYaml({.path = "f.yaml", .text = deep})),
            "2:109 this YAML cannot be read: values nest deeper than 150 levels");
}

TEST(DocumentTest, NamesGivenTwiceAreTold) {
  const auto document = ReadYaml({.path = "f.yaml", .text = "a: 1\nb: 2\na: 3\n"});
  ASSERT_TRUE(document);
  ASSERT_EQ(document->messages.size(), 1u);
  EXPECT_EQ(document->messages[0].place.line, 3);
  EXPECT_EQ(document->messages[0].text, "the name \"a\" appears here twice");
}

TEST(DocumentTest, BytesThatAreNoUtf8HaveTheirPlace) {
  const auto yaml = ReadYaml({.path = "t.yaml", .text = "a: 1\nb: \"\xC3\xA9\"\nc: \xFC\n"});
  ASSERT_FALSE(yaml);
  EXPECT_EQ(yaml.error().place.line, 3);
  EXPECT_EQ(yaml.error().place.column, 4);
}

}  // namespace
}  // namespace dynarock::document
