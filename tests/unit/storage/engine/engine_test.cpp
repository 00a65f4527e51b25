#include "storage/engine/engine.h"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/storage/engine/temp_dir.h"

namespace dynarock {
namespace {

// Everything below holds in memory and on disk.
class EngineTest : public testing::TestWithParam<bool> {
 protected:
  EngineTest() { Open(); }
  void Open() {
    engine_.reset();
    EngineOptions options;
    if (GetParam()) options.data_dir = dir_.path() + "/data";
    auto opened = Engine::Open(options);
    ASSERT_TRUE(opened) << opened.error();
    engine_ = std::move(*opened);
  }
  void Put(std::string_view key, std::string_view value) {
    Batch batch;
    batch.Put(key, value);
    engine_->Write(batch);
  }
  std::vector<std::string> Keys(std::string lower, std::string upper, const View& view = {}) {
    std::vector<std::string> keys;
    const auto iterator = engine_->NewIterator(std::move(lower), std::move(upper), view);
    for (iterator->SeekToFirst(); iterator->valid(); iterator->Next()) {
      keys.emplace_back(iterator->key());
    }
    return keys;
  }
  using Strings = std::vector<std::string>;

  test::TempDir dir_;
  std::unique_ptr<Engine> engine_;
};
INSTANTIATE_TEST_SUITE_P(Modes, EngineTest, testing::Bool(),
                         [](const auto& mode) { return mode.param ? "disk" : "memory"; });

TEST_P(EngineTest, GetReturnsWhatWasWritten) {
  Put("a", "1");
  Put("empty", "");
  std::string value;
  Pinned pinned;
  EXPECT_TRUE(engine_->Get("a", value));
  EXPECT_EQ(value, "1");
  EXPECT_TRUE(engine_->Get("a", pinned));
  EXPECT_EQ(pinned.bytes(), "1");
  EXPECT_TRUE(engine_->Get("empty", pinned));
  EXPECT_EQ(pinned.bytes(), "");
  EXPECT_FALSE(engine_->Get("b", pinned));
  EXPECT_TRUE(engine_->Contains("a"));
  EXPECT_FALSE(engine_->Contains("b"));
}

TEST_P(EngineTest, PinnedMoves) {
  const std::string large(5000, 'x');
  Put("large", large);
  Put("small", "s");
  Pinned a;
  ASSERT_TRUE(engine_->Get("large", a));
  Pinned b = std::move(a);
  EXPECT_EQ(b.bytes(), large);
  Pinned c;
  ASSERT_TRUE(engine_->Get("small", c));
  c = std::move(b);
  EXPECT_EQ(c.bytes(), large);
  c.Reset();
  EXPECT_TRUE(c.empty());
}

TEST_P(EngineTest, BatchAppliesInOrder) {
  Put("gone", "1");
  Batch batch;
  EXPECT_TRUE(batch.empty());
  batch.Put("a", "1");
  batch.Put("a", "2");
  batch.Delete("gone");
  EXPECT_FALSE(batch.empty());
  engine_->Write(batch);
  EXPECT_EQ(Keys("", ""), Strings{"a"});
  batch.Clear();
  EXPECT_TRUE(batch.empty());
  batch.DeleteRange("a", "b");
  engine_->Write(batch);
  EXPECT_EQ(Keys("", ""), Strings{});
}

TEST_P(EngineTest, IteratorKeepsToItsBounds) {
  for (const char* key : {"a", "b", "c", "d", "e"}) Put(key, key);
  EXPECT_EQ(Keys("b", "d"), (Strings{"b", "c"}));
  EXPECT_EQ(Keys("b", ""), (Strings{"b", "c", "d", "e"}));
  const auto it = engine_->NewIterator("b", "e");
  it->SeekToLast();
  ASSERT_TRUE(it->valid());
  EXPECT_EQ(it->key(), "d");
  it->Prev();
  it->Prev();
  ASSERT_TRUE(it->valid());
  EXPECT_EQ(it->key(), "b");
  it->Prev();
  EXPECT_FALSE(it->valid());
  it->Seek("bb");
  ASSERT_TRUE(it->valid());
  EXPECT_EQ(it->key(), "c");
  it->SeekForPrev("cc");
  ASSERT_TRUE(it->valid());
  EXPECT_EQ(it->value(), "c");
}

TEST_P(EngineTest, ViewStandsStill) {
  Put("a", "1");
  View view = engine_->Snapshot();
  Put("a", "2");
  Put("b", "2");
  std::string value;
  ASSERT_TRUE(engine_->Get("a", value, view));
  EXPECT_EQ(value, "1");
  EXPECT_FALSE(engine_->Contains("b", view));
  EXPECT_EQ(Keys("", "", view), Strings{"a"});
  view = {};
  EXPECT_EQ(Keys("", "", view), (Strings{"a", "b"}));
}

TEST_P(EngineTest, DropRangeFreesSmallAndLargeRanges) {
  for (const int count : {10, 50000}) {
    Put("z", "stays");
    const std::string value(1000, 'v');
    for (int i = 0; i < count;) {
      Batch batch;
      for (int j = 0; j < 1000 && i < count; ++j) {
        std::string key = "k";
        key += std::to_string(i++);
        batch.Put(key, value);
      }
      engine_->Write(batch);
    }
    engine_->DropRange("k", "l");
    EXPECT_EQ(Keys("", ""), Strings{"z"});
    if (count > 10000) {
      EXPECT_LT(engine_->ApproximateSize("k", "l"), 1u << 20);
    }
  }
}

TEST_P(EngineTest, CloseKeepsEverythingOnDisk) {
  Put("a", "1");
  engine_->Close();
  Open();
  EXPECT_EQ(engine_->Contains("a"), GetParam());
}

TEST_P(EngineTest, WhatWasWrittenSurvivesWithoutClose) {
  Put("a", "1");
  Open();
  EXPECT_EQ(engine_->Contains("a"), GetParam());
}

}  // namespace
}  // namespace dynarock
