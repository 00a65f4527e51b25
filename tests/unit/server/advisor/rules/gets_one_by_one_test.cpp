// gets-one-by-one: GetItems and Queries that one request could stand for.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Linked {
  uint64_t pages = 2;  // of a list, followed by GetItems
  uint64_t gets = 10;  // by values of its items
  uint64_t worked = 0;
  std::string operation = "GetItem";
  bool by_key = true;
};

void Build(CaseBuilder& builder, const Linked& linked) {
  auto& list = builder.AddKind("Query", trace::AccessKind::kQuery, "Lists");
  list.follow_ups.follow_runs.Add(linked.pages);
  list.follow_ups.follows.Add(linked.gets);
  auto& get = builder.AddKind(linked.operation, trace::AccessKind::kGet);
  get.single_get = linked.by_key;
  get.follow_ups.list = &list;
  get.traffic.cells[0].entries = 100;
  get.follow_ups.follow_gets.Add(linked.gets);
  get.follow_ups.worked.Add(linked.worked);
}

TEST(GetsOneByOneTest, AfterAList) {
  ExpectRows(RuleNamed("gets-one-by-one"), Build,
             {
                 {"two pages", {}, "warning"},
                 {"one page", {.pages = 1}, ""},
                 {"one page, 20 GetItems", {.pages = 1, .gets = 20}, "warning"},
                 {"one page, 19 GetItems", {.pages = 1, .gets = 19}, ""},
                 {"half are worked on", {.worked = 5}, ""},
                 {"less than half", {.worked = 4}, "warning"},
                 {"batches of one key", {.operation = "BatchGetItem"}, "warning"},
                 {"batches of several", {.operation = "BatchGetItem", .by_key = false}, ""},
             });
}

struct Fetched {
  uint64_t pages = 2;
  uint64_t gets = 10;  // of the list's items, by their own key
  ProjectionType projection = ProjectionType::kAll;
  uint64_t of_short_lists = 0;
};

void BuildFetched(CaseBuilder& builder, const Fetched& fetched) {
  builder.AddTable(WithIndexes({test::DescribeIndex("by-a", {"a"}, {}, fetched.projection)}));
  auto& list = builder.AddKind("Query", trace::AccessKind::kQuery, "T", "by-a");
  list.follow_ups.fetch_runs.Add(fetched.pages);
  list.follow_ups.fetches.Add(fetched.gets);
  auto& get = builder.AddKind("GetItem", trace::AccessKind::kGet);
  get.single_get = true;
  get.traffic.cells[0].entries = 100;
  get.follow_ups.fetch_gets.Add(fetched.gets);
  get.follow_ups.short_gets.Add(fetched.of_short_lists);
}

TEST(GetsOneByOneTest, OfTheListsItems) {
  ExpectRows(RuleNamed("gets-one-by-one"), BuildFetched,
             {
                 {"two pages", {}, "warning"},
                 {"one page", {.pages = 1}, ""},
                 {"of an index of keys", {.projection = ProjectionType::kKeysOnly}, ""},
                 {"20 of short lists", {.pages = 0, .gets = 0, .of_short_lists = 20}, "note"},
                 {"19 of short lists", {.pages = 0, .gets = 0, .of_short_lists = 19}, ""},
             });
}

struct Queries {
  uint64_t pages = 2;  // of a list, followed by Queries
  uint64_t count = 10;
  std::string condition = "pk = :p";
  std::string index = "";
};

void BuildQueries(CaseBuilder& builder, const Queries& queries) {
  builder.AddTable(WithIndexes({test::DescribeIndex("by-a", {"a"})}));
  auto& list = builder.AddKind("Scan", trace::AccessKind::kScan, "Lists");
  list.follow_ups.query_runs.Add(queries.pages);
  auto& query = builder.AddKind("Query", trace::AccessKind::kQuery, "T", queries.index);
  query.expressions = {{"KeyConditionExpression", queries.condition}};
  query.follow_ups.list = &list;
  query.follow_ups.query_gets.Add(queries.count);
}

TEST(GetsOneByOneTest, Queries) {
  ExpectRows(RuleNamed("gets-one-by-one"), BuildQueries,
             {
                 {"of a whole key", {}, "warning"},
                 {"one page", {.pages = 1}, ""},
                 {"nine", {.count = 9}, ""},
                 {"of a part of a key", {.condition = "begins_with(pk, :p)"}, "note"},
                 {"of an index", {.index = "by-a"}, "note"},
             });
}

struct Loop {
  std::vector<uint64_t> runs = {20};  // GetItems of each
  uint64_t repeats = 0;               // in each, of an item that it had read before
  std::string operation = "GetItem";
};

void BuildLoop(CaseBuilder& builder, const Loop& loop) {
  auto& get = builder.AddKind(loop.operation, trace::AccessKind::kGet);
  get.single_get = true;
  get.loop.Prepare();
  uint64_t request = 0;
  for (const uint64_t length : loop.runs) {
    request += 2;  // something else came in between
    for (uint64_t i = 0; i < length; ++i) {
      get.loop.Step(i < loop.repeats + 1 ? 1 : i + 1, {.ms = 1, .request = request++}, 1);
    }
  }
}

TEST(GetsOneByOneTest, Loops) {
  ExpectRows(RuleNamed("gets-one-by-one"), BuildLoop,
             {
                 {"twenty", {}, "note"},
                 {"nineteen", {.runs = {19}}, ""},
                 {"two of ten", {.runs = {10, 10}}, "note"},
                 {"two of nine, one of ten", {.runs = {9, 9, 10}}, ""},
                 {"24, one in eight again", {.runs = {24}, .repeats = 3}, "note"},
                 {"23, more than that", {.runs = {23}, .repeats = 3}, ""},
                 {"batches", {.operation = "BatchGetItem"}, ""},
             });
  EXPECT_EQ(SaidOf(RuleNamed("gets-one-by-one"), BuildLoop, {.runs = {24, 10}}),
            "note on T\n"
            "34 GetItems came one right after the other, nearly each for another item.\n"
            "operation: GetItem\n"
            "runs of ten and more: 2\n"
            "longest run: 24\n"
            "different items of a run, on average: 17\n"
            "count: 34\n");
}

TEST(GetsOneByOneTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("gets-one-by-one"), Build),
            "warning on T\nAfter reading a list, the application fetches each item with its own "
            "GetItem (N+1).\noperation: GetItem\nGetItems after a list: 10\nlists: 2\nlist read "
            "by: Query Lists \ncount: 10\n");
}

}  // namespace
}  // namespace dynarock::advisor
