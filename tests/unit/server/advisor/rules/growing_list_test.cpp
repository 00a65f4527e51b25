// growing-list: which lists and maps have no end.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Growth {
  std::string type = "L";
  uint64_t grown = 10;
  uint64_t shrunk = 1;
  uint64_t moved = 0;  // stayed at the greatest length with other elements
  uint64_t most_elements = 10;
  uint64_t most_bytes = 1000;
};

void Build(CaseBuilder& builder, const Growth& growth) {
  AttributeFacts& facts = builder.AddTable().facts.attributes["tags"];
  facts.name = "tags";
  facts.growth = SeenTimes(10, growth.type);
  facts.grown = growth.grown;
  facts.shrunk = growth.shrunk;
  facts.moved = growth.moved;
  facts.most_elements = growth.most_elements;
  facts.most_bytes = growth.most_bytes;
}

TEST(GrowingListTest, Lists) {
  ExpectRows(RuleNamed("growing-list"), Build,
             {
                 {"ten growths", {}, "note"},
                 {"nine", {.grown = 9}, ""},
                 {"nine elements", {.most_elements = 9}, ""},
                 {"a fifth as often shorter", {.shrunk = 2}, ""},
                 {"cut off at its length", {.moved = 3}, ""},
                 {"perhaps cut off", {.moved = 2}, "note"},
                 {"99 elements", {.most_elements = 99}, "note"},
                 {"100 elements", {.most_elements = 100}, "warning"},
                 {"10 KB", {.most_bytes = 10'240}, "warning"},
                 {"a byte less", {.most_bytes = 10'239}, "note"},
             });
}

TEST(GrowingListTest, Maps) {
  ExpectRows(RuleNamed("growing-list"), Build,
             {
                 {"twenty growths", {.type = "M", .grown = 20, .most_elements = 20}, "note"},
                 {"nineteen", {.type = "M", .grown = 19, .most_elements = 20}, ""},
                 {"nineteen entries", {.type = "M", .grown = 20, .most_elements = 19}, ""},
                 {"large entries",
                  {.type = "M", .grown = 20, .most_elements = 20, .most_bytes = 10'240},
                  "note"},
                 {"100 entries", {.type = "M", .grown = 20, .most_elements = 100}, "warning"},
             });
}

TEST(GrowingListTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("growing-list"), Build, {.grown = 12}),
            "note on T\n"
            "\"tags\" grows with every update and never gets shorter.\n"
            "updates that made it longer (without the first element): about 12\n"
            "updates that made it shorter: about 1\n"
            "most elements: 10\n"
            "largest: 1000 bytes\n"
            "elements that fit into 400 KB: 4,055\n"
            "count: 10\n");
}

}  // namespace
}  // namespace dynarock::advisor
