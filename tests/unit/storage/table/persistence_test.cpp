#include <chrono>
#include <filesystem>
#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/storage/engine/temp_dir.h"
#include "tests/unit/storage/table/store_test.h"

namespace dynarock {
namespace {

using namespace test;  // NOLINT: the words of StoreTest
using std::chrono::seconds;

class PersistenceTest : public StoreTest {
 protected:
  void SetUp() override {
#ifdef __SANITIZE_THREAD__
    GTEST_SKIP() << "the thread sanitizer cannot start threads in a forked process";
#endif
    options_.engine.data_dir = dir_.path() + "/data";
  }
  // Runs `work` in a process that dies at its end as if by kill -9.
  template <class Work>
  void Crash(Work work) {
    const pid_t child = fork();
    if (child == 0) {
      Open(options_);
      work();
      _exit(HasFailure() ? 1 : 0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_EQ(status, 0);
  }
  TableDescription Indexed() {
    TableDescription description = Describe("t");
    description.local_indexes = {DescribeIndex("l", {"pk"}, {"n"})};
    description.global_indexes = {DescribeIndex("g", {"a"}, {}, ProjectionType::kKeysOnly)};
    description.tags = {{"k", "v"}};
    return description;
  }
  void Fill(int count) {
    const auto table = Find("t");
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(
          Put(table, {{"pk", S("p")}, {"sk", N(i)}, {"n", N(-i)}, {"a", S(std::to_string(i))}}));
    }
  }
  TempDir dir_;
  StoreOptions options_;
};

TEST_F(PersistenceTest, CloseAndOpen) {
  Open(options_);
  Create(Indexed());
  Fill(100);
  const StorageId id = Find("t")->storage_id();
  const TableDescription before = Find("t")->description();
  store_->Close();
  Open(options_);
  EXPECT_EQ(Find("t")->description(), before);
  EXPECT_EQ(Find("t")->storage_id(), id);
  ExpectConsistent(*store_, "t");
  ASSERT_TRUE(store_->DropTable("", "t"));
  store_->Close();
  Open(options_);
  EXPECT_EQ(Find("t"), nullptr);
  EXPECT_GT(Create(Describe("u"))->storage_id(), id);
}

TEST_F(PersistenceTest, ACrashLosesNothingAcknowledged) {
  Crash([&] {
    Create(Indexed());
    Fill(100);
  });
  Open(options_);
  ASSERT_NE(Find("t"), nullptr);
  ASSERT_TRUE(store_->WaitForBackground(seconds(10)));  // counts again
  EXPECT_EQ(Find("t")->state().counters.items, 100);
  EXPECT_EQ(Find("t")->description().tags[0].value, "v");
  ExpectConsistent(*store_, "t");
}

TEST_F(PersistenceTest, WritesDuringTheRecountAreCountedOnce) {
  Crash([&] {
    Create(Indexed());
    Fill(2000);
  });
  Open(options_);
  Fill(500);
  for (int i = 1000; i < 1500; ++i) ASSERT_TRUE(Delete(Find("t"), {{"pk", S("p")}, {"sk", N(i)}}));
  ASSERT_TRUE(store_->WaitForBackground(seconds(10)));
  ExpectConsistent(*store_, "t");
}

TEST_F(PersistenceTest, ABackfillGoesOnAfterACrash) {
  Crash([&] {
    Create(Describe("t"));
    Fill(3000);
    ASSERT_TRUE(store_->UpdateTable("", "t", [](TableDescription& d) -> Result<void> {
      d.global_indexes.push_back(DescribeIndex("g", {"a"}));
      return {};
    }));
  });
  Open(options_);
  ASSERT_TRUE(store_->WaitForBackground(seconds(10)));
  EXPECT_EQ(Find("t")->DescriptionAt(store_->now_ms()).global_indexes[0].status, Status::kActive);
  EXPECT_EQ(Find("t")->FindIndex("g")->counters->items, 3000);
  ExpectConsistent(*store_, "t");
}

TEST_F(PersistenceTest, ABackfillGoesOnAfterAClose) {
  Open(options_);
  Create(Describe("t"));
  Fill(3000);
  ASSERT_TRUE(store_->UpdateTable("", "t", [](TableDescription& d) -> Result<void> {
    d.global_indexes.push_back(DescribeIndex("g", {"a"}));
    return {};
  }));
  store_->Close();
  Open(options_);
  ASSERT_TRUE(store_->WaitForBackground(seconds(10)));
  ExpectConsistent(*store_, "t");
}

TEST_F(PersistenceTest, ADropGoesOnAfterACrash) {
  StorageId dropped = 0;
  Crash([&] {
    Create(Indexed());
    Fill(1000);
    ASSERT_TRUE(store_->DropTable("", "t"));
    Create(Indexed());
  });
  Open(options_);
  ASSERT_TRUE(store_->WaitForBackground(seconds(10)));
  dropped = Find("t")->storage_id() - 1;
  store_->Close();
  store_.reset();
  const auto engine = Engine::Open(options_.engine);
  ASSERT_TRUE(engine);
  const auto rows = (*engine)->NewIterator(StoragePrefix(dropped), StoragePrefix(dropped + 1));
  rows->SeekToFirst();
  EXPECT_FALSE(rows->valid());
  EXPECT_FALSE((*engine)->Contains(RecordKey(Record::kDropped, dropped, kTableRows)));
}

TEST_F(PersistenceTest, ADeletingTableVanishesAfterARestart) {
  options_.transient_ms = 50;
  Crash([&] {
    Create(Describe("t"));
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    ASSERT_TRUE(store_->DropTable("", "t"));
    EXPECT_NE(Find("t"), nullptr);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  Open(options_);
  EXPECT_EQ(Find("t"), nullptr);
  EXPECT_TRUE(store_->List("", "", 10).empty());
}

TEST_F(PersistenceTest, RefusalsReachTheCaller) {
  Open(options_);
  const auto second = Store::Open(options_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), "cannot use data directory " + options_.engine.data_dir +
                                ": another process has it open");
  store_->Close();
  store_.reset();
  std::ofstream(options_.engine.data_dir + "/FORMAT") << "dynarock 99\n";
  EXPECT_EQ(Store::Open(options_).error(),
            "cannot use data directory " + options_.engine.data_dir +
                ": a newer dynarock wrote it (format 99; this one knows up to 1)");
}

TEST_F(PersistenceTest, FsyncWritesAreReadable) {
  options_.engine.fsync = true;
  Open(options_);
  Create(Describe("t"));
  Fill(10);
  ExpectConsistent(*store_, "t");
}

}  // namespace
}  // namespace dynarock
