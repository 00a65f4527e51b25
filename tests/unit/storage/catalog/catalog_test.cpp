#include "storage/catalog/catalog.h"

#include <atomic>
#include <regex>
#include <thread>

#include <gtest/gtest.h>

#include "storage/clock/settable_clock.h"
#include "tests/unit/storage/catalog/describe.h"

namespace dynarock {
namespace {

using test::Describe;
using test::DescribeIndex;

class CatalogTest : public testing::Test {
 protected:
  CatalogTest() : engine_(std::move(*Engine::Open({}))) { Reload(); }
  // A second life on the same engine.
  void Reload() {
    catalog_ = std::make_unique<Catalog>(*engine_, clock_);
    const auto loaded = catalog_->Load();
    ASSERT_TRUE(loaded) << loaded.error();
  }
  std::vector<std::string> Names(std::string_view name_space, std::string_view after = "",
                                 size_t limit = 100) {
    std::vector<std::string> names;
    for (const auto& table : catalog_->List(name_space, after, limit))
      names.push_back(table->name());
    return names;
  }
  using Strings = std::vector<std::string>;

  SettableClock clock_{1000};
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Catalog> catalog_;
};

TEST_F(CatalogTest, CreateGivesIds) {
  TableDescription description = Describe("t");
  description.local_indexes = {DescribeIndex("l", {"pk"}, {"n"})};
  description.global_indexes = {DescribeIndex("g", {"a"})};
  const auto table = catalog_->Create("", description);
  ASSERT_TRUE(table);
  const TableDescription& made = (*table)->description();
  EXPECT_EQ(made.created_ms, 1000);
  EXPECT_EQ(made.local_indexes[0].id, 1u);
  EXPECT_EQ(made.global_indexes[0].id, 2u);
  EXPECT_TRUE(std::regex_match(
      made.table_id,
      std::regex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")))
      << made.table_id;
  EXPECT_EQ(catalog_->Find("", "t"), *table);
  EXPECT_EQ(catalog_->Find((*table)->storage_id()), *table);
  const auto again = catalog_->Create("", description);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kResourceInUse);
  EXPECT_EQ(again.error().message, "Table already exists: t");
}

TEST_F(CatalogTest, ListsByNameWithinANamespace) {
  for (const char* name : {"b", "a", "B", "ab"}) ASSERT_TRUE(catalog_->Create("", Describe(name)));
  ASSERT_TRUE(catalog_->Create("other", Describe("a")));
  EXPECT_EQ(Names(""), (Strings{"B", "a", "ab", "b"}));
  EXPECT_EQ(Names("", "a"), (Strings{"ab", "b"}));
  EXPECT_EQ(Names("", "aa", 1), Strings{"ab"});
  EXPECT_EQ(Names("other"), Strings{"a"});
  EXPECT_EQ(Names("none"), Strings{});
  EXPECT_NE(catalog_->Find("", "a"), catalog_->Find("other", "a"));
}

TEST_F(CatalogTest, SurvivesAReload) {
  TableDescription description = Describe("t");
  description.tags = {{"k", "v"}};
  const auto table = catalog_->Create("ns", description);
  (*table)->state().counters.Add(3, 300);
  const TableDescription before = (*table)->description();
  const StorageId id = (*table)->storage_id();
  catalog_->SaveCounters();
  Reload();
  EXPECT_TRUE(catalog_->counters_loaded());
  const auto after = catalog_->Find("ns", "t");
  ASSERT_NE(after, nullptr);
  EXPECT_EQ(after->description(), before);
  EXPECT_EQ(after->storage_id(), id);
  EXPECT_EQ(after->state().counters.items, 3);
  EXPECT_EQ(after->state().counters.bytes, 300);
  // The mark holds for one start.
  Reload();
  EXPECT_FALSE(catalog_->counters_loaded());
}

TEST_F(CatalogTest, NeverReusesStorageIds) {
  StorageId last = 0;
  for (int i = 0; i < 5; ++i) {
    const auto table = catalog_->Create("", Describe("t"));
    ASSERT_TRUE(table);
    EXPECT_GT((*table)->storage_id(), last);
    last = (*table)->storage_id();
    EXPECT_TRUE(catalog_->Drop(last));
    EXPECT_FALSE(catalog_->Drop(last));
    EXPECT_EQ(catalog_->Find("", "t"), nullptr);
    Reload();
    EXPECT_EQ(catalog_->Find("", "t"), nullptr);
  }
}

TEST_F(CatalogTest, ReplacePublishesOrLeavesAlone) {
  const auto first = *catalog_->Create("", Describe("t"));
  const auto replaced = catalog_->Replace("", "t", [](TableDescription& d, Batch&) -> Result<void> {
    d.deletion_protection = true;
    return {};
  });
  ASSERT_TRUE(replaced);
  EXPECT_EQ(replaced->before, first);
  EXPECT_EQ(replaced->after, catalog_->Find("", "t"));
  EXPECT_TRUE(replaced->after->description().deletion_protection);
  EXPECT_EQ(replaced->after->shared_state()->current, replaced->after);
  const auto failed = catalog_->Replace("", "t", [](TableDescription& d, Batch&) -> Result<void> {
    d.deletion_protection = false;
    return Fail(Validation("no"));
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "no");
  EXPECT_TRUE(catalog_->Find("", "t")->description().deletion_protection);
  const auto missing =
      catalog_->Replace("", "x", [](TableDescription&, Batch&) -> Result<void> { return {}; });
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "Requested resource not found: Table: x not found");
  Reload();
  EXPECT_TRUE(catalog_->Find("", "t")->description().deletion_protection);
}

TEST_F(CatalogTest, ReplaceWaitsForWriters) {
  const auto table = *catalog_->Create("", Describe("t"));
  table->state().gate.Enter();
  std::atomic<bool> done{false};
  std::thread changer([&] {
    ASSERT_TRUE(
        catalog_->Replace("", "t", [](TableDescription&, Batch&) -> Result<void> { return {}; }));
    done = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(done);
  table->state().gate.Leave();
  changer.join();
  EXPECT_TRUE(done);
}

TEST_F(CatalogTest, ADeletedNameIsFreeOnceItsTimeHasCome) {
  const auto table = *catalog_->Create("", Describe("t"));
  ASSERT_TRUE(catalog_->Replace("", "t", [](TableDescription& d, Batch&) -> Result<void> {
    d.status = Status::kDeleting;
    d.settles_ms = 2000;
    return {};
  }));
  EXPECT_NE(catalog_->Find("", "t"), nullptr);
  EXPECT_FALSE(catalog_->Create("", Describe("t")));
  clock_.Set(2000);
  EXPECT_EQ(catalog_->Find("", "t"), nullptr);
  EXPECT_EQ(Names(""), Strings{});
  const auto next = catalog_->Create("", Describe("t"));
  ASSERT_TRUE(next);
  EXPECT_EQ(catalog_->Find("", "t"), *next);
  Reload();
  EXPECT_EQ(catalog_->Find("", "t")->storage_id(), (*next)->storage_id());
  EXPECT_TRUE(catalog_->Drop(table->storage_id()));
  EXPECT_EQ(catalog_->Find("", "t")->storage_id(), (*next)->storage_id());
  EXPECT_EQ(Names(""), Strings{"t"});
}

TEST_F(CatalogTest, ReadersSeeEveryChangeFromAnyThread) {
  std::atomic<int> published{-1};
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        const int seen = published;
        if (seen < 0) continue;
        const auto table = catalog_->Find("", "t");
        ASSERT_NE(table, nullptr);
        ASSERT_GE(table->description().throughput.read, seen);
      }
    });
  }
  ASSERT_TRUE(catalog_->Create("", Describe("t")));
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(catalog_->Replace("", "t", [&](TableDescription& d, Batch&) -> Result<void> {
      d.throughput.read = i;
      return {};
    }));
    published = i;
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace dynarock
