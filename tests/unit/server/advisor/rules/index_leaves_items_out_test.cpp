// index-leaves-items-out: which items that lack an index key were forgotten.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

struct Items {
  uint64_t without = 5;
  uint64_t with = 5;
  uint64_t mended = 0;
  uint64_t created_with = 5;  // the others got the key by an update
  bool later = true;          // those with the key came after those without
  uint64_t taken_out = 0;
  bool came_later = false;  // the index did
  std::string key = "customerId";
  int64_t entries = 5;
  bool sampled = false;
};

void Build(CaseBuilder& builder, const Items& items) {
  TableCase& table = builder.AddTable(WithIndexes({test::DescribeIndex("by-a", {items.key})}));
  table.table->state().counters.items = 20;
  table.table->indexes().front().counters->items = items.entries;
  IndexFacts& facts = table.facts.indexes["by-a"];
  facts.name = "by-a";
  table.facts.looked_at = 100;
  table.facts.writes = items.sampled ? 200 : 100;
  facts.missing = items.key;
  facts.came_later = items.came_later;
  facts.taken_out = items.taken_out;
  facts.left_out = SeenTimes(items.without);
  facts.left_out.example = "lacks it";
  facts.kinds[1] = {.with = items.with,
                    .without = items.without,
                    .created_with = items.created_with,
                    .mended = items.mended,
                    .first_with = 10,
                    .last_without = items.later ? 9U : 10U};
}

TEST(IndexLeavesItemsOutTest, TheAttributeCameLater) {
  ExpectRows(RuleNamed("index-leaves-items-out"), Build,
             {
                 {"five items", {}, "warning"},
                 {"four", {.without = 4}, ""},
                 {"six, two of them mended", {.without = 6, .mended = 2}, ""},
                 {"fifty, nine in ten mended", {.without = 50, .mended = 45}, "warning"},
                 {"so in a sample", {.without = 50, .mended = 45, .sampled = true}, ""},
                 {"fewer in a sample", {.without = 50, .mended = 44, .sampled = true}, "warning"},
                 {"no other has it", {.with = 0}, ""},
                 {"only updates give it", {.created_with = 0}, ""},
                 {"as they must to old items", {.created_with = 0, .came_later = true}, "warning"},
                 {"an attribute that comes later", {.key = "assignee"}, "note"},
                 {"the index did as well", {.came_later = true, .key = "assignee"}, "warning"},
                 {"all were mended since", {.entries = 20}, ""},
             });
}

TEST(IndexLeavesItemsOutTest, AmongTheOthers) {
  ExpectRows(RuleNamed("index-leaves-items-out"), Build,
             {
                 {"a fifth", {.with = 20, .later = false}, "note"},
                 {"more", {.with = 19, .later = false}, ""},
                 {"an update takes it away", {.with = 20, .later = false, .taken_out = 1}, ""},
             });
}

struct OldItems {
  bool added = true;  // the index, by UpdateTable
  uint64_t without = 0;
  int64_t items = 10;
};

void BuildOld(CaseBuilder& builder, const OldItems& old) {
  TableCase& table = builder.AddTable(WithIndexes({test::DescribeIndex("by-a", {"a"})}));
  table.table->state().counters.items = old.items;
  table.table->indexes().front().counters->items = 5;
  table.facts.writes = table.facts.looked_at = 5;
  if (old.added) table.added = {"by-a"};
  IndexFacts& facts = table.facts.indexes["by-a"];
  facts.name = "by-a";
  facts.with = 5;
  facts.without = old.without;
}

TEST(IndexLeavesItemsOutTest, ItemsOfAnEarlierRun) {
  ExpectRows(RuleNamed("index-leaves-items-out"), BuildOld,
             {
                 {"five", {}, "warning"},
                 {"four", {.items = 9}, ""},
                 {"an index that was there", {.added = false}, ""},
                 {"others lack it, too", {.without = 1}, ""},
             });
}

struct Types {
  Type type = Type::kNumber;  // of items from before the index, whose key is S
  int64_t entries = 3;
  bool backfilling = false;
  uint64_t about = 1;  // items of that type
};

void BuildTypes(CaseBuilder& builder, const Types& types) {
  IndexDescription by_a = test::DescribeIndex("by-a", {"a"});
  by_a.backfilling = types.backfilling;
  TableCase& table = builder.AddTable(WithIndexes({by_a}));
  table.table->state().counters.items = 5;
  table.table->indexes().front().counters->items = types.entries;
  table.facts.attributes["a"].types[static_cast<size_t>(types.type)].count = 9;
  table.facts.attributes["a"].types[static_cast<size_t>(types.type)].about = types.about;
  table.facts.attributes["a"].types[static_cast<size_t>(types.type)].shown = "17";
}

TEST(IndexLeavesItemsOutTest, ItemsOfAnotherType) {
  ExpectRows(RuleNamed("index-leaves-items-out"), BuildTypes,
             {
                 {"a number", {}, "warning"},
                 {"the type of the key", {.type = Type::kString}, ""},
                 {"all are in the index", {.entries = 5}, ""},
                 {"not yet", {.backfilling = true}, ""},
             });
  EXPECT_EQ(SaidOf(RuleNamed("index-leaves-items-out"), BuildTypes),
            "warning on T, index by-a\n"
            "The backfill of index by-a skipped items whose \"a\" is N instead of S.\n"
            "value: 17\n"
            "items not in the index: 2\n"
            "left out for the type: 1\n"
            "left out because they lack a key attribute: 1\n"
            "writes looked at with type N: 9\n"
            "count: 2\n");
}

TEST(IndexLeavesItemsOutTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("index-leaves-items-out"), Build, {.without = 7, .mended = 1}),
            "warning on T, index by-a\n"
            "6 items lack \"customerId\" and are not in index by-a, while others of their kind "
            "are.\n"
            "items of the table: 20\n"
            "entries of the index: 5\n"
            "not in the index: 15\n"
            "such writes with the attribute, of those looked at: 5\n"
            "such items without it, of those looked at: 6\n"
            "that had lacked it and have it now, of those looked at: 1\n"
            "order: all without it came before the first with it\n"
            "count: 6\n"
            "example: lacks it\n");
}

}  // namespace
}  // namespace dynarock::advisor
