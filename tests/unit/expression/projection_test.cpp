#include "expression/projection.h"

#include <gtest/gtest.h>

#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

struct Case {
  std::string_view text;
  std::string_view result;
};

TEST(Projection, Apply) {
  const std::string item = Item(
      R"({pk: "k", n: 1, m: {a: 1, b: {c: [10, 20, {d: "x"}]}, e: true}, l: [0, 1, 2, {x: 1, y: 2}, [5, 6]], ss: s<"a">})");
  const Case cases[] = {
      {"pk", R"({pk: "k"})"},
      {"n, pk", R"({n: 1, pk: "k"})"},
      {"absent", "{}"},
      {"absent, n", "{n: 1}"},
      {"m.a", "{m: {a: 1}}"},
      {"m.a, m.e", "{m: {a: 1, e: true}}"},
      {"m.e, n, m.a", "{m: {a: 1, e: true}, n: 1}"},
      {"m.b.c[1]", "{m: {b: {c: [20]}}}"},
      {"m.b.c[2].d, m.b.c[0]", R"({m: {b: {c: [10, {d: "x"}]}}})"},
      {"l[3], l[1]", "{l: [1, {x: 1, y: 2}]}"},
      {"l[3].y, l[3].x", "{l: [{x: 1, y: 2}]}"},
      {"l[3].y, l[9], l[4][1]", "{l: [{y: 2}, [6]]}"},
      {"l[3].q, l[1]", "{l: [1]}"},
      {"l[3].q", "{}"},
      {"m.q, m.b.q, m.b.c[7]", "{}"},
      {"m.a.b", "{}"},
      {"m[0]", "{}"},
      {"l.a", "{}"},
      {"ss[0]", "{}"},
      {"pk.a, n", "{n: 1}"},
      {"m, l[0]", R"({l: [0], m: {a: 1, b: {c: [10, 20, {d: "x"}]}, e: true}})"},
      {"#dotted", "{}"},
  };
  for (const Case& c : cases) {
    TestPlaceholders placeholders("#dotted=m.a");
    const Result<Projection> projection = ParseProjection(c.text, placeholders.get());
    ASSERT_TRUE(projection) << c.text << ": " << projection.error().message;
    EXPECT_EQ(PrintItem(projection->Apply(ItemView(item))), c.result) << c.text;
  }
}

TEST(Projection, Errors) {
  const std::string long_path = "a" + [] {
    std::string out;
    for (int i = 0; i < 32; ++i) out += ".b";
    return out;
  }();
  const std::pair<std::string, std::string> cases[] = {
      {"", "The expression can not be empty;"},
      {std::string(4097, 'a'),
       "Expression size has exceeded the maximum allowed size; expression size: 4097"},
      {"!!!", R"x(Syntax error; token: "!", near: "!!")x"},
      {"a,", R"x(Syntax error; token: "<EOF>", near: ",")x"},
      {"a b", R"x(Syntax error; token: "b", near: "a b")x"},
      {"a,,b", R"x(Syntax error; token: ",", near: ",,b")x"},
      {":v", R"x(Syntax error; token: ":v", near: ":v")x"},
      {"size(a)", R"x(Syntax error; token: "(", near: "size(a")x"},
      {"pk, status", "Attribute name is a reserved keyword; reserved keyword: status"},
      {"#x",
       "An expression attribute name used in the document path is not defined; attribute name: #x"},
      {"#x, status", "Attribute name is a reserved keyword; reserved keyword: status"},
      {long_path, "The document path has too many nesting levels; nesting levels: 33"},
      {"a, a",
       "Two document paths overlap with each other; must remove or rewrite one of these paths; "
       "path one: [a], path "
       "two: [a]"},
      {"c, a.b[1].d, #a.b[1]",
       "Two document paths overlap with each other; must remove or rewrite one of these paths; "
       "path one: [a, b, [1], "
       "d], path two: [a, b, [1]]"},
      {"a.b, a[0]",
       "Two document paths conflict with each other; must remove or rewrite one of these paths; "
       "path one: [a, b], "
       "path two: [a, [0]]"},
      {"a.b, a[0], c, c",
       "Two document paths overlap with each other; must remove or rewrite one of these paths; "
       "path one: [c], path "
       "two: [c]"},
      {"a1,a2,a3,a4,a5,a6,a7,a8,a9,a3.x",
       "Two document paths overlap with each other; must remove or rewrite one of these paths; "
       "path one: [a3], path "
       "two: [a3, x]"},
  };
  for (const auto& [text, error] : cases) {
    TestPlaceholders placeholders("#a=a");
    EXPECT_EQ(ErrorOf(ParseProjection(text, placeholders.get())),
              "Invalid ProjectionExpression: " + error)
        << text;
  }
}

TEST(Projection, AttributesToGet) {
  const std::string_view names[] = {"b.c", "a"};
  const Projection projection = FromAttributesToGet(names).value();
  const std::string item = Item("{a: 1, b: {c: 2}, b.c: 3}");
  EXPECT_EQ(PrintItem(projection.Apply(ItemView(item))), "{a: 1, b.c: 3}");
  EXPECT_EQ(projection.top_level_names(), (std::vector<std::string_view>{"a", "b.c"}));
  const std::string_view twice[] = {"a", "b", "c", "b", "a"};
  EXPECT_EQ(ErrorOf(FromAttributesToGet(twice)),
            "One or more parameter values were invalid: Duplicate value in attribute name: b");
}

TEST(Projection, TopLevelNames) {
  TestPlaceholders placeholders("#z=zeta");
  const Projection projection = ParseProjection("m.b, #z[0], m.a, c", placeholders.get()).value();
  EXPECT_EQ(projection.top_level_names(), (std::vector<std::string_view>{"c", "m", "zeta"}));
  EXPECT_EQ(PrintPath(projection.paths()[1]), "[zeta, [0]]");
}

}  // namespace
}  // namespace dynarock::expression
