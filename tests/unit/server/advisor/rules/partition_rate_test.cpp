// partition-rate: for how long a partition key was driven beyond its limit.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Rate {
  uint64_t seconds = 3;
  double reads = 0;  // units in each of these seconds
  double writes = 1000;
};

void Build(CaseBuilder& builder, const Rate& rate) {
  constexpr uint64_t kKey = 1;
  KeySketch& keys = builder.AddTable().facts.keys;
  // A second is counted once the next one has begun.
  for (uint64_t second = 1; second <= rate.seconds; ++second) {
    keys.Add(kKey, 1, second, rate.reads, rate.writes);
  }
  keys.Add(kKey, 1, rate.seconds + 1, 1, 1);
  keys.Label(kKey, "all");
}

TEST(PartitionRateTest, Rows) {
  ExpectRows(RuleNamed("partition-rate"), Build,
             {
                 {"three seconds of writes", {}, "note"},
                 {"two seconds", {.seconds = 2}, ""},
                 {"a unit less", {.writes = 999}, ""},
                 {"of reads", {.reads = 3000, .writes = 0}, "note"},
                 {"a read unit less", {.reads = 2999, .writes = 0}, ""},
             });
}

TEST(PartitionRateTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("partition-rate"), Build, {.seconds = 4, .reads = 20}),
            "note on T\n"
            "One partition key, \"all\", had more traffic than a partition serves.\n"
            "seconds over the limit: 4\n"
            "most read units in a second: 20\n"
            "most write units in a second: 1,000\n"
            "count: 4\n");
}

}  // namespace
}  // namespace dynarock::advisor
