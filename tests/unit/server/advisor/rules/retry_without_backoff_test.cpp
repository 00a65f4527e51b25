// retry-without-backoff: how many attempts in a row are too many.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Attempts {
  uint64_t count = 5;
  std::string error = "TransactionConflictException";
  bool by_design = false;
};

void Build(CaseBuilder& builder, const Attempts& attempts) {
  auto& repeat = builder.rest().repeats.emplace_back();
  repeat.operation = "UpdateItem";
  repeat.table = "T";
  repeat.error = attempts.error;
  repeat.attempts = attempts.count;
  repeat.longest_gap_ms = 12;
  repeat.by_design = attempts.by_design;
  repeat.seen = SeenTimes(2);
}

TEST(RetryWithoutBackoffTest, Rows) {
  const std::string condition = "ConditionalCheckFailedException";
  ExpectRows(RuleNamed("retry-without-backoff"), Build,
             {
                 {"five", {}, "warning"},
                 {"four", {.count = 4}, ""},
                 {"a failed condition 25 times", {.count = 25, .error = condition}, "warning"},
                 {"24 times", {.count = 24, .error = condition}, ""},
                 {"a rate limit", {.count = 25, .error = condition, .by_design = true}, "note"},
             });
}

TEST(RetryWithoutBackoffTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("retry-without-backoff"), Build),
            "warning on T\n"
            "The same UpdateItem failed 5 times in a row, each attempt sent at once.\n"
            "error: TransactionConflictException\n"
            "attempts in a row: 5\n"
            "longest pause between them: 12 ms\n"
            "count: 5\n");
}

}  // namespace
}  // namespace dynarock::advisor
