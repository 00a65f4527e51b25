// conditions-fail-often: when failing is not the answer of a condition.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Writes {
  uint64_t failed = 20;
  uint64_t all = 40;
  std::string condition = "version = :v";
  std::string update = "SET n = :n";
  uint64_t tables = 1;  // in which it failed
  uint64_t keys = 1;    // different items whose condition failed
};

void Build(CaseBuilder& builder, const Writes& writes) {
  auto& kind = builder.AddKind("UpdateItem", trace::AccessKind::kUpdate);
  kind.expressions = {{"ConditionExpression", writes.condition},
                      {"UpdateExpression", writes.update}};
  kind.conditions.failed.Give("fails", "agent");
  kind.traffic.cells[0].requests = writes.all;
  kind.traffic.cells[0].entries = writes.all;
  kind.traffic.cells[0].write_halves = 81;
  kind.conditions.condition_failed.Add(writes.failed);
  for (uint64_t i = 0; i < writes.failed; ++i) kind.conditions.failed_in.Add(1 + i % writes.tables);
  for (uint64_t key = 1; key <= writes.keys; ++key) kind.conditions.failed_keys.Add(key);
}

TEST(ConditionsFailOftenTest, Rows) {
  ExpectRows(RuleNamed("conditions-fail-often"), Build,
             {
                 {"half of them", {}, "warning"},
                 {"less than half", {.all = 41}, ""},
                 {"five times in each of four tables", {.tables = 4}, "warning"},
                 {"once in each of twenty tables", {.tables = 20}, ""},
                 {"nineteen", {.failed = 19, .all = 38}, ""},
                 {"the first one wins", {.condition = "attribute_not_exists(pk)"}, "note"},
                 {"the newest one wins", {.condition = "stamp < :now"}, "note"},
                 {"a lock's owner", {.condition = "lockOwner = :me AND rvn = :v"}, "note"},
                 {"free or mine",
                  {.condition = "attribute_not_exists(pk) OR expires < :now OR owner = :me"},
                  "note"},
                 {"a lock that was given back",
                  {.condition = "attribute_exists(pk) AND isReleased = :yes"},
                  "note"},
                 {"a lease that is kept", {.update = "SET heartbeatAt = :now"}, "note"},
                 {"a first write or a version",
                  {.condition = "attribute_not_exists(pk) OR version = :v"},
                  "warning"},
                 {"a block is no lock", {.condition = "blockId = :b"}, "warning"},
                 {"in a certain state", {.condition = "orderStatus = :open"}, "note"},
                 {"in a state and a version",
                  {.condition = "orderStatus = :open AND version = :v"},
                  "warning"},
             });
}

TEST(ConditionsFailOftenTest, SoldOut) {
  const std::string bound = "stock >= :n";
  const std::string take = "SET stock = stock - :n";
  ExpectRows(RuleNamed("conditions-fail-often"), Build,
             {
                 {"one item", {.condition = bound, .update = take}, "note"},
                 {"three items", {.condition = bound, .update = take, .keys = 3}, "note"},
                 {"four items", {.condition = bound, .update = take, .keys = 4}, "warning"},
             });
}

TEST(ConditionsFailOftenTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("conditions-fail-often"), Build),
            "warning on T\n"
            "50 % of these conditional writes fail.\n"
            "operation: UpdateItem\n"
            "expression: ConditionExpression: version = :v; UpdateExpression: SET n = :n\n"
            "writes: 40\n"
            "conditions that failed: 20\n"
            "write units of the table, without its indexes: 40.5\n"
            "count: 20\n"
            "example: fails\n");
}

}  // namespace
}  // namespace dynarock::advisor
