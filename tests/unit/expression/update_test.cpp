// What updates make of items, and what they report of it.
#include "expression/update.h"

#include <gtest/gtest.h>

#include "storage/item/encoder.h"
#include "tests/unit/expression/text_values.h"

namespace dynarock::expression {
namespace {

constexpr std::string_view kValues =
    R"(:n=5 :one=1 :neg=-0.5 :s="new" :l=[7, 8] :m={k: 1} :ns=n<2, 10> :ss=s<"b", "c"> :all=s<"a", "b"> :t=true )"
    R"(:huge=9e125 :tiny=1e-130 :el=[] #d=m.a)";
constexpr std::string_view kAbsentOperand =
    "The provided expression refers to an attribute that does not exist in the item";
constexpr std::string_view kWrongOperand =
    "An operand in the update expression has an incorrect data type";
constexpr std::string_view kWrongPath =
    "The document path provided in the update expression is invalid for update";

std::string Apply(std::string_view text, std::optional<std::string_view> old) {
  TestPlaceholders placeholders(kValues);
  const Result<Update> update = ParseUpdate(text, placeholders.get());
  if (!update) return update.error().message;
  const std::string key = Item(R"({pk: "k"})");
  const std::string item = old ? Item(*old) : "";
  const auto outcome =
      update->Apply(old ? std::optional(ItemView(item)) : std::nullopt, ItemView(key));
  if (!outcome) return outcome.error().message;
  return outcome->write ? PrintItem(outcome->item) : "(no write)";
}

TEST(Update, OnOneItem) {
  constexpr std::string_view kOld =
      R"({pk: "k", n: 10, s: "old", l: [0, 1, 2, 3], m: {a: 1, b: {c: 2}, l: [5, 6]}, ss: s<"a", "b">, ns: n<1, 2>})";
  struct Case {
    std::string_view text;
    // The attributes that differ from kOld, or the error.
    std::string_view change;
  };
  const Case cases[] = {
      // SET
      {"SET x = :s", R"(x: "new")"},
      {"SET s = :n", "s: 5"},
      {"SET a = n, b = s", R"(a: 10; b: "old")"},
      {"SET n = s, s = n", R"(n: "old"; s: 10)"},
      {"SET n = n + :n", "n: 15"},
      {"SET n = n - :n", "n: 5"},
      {"SET n = :neg - n", "n: -10.5"},
      {"SET x = m.a + m.b.c", "x: 3"},
      {"SET m.a = :s", R"(m: {a: "new", b: {c: 2}, l: [5, 6]})"},
      {"SET m.x = :n, m.b.d = :m", "m: {a: 1, b: {c: 2, d: {k: 1}}, l: [5, 6], x: 5}"},
      {"SET m.aa = :n, m.a0 = :one", "m: {a: 1, a0: 1, aa: 5, b: {c: 2}, l: [5, 6]}"},
      {"SET #d = :n", "m.a: 5"},
      {"SET l[1] = :s", R"(l: [0, "new", 2, 3])"},
      {"SET l[4] = :s", R"(l: [0, 1, 2, 3, "new"])"},
      {"SET l[99] = :n, l[50] = :s, l[0] = :t", R"(l: [true, 1, 2, 3, "new", 5])"},
      {"SET m.l[0] = :n, m.l[7] = n", "m: {a: 1, b: {c: 2}, l: [5, 6, 10]}"},
      {"SET x = if_not_exists(n, :one)", "x: 10"},
      {"SET x = if_not_exists(gone, :one)", "x: 1"},
      {"SET x = if_not_exists(gone, n)", "x: 10"},
      {"SET x = if_not_exists(n, gone)", "x: 10"},
      {"SET x = if_not_exists(gone, if_not_exists(gone2, s))", R"(x: "old")"},
      {"SET x = if_not_exists(gone, :one) + n", "x: 11"},
      {"SET l = list_append(l, :l)", "l: [0, 1, 2, 3, 7, 8]"},
      {"SET l = list_append(:l, l)", "l: [7, 8, 0, 1, 2, 3]"},
      {"SET x = list_append(:el, :el)", "x: []"},
      {"SET x = list_append(if_not_exists(gone, :el), :l)", "x: [7, 8]"},
      {"SET m.l = list_append(m.l, :l)", "m: {a: 1, b: {c: 2}, l: [5, 6, 7, 8]}"},
      {"SET x = gone", kAbsentOperand},
      {"SET x = gone + :n", kAbsentOperand},
      {"SET x = list_append(gone, :l)", kAbsentOperand},
      {"SET x = if_not_exists(gone, gone2)", kAbsentOperand},
      {"SET x = m.a.b", kAbsentOperand},
      {"SET x = s + :n", kWrongOperand},
      {"SET x = list_append(n, :l)", kWrongOperand},
      {"SET x = if_not_exists(s, :one) - :n", kWrongOperand},
      {"SET gone.x = :n", kWrongPath},
      {"SET m.gone.x = :n", kWrongPath},
      {"SET s.x = :n", kWrongPath},
      {"SET m[0] = :n", kWrongPath},
      {"SET l.x = :n", kWrongPath},
      {"SET l[9].x = :n", kWrongPath},
      {"SET ss[0] = :n", kWrongPath},
      {"SET x = n + :huge",
       "Number overflow. Attempting to store a number with magnitude larger than supported range"},
      {"SET x = :huge + :huge",
       "Number overflow. Attempting to store a number with magnitude larger than supported range"},
      // REMOVE
      {"REMOVE n, gone", "n"},
      {"REMOVE m.a, m.gone", "m: {b: {c: 2}, l: [5, 6]}"},
      {"REMOVE m.b.c", "m: {a: 1, b: {}, l: [5, 6]}"},
      {"REMOVE l[1]", "l: [0, 2, 3]"},
      {"REMOVE l[0], l[2], l[9]", "l: [1, 3]"},
      {"REMOVE l[3], l[2], l[1], l[0]", "l: []"},
      {"REMOVE m.l[1], m.b", "m: {a: 1, l: [5]}"},
      {"REMOVE l[0] SET l[1] = :s", R"(l: ["new", 2, 3])"},
      {"REMOVE l[1] SET l[9] = :s", R"(l: [0, 2, 3, "new"])"},
      {"REMOVE gone.x", kWrongPath},
      {"REMOVE gone[0]", kWrongPath},
      {"REMOVE s.x", kWrongPath},
      {"REMOVE m[0]", kWrongPath},
      {"REMOVE l.x", kWrongPath},
      {"REMOVE m.gone.x", kWrongPath},
      // ADD
      {"ADD n :n", "n: 15"},
      {"ADD n :neg", "n: 9.5"},
      {"ADD x :n", "x: 5"},
      {"ADD x :ns", "x: n<2, 10>"},
      {"ADD ns :ns", "ns: n<1, 2, 10>"},
      {"ADD ss :ss", R"(ss: s<"a", "b", "c">)"},
      {"ADD m.a :n, m.x :one", "m: {a: 6, b: {c: 2}, l: [5, 6], x: 1}"},
      {"ADD l[1] :n, l[8] :one", "l: [0, 6, 2, 3, 1]"},
      {"ADD s :n", kWrongOperand},
      {"ADD n :ns", kWrongOperand},
      {"ADD ss :ns", kWrongOperand},
      {"ADD gone.x :n", kWrongPath},
      // DELETE
      {"DELETE ss :ss", R"(ss: s<"a">)"},
      {"DELETE ss :all", "ss"},
      {"DELETE ns :ns", "ns: n<1>"},
      {"DELETE gone :ss", ""},
      {"DELETE m.gone :ss", ""},
      {"DELETE ss :ns", kWrongOperand},
      {"DELETE s :ss", kWrongOperand},
      {"DELETE gone.x :ss", kWrongPath},
      // together
      {"SET x = n REMOVE n ADD y :n DELETE ss :ss", R"(n; ss: s<"a">; x: 10; y: 5)"},
  };
  for (const Case& c : cases) {
    const std::string got = Apply(c.text, kOld);
    if (got.front() != '{') {
      EXPECT_EQ(got, c.change) << c.text;
      continue;
    }
    // What changed: "name: value" for new and other values, "name" for removed ones.
    const std::string before = Item(kOld);
    const std::string after = [&] {
      TestPlaceholders placeholders(kValues);
      return ParseUpdate(c.text, placeholders.get())
          ->Apply(ItemView(before), ItemView(before))
          ->item;
    }();
    std::string change;
    const auto put = [&change](std::string_view name, std::optional<ValueView> value) {
      if (!change.empty()) change += "; ";
      change += name;
      if (value) change += ": " + Show(*value);
    };
    ItemBuilder names;
    for (const Attribute a : ItemView(before).attributes()) names.Add(a.name, a.value);
    for (const Attribute a : ItemView(after).attributes()) names.Add(a.name, a.value);
    const std::string all = names.Encode();
    for (const Attribute a : ItemView(all).attributes()) {
      const auto old_value = ItemView(before).Find(a.name);
      const auto new_value = ItemView(after).Find(a.name);
      if (!new_value) put(a.name, std::nullopt);
      if (new_value && (!old_value || !(*old_value == *new_value))) put(a.name, new_value);
    }
    EXPECT_EQ(change, c.change) << c.text;
  }
}

TEST(Update, OnAnAbsentItem) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"SET x = :n", R"({pk: "k", x: 5})"},
      {"SET a = :n", R"({a: 5, pk: "k"})"},
      {"ADD x :ss", R"({pk: "k", x: s<"b", "c">})"},
      {"SET x = if_not_exists(x, :n)", R"({pk: "k", x: 5})"},
      {"SET x = :n REMOVE y", R"({pk: "k", x: 5})"},
      {"REMOVE x", "(no write)"},
      {"DELETE x :ss", "(no write)"},
      {"REMOVE x DELETE y :ss", "(no write)"},
      {"REMOVE x.y", "(no write)"},
      {"REMOVE x[0], y", "(no write)"},
      {"SET x = :n REMOVE y.z", kWrongPath},
      {"SET x = pk", R"({pk: "k", x: "k"})"},
      {"SET x = if_not_exists(pk, :n)", R"({pk: "k", x: "k"})"},
      {"SET x.y = pk", kWrongPath},
      {"DELETE x[0] :ss", kWrongPath},
      {"SET x.y = :n", kWrongPath},
      {"SET x = x + :n", kAbsentOperand},
  };
  for (const auto& [text, result] : cases) EXPECT_EQ(Apply(text, std::nullopt), result) << text;
}

TEST(Update, WithoutActions) {
  const std::string key = Item(R"({pk: "k"})");
  const std::string item = Item(R"({pk: "k", a: 1})");
  const Update update;
  EXPECT_TRUE(update.empty());
  EXPECT_EQ(PrintItem(update.Apply(std::nullopt, ItemView(key))->item), R"({pk: "k"})");
  EXPECT_EQ(update.Apply(ItemView(item), ItemView(key))->item, item);
  EXPECT_EQ(update.UpdatedNew(ItemView(item)), "");
}

TEST(Update, ReturnValues) {
  struct Case {
    std::string_view text;
    std::string_view old;
    std::string_view updated_old;
    std::string_view updated_new;
  };
  const Case cases[] = {
      {"SET x = :n", "{x: 1, y: 2}", "{x: 1}", "{x: 5}"},
      {"SET x = :n", "{y: 2}", "(nothing)", "{x: 5}"},
      {"SET x = :n", "{x: 5}", "{x: 5}", "{x: 5}"},
      {"REMOVE x", "{x: 1, y: 2}", "{x: 1}", "(nothing)"},
      {"REMOVE x SET y = :n", "{x: 1, y: 2}", "{x: 1, y: 2}", "{y: 5}"},
      {"SET m.a = :n", "{m: {a: 1, b: 2}}", "{m: {a: 1}}", "{m: {a: 5}}"},
      {"SET m.a = :n, m.c = :one", "{m: {a: 1, b: 2}}", "{m: {a: 1}}", "{m: {a: 5, c: 1}}"},
      {"SET l[1].a = :n", "{l: [0, {a: 1, b: 2}]}", "{l: [{a: 1}]}", "{l: [{a: 5}]}"},
      {"SET l[0] = :n, l[1] = :one", "{l: [7, 8, 9]}", "{l: [7, 8]}", "{l: [5, 1]}"},
      {"SET l[9] = :n", "{l: [7]}", "(nothing)", "(nothing)"},
      {"SET l[1] = :n", "{l: [7]}", "(nothing)", "{l: [5]}"},
      {"REMOVE l[0]", "{l: [7, 8]}", "{l: [7]}", "{l: [8]}"},
      {"REMOVE l[1]", "{l: [7, 8]}", "{l: [8]}", "(nothing)"},
      {"REMOVE m.l[0]", "{m: {l: [7, 8], x: 1}}", "{m: {l: [7]}}", "{m: {l: [8]}}"},
      {"ADD n :n", "{n: 1}", "{n: 1}", "{n: 6}"},
      {"DELETE ss :ss", R"({ss: s<"a", "b">})", R"({ss: s<"a", "b">})", R"({ss: s<"a">})"},
      {"DELETE ss :all", R"({ss: s<"a", "b">})", R"({ss: s<"a", "b">})", "(nothing)"},
  };
  for (const Case& c : cases) {
    TestPlaceholders placeholders(kValues);
    const Update update = ParseUpdate(c.text, placeholders.get()).value();
    const std::string old = Item(c.old);
    const UpdateOutcome outcome = update.Apply(ItemView(old), ItemView(old)).value();
    EXPECT_EQ(PrintItem(update.UpdatedOld(ItemView(old))), c.updated_old) << c.text;
    EXPECT_EQ(PrintItem(update.UpdatedNew(ItemView(outcome.item))), c.updated_new) << c.text;
    EXPECT_EQ(update.UpdatedOld(std::nullopt), "");
  }
}

// Each part of a statement as the service counts it.
TEST(Update, Charge) {
  struct Case {
    std::string_view text;
    std::string_view old;  // "": absent
    uint64_t bytes;
  };
  // :n and :one weigh 2 each, :ss and :all as their members do.
  const Case cases[] = {
      {"SET a = :n", "", 3 + 19 + 1 + 2},
      {"SET a = :n, b = :n", "", 3 + 2 * (19 + 1 + 2)},
      {"SET a[10].bc = :n", "{a: []}", 3 + 19 + 1 + (4 + 2) + (4 + 2) + 2},
      {"SET a = bc", "{bc: 1}", 3 + 19 + 1 + 1 + 14 + 2},
      {"SET a = b.c[0]", "{b: {c: [1]}}", 3 + 19 + 1 + 1 + 3 * (14 + 1)},
      {"SET a = a + :n", "{a: 1}", 3 + 19 + 1 + 34 + 15 + 1 + 2},
      {"SET a = a - :n", "{a: 1}", 3 + 19 + 1 + 37 + 15 + 1 + 2},
      {"SET a = if_not_exists(a, :n)", "{a: 1}", 3 + 19 + 1 + 39 + 15 + 1 + 2},
      {"SET a = list_append(a, a)", "{a: [1]}", 3 + 19 + 1 + 37 + 2 * 16},
      {"REMOVE a", "{a: 1}", 3 + 1 + 1},
      {"REMOVE a.yy", "{a: {yy: 1}}", 3 + 1 + 1 + 4 + 2},
      {"DELETE a :ss", R"({a: s<"b">})", 3 + 1 + 1},
      {"ADD a :n", "", 3 + 19 + 1 + 2},
      {"ADD a :n", "{a: 995}", 3 + 19 + 1 + 2},
      {"ADD a :all", R"({a: s<"a">})", 3 + 19 + 1 + 1},
      {"ADD a :all", "", 3 + 19 + 1 + 2},
  };
  for (const Case& c : cases) {
    TestPlaceholders placeholders(kValues);
    const Update update = ParseUpdate(c.text, placeholders.get()).value();
    const std::string old = c.old.empty() ? std::string() : Item(c.old);
    EXPECT_EQ(update.Charge(old.empty() ? std::nullopt : std::optional(ItemView(old))), c.bytes)
        << c.text << " on " << c.old;
  }
}

TEST(Update, NestingOfTheResult) {
  const auto nested = [](int levels) {  // levels of maps around a scalar
    std::string text = "1";
    for (int i = 0; i < levels; ++i) text = "{a: " + text + "}";
    return text;
  };
  TestPlaceholders placeholders(kValues);
  const Update update = ParseUpdate("SET m.x = v", placeholders.get()).value();
  const std::string fits = Item("{m: {}, v: " + nested(30) + "}");
  EXPECT_TRUE(update.Apply(ItemView(fits), ItemView(fits)));
  const std::string deep = Item("{m: {}, v: " + nested(31) + "}");
  EXPECT_EQ(ErrorOf(update.Apply(ItemView(deep), ItemView(deep))),
            "Nesting Levels have exceeded supported limits");
}

TEST(Update, AppendsDoNotGrowWithoutBounds) {
  std::string list = "[";
  for (int i = 0; i < 3000; ++i) list += "\"" + std::string(100, 'x') + "\",";
  const std::string item = Item("{l: " + list + "]}");
  TestPlaceholders placeholders(kValues);
  const Update update = ParseUpdate("SET l = list_append(l, l)", placeholders.get()).value();
  EXPECT_EQ(ErrorOf(update.Apply(ItemView(item), ItemView(item))),
            "Item size to update has exceeded the maximum allowed size");
}

}  // namespace
}  // namespace dynarock::expression
