// low-cardinality-key: how few values of an index key are too few.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Items {
  std::vector<std::string> values = {"open", "closed"};
  uint64_t with = 50;
  std::string attribute = "a";
  bool local = false;
  bool many_values = false;
  std::string index = "by-a";
};

void Build(CaseBuilder& builder, const Items& items) {
  TableCase& table =
      builder.AddTable(WithIndexes({test::DescribeIndex("by-a", {items.attribute})}));
  IndexFacts& facts = table.facts.indexes[items.index];
  facts.name = items.index;
  facts.local = items.local;
  facts.many_values = items.many_values;
  facts.with = items.with;
  facts.value_examples = items.values;
  for (size_t i = 0; i < items.values.size(); ++i) facts.values[i] = 10;
  if (!items.values.empty()) facts.values[0] = items.with - 10 * (items.values.size() - 1);
}

TEST(LowCardinalityKeyTest, Speaks) {
  const std::vector<std::string> eight = {"a", "b", "c", "d", "e", "f", "g", "h"};
  const std::vector<std::string> nine = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
  ExpectRows(RuleNamed("low-cardinality-key"), Build,
             {
                 {"fifty items", {}, "note"},
                 {"49", {.with = 49}, ""},
                 {"eight values", {.values = eight, .with = 80}, "note"},
                 {"less than ten items each", {.values = eight, .with = 79}, ""},
                 {"nine values", {.values = nine, .with = 90}, ""},
                 {"none", {.values = {}}, ""},
                 {"more than can be told apart", {.many_values = true}, ""},
                 {"of a local index", {.local = true}, ""},
                 {"of an index that is gone", {.index = "gone"}, ""},
                 {"an identifier", {.values = {"open", "u17"}}, ""},
                 {"an address", {.values = {"open", "a@b"}}, ""},
                 {"24 bytes", {.values = {"open", std::string(24, 'x')}}, "note"},
                 {"25 bytes", {.values = {"open", std::string(25, 'x')}}, ""},
             });
}

TEST(LowCardinalityKeyTest, Warns) {
  const std::vector<std::string> tenants = {"acme", "initech"};
  ExpectRows(
      RuleNamed("low-cardinality-key"), Build,
      {
          {"200 of an enumeration", {.with = 200}, "warning"},
          {"199", {.with = 199}, "note"},
          {"tenants", {.values = tenants, .with = 200}, "note"},
          {"by the name", {.values = tenants, .with = 200, .attribute = "orderStatus"}, "warning"},
          {"a question", {.values = tenants, .with = 200, .attribute = "isOpen"}, "warning"},
          {"no question", {.values = tenants, .with = 200, .attribute = "issuer"}, "note"},
      });
}

TEST(LowCardinalityKeyTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("low-cardinality-key"), Build, {.with = 200}),
            "warning on T, index by-a\n"
            "The partition key \"a\" of index by-a has only 2 values.\n"
            "values: \"open\", \"closed\"\n"
            "items looked at: 200\n"
            "share of the most frequent: 95 %\n"
            "count: 200\n");
}

}  // namespace
}  // namespace dynarock::advisor
