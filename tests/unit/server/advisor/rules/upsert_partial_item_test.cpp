// upsert-partial-item: which updates make fragments by mistake.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Updates {
  uint64_t small = 1;
  std::string expression = "SET n = :n";
  std::string condition = {};  // empty: none
  uint64_t updated = 20;
  trace::AccessKind kind = trace::AccessKind::kUpdate;
};

void Build(CaseBuilder& builder, const Updates& updates) {
  auto& kind = builder.AddKind("UpdateItem", updates.kind);
  kind.expressions = {{"UpdateExpression", updates.expression}};
  if (!updates.condition.empty()) {
    builder.AddTable();
    kind.conditional = true;
    kind.expressions.emplace_back("ConditionExpression", updates.condition);
    kind.names = {{"#state", "state"}, {"#key", "pk"}};
  }
  kind.example = "any";
  kind.part_items.small.Give("the fragment", "agent");
  kind.traffic.cells[0].requests = 30;
  kind.traffic.cells[0].updated = updates.updated;
  kind.part_items.created.Add(10);
  kind.part_items.created_small.Add(updates.small);
}

TEST(UpsertPartialItemTest, Rows) {
  ExpectRows(RuleNamed("upsert-partial-item"), Build,
             {
                 {"one fragment", {}, "note"},
                 {"none", {.small = 0}, ""},
                 {"two", {.small = 2}, "note"},
                 {"three", {.small = 3}, "warning"},
                 {"a condition on the key", {.condition = "attribute_exists(pk)"}, ""},
                 {"of no item", {.condition = "attribute_not_exists(#key) OR n < :n"}, ""},
                 {"a value not there", {.condition = "attribute_not_exists(lockedBy)"}, "note"},
                 {"another value", {.small = 3, .condition = "#state <> :closed"}, "warning"},
                 {"not in a list", {.condition = "NOT contains(tags, :t)"}, "note"},
                 {"to make items", {.condition = "#state <> :closed", .updated = 9}, ""},
                 {"that nobody can read", {.condition = "#state <>"}, ""},
                 {"that counts", {.expression = "ADD hits :one"}, ""},
                 {"that counts as well", {.expression = "SET n = :n ADD hits :one"}, ""},
                 {"that gives defaults", {.expression = "SET n = if_not_exists(n, :n)"}, ""},
                 {"an attribute named address", {.expression = "SET address = :a"}, "note"},
                 {"a put", {.kind = trace::AccessKind::kPut}, ""},
             });
}

TEST(UpsertPartialItemTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("upsert-partial-item"), Build),
            "note on T\n"
            "An update made 1 item that did not exist, with a part of the usual attributes.\n"
            "operation: UpdateItem\n"
            "expression: UpdateExpression: SET n = :n\n"
            "updates that made an item: 10\n"
            "updates of an item that was there: 20\n"
            "count: 1\n"
            "example: the fragment\n");
}

}  // namespace
}  // namespace dynarock::advisor
