// attribute-types-mixed: attributes of several types, and NULL for a value.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Values {
  std::string name = "a";
  uint64_t numbers = 3;
  uint64_t strings = 2;
  uint64_t nulls = 0;
  bool same_kind = true;  // the items that have numbers and strings
  std::string filter = "";
  std::string example = "";  // of the request with the filter
  bool sampled = false;      // what was looked at stands for twice as many
  std::string index_key = "b";
};

void Set(AttributeFacts& facts, Type type, uint64_t count, uint64_t kind) {
  auto& of_type = facts.types[static_cast<size_t>(type)];
  of_type.count = of_type.about = count;
  of_type.shown = type == Type::kNumber ? "17" : "17a";
  of_type.kinds[0] = kind;
}

void Build(CaseBuilder& builder, const Values& values) {
  TableCase& table = builder.AddTable(WithIndexes({test::DescribeIndex("by", {values.index_key})}));
  table.facts.looked_at = table.facts.looked_at_about = 8;
  table.facts.writes = values.sampled ? 16 : 8;
  AttributeFacts& facts = table.facts.attributes[values.name];
  facts.name = values.name;
  Set(facts, Type::kNumber, values.numbers, 1);
  Set(facts, Type::kString, values.strings, values.same_kind ? 1 : 2);
  Set(facts, Type::kNull, values.nulls, 3);
  auto& scan = builder.AddKind("Scan", trace::AccessKind::kScan);
  scan.expressions = {{"FilterExpression", values.filter}};
  scan.example = values.example;
}

TEST(AttributeTypesMixedTest, TwoTypes) {
  ExpectRows(RuleNamed("attribute-types-mixed"), Build,
             {
                 {"five items", {}, "warning"},
                 {"four", {.numbers = 2}, ""},
                 {"one type", {.numbers = 5, .strings = 0}, ""},
                 {"of different kinds", {.same_kind = false}, "note"},
             });
}

TEST(AttributeTypesMixedTest, NullBesides) {
  ExpectRows(RuleNamed("attribute-types-mixed"), Build,
             {
                 {"five times", {.strings = 0, .nulls = 5}, "note"},
                 {"four times", {.strings = 0, .nulls = 4}, ""},
             });
}

TEST(AttributeTypesMixedTest, NullOnly) {
  const std::string filter = "note = :n";
  const auto null = [&](uint64_t nulls) {
    return Values{.name = "note", .numbers = 0, .strings = 0, .nulls = nulls, .filter = filter};
  };
  Values unasked = null(10);
  unasked.filter = "other = :n";
  Values for_null = null(10);
  for_null.example = R"({":n":{"NULL":true}})";
  Values begins_with_nothing = null(10);
  begins_with_nothing.name = "deletedAt";
  begins_with_nothing.filter = "deletedAt = :n";
  ExpectRows(RuleNamed("attribute-types-mixed"), Build,
             {
                 {"ten times", null(10), "note"},
                 {"nine times", null(9), ""},
                 {"not compared", unasked, ""},
                 {"compared with NULL", for_null, ""},
                 {"a state that begins so", begins_with_nothing, ""},
             });
}

TEST(AttributeTypesMixedTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("attribute-types-mixed"), Build, {.sampled = true}),
            "warning on T\n"
            "\"a\" is N in some items and S in others.\n"
            "attribute: a\n"
            "types: N in about 6 writes, S in about 4 writes\n"
            "a sample: writes looked at: 8 of 16\n"
            "a value of type S, the rarer one: 17a\n"
            "count: 4\n");
  EXPECT_NE(SaidOf(RuleNamed("attribute-types-mixed"), Build, {.index_key = "a"})
                .find("\na value of type N, which index by does not take: 17\ncount: 3\n"),
            std::string::npos);
  EXPECT_EQ(SaidOf(RuleNamed("attribute-types-mixed"), Build, {.strings = 3}).find("rarer"),
            std::string::npos)
      << "there are as many of the other type";
}

}  // namespace
}  // namespace dynarock::advisor
