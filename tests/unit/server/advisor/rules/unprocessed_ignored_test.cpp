// unprocessed-ignored: entries that came back and were not sent again.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Entries {
  std::string operation = "BatchWriteItem";
  uint64_t handed_back = 5;
  uint64_t sent_again = 4;
  uint64_t waiting = 0;
};

void Build(CaseBuilder& builder, const Entries& entries) {
  auto& row = builder.rest().unprocessed.emplace_back();
  row.operation = entries.operation;
  row.table = "T";
  row.handed_back = entries.handed_back;
  row.sent_again = entries.sent_again;
  row.waiting = entries.waiting;
  row.seen = SeenTimes(3);
}

TEST(UnprocessedIgnoredTest, Rows) {
  ExpectRows(RuleNamed("unprocessed-ignored"), Build,
             {
                 {"one write is lost", {}, "error"},
                 {"all were sent again", {.sent_again = 5}, ""},
                 {"too early to tell", {.waiting = 1}, ""},
                 {"one read is lost", {.operation = "BatchGetItem"}, "warning"},
             });
}

TEST(UnprocessedIgnoredTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("unprocessed-ignored"), Build, {.sent_again = 2, .waiting = 1}),
            "error on T\n"
            "2 entries of batches came back in UnprocessedItems and nobody sent them again.\n"
            "handed back: 5\n"
            "sent again: 2\n"
            "too early to tell, just before this report: 1\n"
            "count: 2\n");
}

}  // namespace
}  // namespace dynarock::advisor
