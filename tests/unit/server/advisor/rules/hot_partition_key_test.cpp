// hot-partition-key: which share of the traffic makes a key hot.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Traffic {
  uint64_t hot = 100;     // requests to one key
  uint64_t others = 100;  // to the other keys
  uint64_t keys = 10;     // with the hot one
  std::string label = "GLOBAL";
};

void Build(CaseBuilder& builder, const Traffic& traffic) {
  KeySketch& keys = builder.AddTable().facts.keys;
  const auto hash = [](uint64_t key) { return (key + 1) << 20; };
  keys.Add(hash(0), traffic.hot, 1, 0, 0);
  keys.Label(hash(0), traffic.label);
  const uint64_t others = traffic.keys - 1;
  for (uint64_t key = 1; key <= others; ++key) {
    const uint64_t rest = key <= traffic.others % others ? 1 : 0;
    keys.Add(hash(key), traffic.others / others + rest, 1, 0, 0);
  }
  auto& gets = builder.AddKind("GetItem", trace::AccessKind::kGet);
  gets.traffic.cells[0].entries = traffic.hot + traffic.others;
}

TEST(HotPartitionKeyTest, Speaks) {
  ExpectRows(RuleNamed("hot-partition-key"), Build,
             {
                 {"half of 200", {}, "note"},
                 {"a little less than half", {.hot = 100, .others = 101}, ""},
                 {"of 199", {.others = 99}, ""},
                 {"of nine keys", {.keys = 9}, ""},
                 {"30 % of 1000", {.hot = 300, .others = 700}, "warning"},
                 {"less than 30 %", {.hot = 299, .others = 701}, ""},
                 {"30 % of 999", {.hot = 300, .others = 699}, ""},
             });
}

TEST(HotPartitionKeyTest, Warns) {
  ExpectRows(
      RuleNamed("hot-partition-key"), Build,
      {
          {"from 1000 requests on", {.hot = 500, .others = 500}, "warning"},
          {"fewer", {.hot = 500, .others = 499}, "note"},
          {"500 over 30 keys", {.hot = 250, .others = 250, .keys = 30}, "warning"},
          {"over 29 keys", {.hot = 250, .others = 250, .keys = 29}, "note"},
          {"499 over 30 keys", {.hot = 250, .others = 249, .keys = 30}, "note"},
          {"not for a test's user", {.hot = 500, .others = 500, .label = "USER#TestUser"}, "note"},
      });
}

TEST(HotPartitionKeyTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("hot-partition-key"), Build, {.hot = 150}),
            "note on T\n"
            "One partition key, \"GLOBAL\", gets 60 % of the table's traffic.\n"
            "requests by key: 250\n"
            "to this key: 150\n"
            "different keys, about: 10\n"
            "count: 150\n");
}

}  // namespace
}  // namespace dynarock::advisor
