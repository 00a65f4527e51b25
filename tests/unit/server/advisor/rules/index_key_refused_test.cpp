// index-key-refused: when refused index keys are a habit.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Refused {
  uint64_t count = 3;
  std::set<std::string> values = {"N instead of S"};
  std::string attribute = "a";
  std::string index = "by-a";
};

void Build(CaseBuilder& builder, const Refused& refused) {
  auto& entry = builder.rest().refused_keys.emplace_back();
  entry.table = "T";
  entry.index = refused.index;
  entry.attribute = refused.attribute;
  entry.operation = "PutItem";
  entry.values = refused.values;
  entry.message = "Type mismatch";
  entry.seen = SeenTimes(refused.count);
}

TEST(IndexKeyRefusedTest, Rows) {
  ExpectRows(RuleNamed("index-key-refused"), Build,
             {
                 {"three", {}, "note"},
                 {"two", {.count = 2}, ""},
                 {"four", {.count = 4}, "note"},
                 {"five", {.count = 5}, "warning"},
                 {"wrong in two ways", {.count = 5, .values = {"a", "b"}}, "warning"},
                 {"in three", {.count = 5, .values = {"a", "b", "c"}}, "note"},
             });
}

TEST(IndexKeyRefusedTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("index-key-refused"), Build),
            "note on T, index by-a\n"
            "3 writes were refused: \"a\", a key of index by-a, was given N instead of S.\n"
            "operation: PutItem\n"
            "attribute: a\n"
            "writes refused: 3\n"
            "answer: Type mismatch\n"
            "count: 3\n");
  EXPECT_EQ(SaidOf(RuleNamed("index-key-refused"), Build, {.attribute = "", .index = ""})
                .find("attribute:"),
            std::string::npos)
      << "not every message names it";
}

}  // namespace
}  // namespace dynarock::advisor
