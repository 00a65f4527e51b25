// orphaned-items: what deleted items must leave behind to be worth a word.
#include "tests/unit/server/advisor/rules/case_builder.h"

namespace dynarock::advisor {
namespace {

using test::S;

struct Projects {
  uint64_t deleted = 3;
  uint64_t leaving = 3;  // of those: with a task
  std::string tasks = "Tasks";
  bool stream = false;
  int64_t ago_ms = 10'000;
  bool there_again = false;
  bool stored = true;    // somebody can say what is stored
  bool dropped = false;  // the tables, after what was left had been looked up
};

TableDescription Keyed(std::string name, const test::KeyNames& hash,
                       const test::KeyNames& range = {}) {
  TableDescription description;
  description.name = std::move(name);
  for (const auto& names : {hash, range}) {
    for (const std::string& key : names) description.attributes.push_back({key, Type::kString});
  }
  description.key = test::Schema(hash, range);
  return description;
}

void Delete(CaseBuilder& builder, const Table& table, const test::Attributes& key, int64_t ago_ms) {
  auto& deletion = builder.rest().deletions.emplace_back();
  deletion.storage_id = table.storage_id();
  deletion.key = test::Item(key);
  deletion.example = "deletes";
  deletion.wall_ms = builder.rest().now_ms - ago_ms;
}

void Build(CaseBuilder& builder, const Projects& projects) {
  TableDescription parents = Keyed("Projects", {"id"});
  parents.stream.enabled = projects.stream;
  TableDescription children = Keyed(projects.tasks, {"id"});
  children.attributes.push_back({"projectId", Type::kString});
  children.global_indexes = {test::DescribeIndex("byProject", {"projectId"}, {"id"})};
  const auto parent = builder.AddTable(parents).table;
  const auto child = builder.AddTable(children).table;
  FakeStored& stored = builder.stored();
  if (!projects.dropped) {
    stored.AddTable(parent);
    stored.AddTable(child);
  }
  for (uint64_t i = 1; i <= projects.deleted; ++i) {
    const std::string id = "p" + std::to_string(i);
    Delete(builder, *parent, {{"id", S(id)}}, projects.ago_ms);
    if (projects.there_again) stored.AddItem(*parent, {{"id", S(id)}});
    if (i > projects.leaving) continue;
    stored.AddItem(*child, {{"id", S("t" + std::to_string(i))}, {"projectId", S(id)}});
    if (projects.dropped) {
      const Leftover left{.tie = Leftover::Tie::kNamed, .table = projects.tasks, .example = id};
      builder.rest().trails[{parent->storage_id(), builder.rest().deletions.back().key}] = {
          .table = "Projects", .kind = {}, .left = {left}};
    }
  }
  if (!projects.stored) builder.rest().stored = nullptr;
}

TEST(OrphanedItemsTest, OfAnotherTable) {
  ExpectRows(RuleNamed("orphaned-items"), Build,
             {
                 {"three", {}, "warning"},
                 {"two", {.leaving = 2}, ""},
                 {"half of six", {.deleted = 6}, "warning"},
                 {"less than half", {.deleted = 7}, ""},
                 {"records", {.tasks = "Invoices"}, "note"},
                 {"history", {.tasks = "TaskHistory"}, ""},
                 {"a stream, whose consumer may clean up", {.stream = true}, "note"},
                 {"or has not yet", {.stream = true, .ago_ms = 9'999}, ""},
                 {"they are there again", {.there_again = true}, ""},
                 {"nobody can say", {.stored = false}, ""},
                 {"the tables are gone by now", {.dropped = true}, "warning"},
             });
}

struct Keys {
  std::string hash = "PROJECT#";  // a number is added
  std::string sort = "METADATA";
  std::string left_hash = "PROJECT#";  // the same
  std::string left_sort = "TASK#1";
  bool by_sort = false;  // an index by the sort key
};

void BuildOneTable(CaseBuilder& builder, const Keys& keys) {
  TableDescription description = Keyed("App", {"pk"}, {"sk"});
  if (keys.by_sort) description.global_indexes = {test::DescribeIndex("inverted", {"sk"}, {"pk"})};
  const auto table = builder.AddTable(description).table;
  FakeStored& stored = builder.stored();
  stored.AddTable(table);
  const auto numbered = [](const std::string& text, int i) {
    return S(text.ends_with('#') ? text + std::to_string(i) : text);
  };
  for (int i = 1; i <= 3; ++i) {
    Delete(builder, *table, {{"pk", numbered(keys.hash, i)}, {"sk", numbered(keys.sort, i)}}, 0);
    stored.AddItem(*table,
                   {{"pk", numbered(keys.left_hash, i)}, {"sk", numbered(keys.left_sort, i)}});
  }
}

TEST(OrphanedItemsTest, OfTheSameTable) {
  const std::string board = "BOARD#";
  ExpectRows(RuleNamed("orphaned-items"), BuildOneTable,
             {
                 {"the rest of a partition", {}, "warning"},
                 {"another partition", {.left_hash = "OTHER#"}, ""},
                 {"orders", {.left_sort = "ORDER#1"}, "note"},
                 {"another first item", {.left_sort = "PROFILE"}, ""},
                 {"the partition that the sort key names",
                  {.hash = "ORG#1", .sort = board, .left_hash = board, .left_sort = "CARD#7"},
                  "note"},
                 {"and nothing else does",
                  {.hash = "ORG#1",
                   .sort = board,
                   .left_hash = board,
                   .left_sort = "CARD#7",
                   .by_sort = true},
                  "warning"},
             });
}

TEST(OrphanedItemsTest, Says) {
  EXPECT_EQ(SaidOf(RuleNamed("orphaned-items"), Build, {.deleted = 4}),
            "warning on Projects\n"
            "Items of Projects are deleted, but what belongs to them stays in Tasks (index "
            "byProject).\n"
            "deleted items looked at: 4\n"
            "of those that left something: 3\n"
            "still there: projectId = p1, id = t1\n"
            "count: 3\n"
            "example: deletes\n");
}

}  // namespace
}  // namespace dynarock::advisor
