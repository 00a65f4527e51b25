// filter-attribute-unknown: which filters are misspelt for certain.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Filter {
  std::string text = "userID = :u";
  uint64_t requests = 3;
  uint64_t read = 30;
  uint64_t returned = 0;
  int64_t items = 10;  // in the table
  uint64_t writes = 10;
  uint64_t looked_at = 10;
};

void Build(CaseBuilder& builder, const Filter& filter) {
  TableCase& table = builder.AddTable();
  table.table->state().counters.items = filter.items;
  table.facts.attributes["userId"];
  table.facts.attributes["state"];
  table.facts.writes = filter.writes;
  table.facts.looked_at = filter.looked_at;
  table.facts.kinds[1] = 10;
  auto& kind = builder.AddKind("Scan", trace::AccessKind::kScan);
  kind.expressions = {{"FilterExpression", filter.text}};
  kind.names = {{"#u", "user_id"}};
  kind.traffic.cells[0].requests = filter.requests;
  kind.traffic.cells[0].items_read = filter.read;
  kind.traffic.cells[0].items_returned = filter.returned;
}

TEST(FilterAttributeUnknownTest, Rows) {
  ExpectRows(RuleNamed("filter-attribute-unknown"), Build,
             {
                 {"another case", {}, "warning"},
                 {"another mark, among others", {.text = "state = :s AND #u = :u"}, "warning"},
                 {"two requests", {.requests = 2}, ""},
                 {"nothing was read", {.read = 0}, ""},
                 {"something was found", {.returned = 1}, ""},
                 {"the name that items have", {.text = "userId = :u"}, ""},
                 {"a name like no other", {.text = "owner = :u"}, ""},
                 {"the table's key", {.text = "pk = :u"}, ""},
                 {"one of two", {.text = "state = :s OR userID = :u"}, ""},
                 {"true without it", {.text = "userID <> :u"}, ""},
                 {"older items", {.items = 11}, ""},
                 {"one was deleted, older or not", {.items = 9}, ""},
                 {"items not looked at", {.writes = 11}, ""},
                 {"no items seen", {.items = 0, .writes = 0, .looked_at = 0}, ""},
             });
}

TEST(FilterAttributeUnknownTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("filter-attribute-unknown"), Build),
            "warning on T\n"
            "A filter compares \"userID\", which no item has; items have \"userId\".\n"
            "operation: Scan\n"
            "expression: FilterExpression: userID = :u\n"
            "items read: 30\n"
            "items returned: 0\n"
            "count: 3\n");
}

}  // namespace
}  // namespace dynarock::advisor
