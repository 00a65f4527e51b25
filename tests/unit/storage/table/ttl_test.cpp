#include <algorithm>
#include <chrono>

#include "tests/unit/storage/engine/temp_dir.h"
#include "tests/unit/storage/table/store_test.h"

namespace dynarock {
namespace {

using namespace test;  // NOLINT: the words of StoreTest

constexpr int64_t kNow = 1'700'000'000;  // seconds
constexpr int64_t kFiveYears = int64_t{5} * 365 * 24 * 3600;

class TtlTest : public StoreTest {
 protected:
  void SetUp() override {
    clock_.Set(kNow * 1000);
    options_.clock = &clock_;
    options_.ttl_interval_ms = 3'600'000;  // the tests sweep themselves
    Open(options_);
    TableDescription description = Describe("t", false);
    description.global_indexes = {DescribeIndex("g", {"a"})};
    Create(description);
  }
  void SetTtl(bool enabled, const std::string& attribute = "expires") {
    const auto edit = [&](TableDescription& table) -> Result<void> {
      table.ttl = {enabled, attribute, clock_.now_ms()};
      return {};
    };
    ASSERT_TRUE(store_->UpdateTable("", "t", edit));
    ASSERT_TRUE(store_->WaitForBackground(std::chrono::seconds(10)));
  }
  void PutExpiring(const std::string& pk, const Owned& expires) {
    ASSERT_TRUE(Put(Find("t"), {{"pk", S(pk)}, {"a", S("x")}, {"expires", expires}}));
  }
  std::string Left() {
    std::string all;
    std::vector<std::string> keys;
    ReadPlan plan;
    plan.table = Find("t");
    keys = Read(plan, "pk");
    std::sort(keys.begin(), keys.end());
    for (const std::string& key : keys) all += key;
    return all;
  }

  StoreOptions options_;
};

TEST_F(TtlTest, WhatExpires) {
  SetTtl(true);
  struct Case {
    const char* pk;
    Owned expires;
  };
  const Case cases[] = {
      {"a", N(std::to_string(kNow - 1))},           // expired
      {"b", N(std::to_string(kNow))},               // not yet: strictly less
      {"c", N(std::to_string(kNow - kFiveYears))},  // just young enough
      {"d", N(std::to_string(kNow - kFiveYears - 1))},
      {"e", N(std::to_string((kNow - 1) * 1000))},  // milliseconds
      {"f", S(std::to_string(kNow - 1))},
      {"g", N("-5")},
      {"h", N(std::to_string(kNow - 1) + ".5")},
      {"i", N("1e125")},
      {"j", N("0")},
  };
  for (const Case& c : cases) PutExpiring(c.pk, c.expires);
  ASSERT_TRUE(Put(Find("t"), {{"pk", S("z")}}));
  EXPECT_EQ(Left(), "abcdefghijz") << "readable until swept";
  store_->DeleteExpired();
  EXPECT_EQ(Left(), "bdefgijz");
  clock_.Advance(1000);
  store_->DeleteExpired();
  EXPECT_EQ(Left(), "defgijz");
  ExpectConsistent(*store_, "t");
}

TEST_F(TtlTest, AChangedAttributeIsHonoured) {
  SetTtl(true);
  PutExpiring("a", N(std::to_string(kNow - 1)));
  PutExpiring("a", N(std::to_string(kNow + 60)));
  PutExpiring("b", N(std::to_string(kNow + 60)));
  PutExpiring("b", N(std::to_string(kNow - 1)));
  store_->DeleteExpired();
  EXPECT_EQ(Left(), "a");
}

TEST_F(TtlTest, EnablingCoversItemsThatAreThere) {
  for (int i = 0; i < 100; ++i) PutExpiring(std::to_string(i), N(std::to_string(kNow - 1)));
  store_->DeleteExpired();
  EXPECT_NE(Left(), "");
  SetTtl(true);
  store_->DeleteExpired();
  EXPECT_EQ(Left(), "");
}

TEST_F(TtlTest, ATableMayBeginWithIt) {
  Open(options_);
  TableDescription description = Describe("t", false);
  description.ttl = {.enabled = true, .attribute = "expires", .changed_ms = clock_.now_ms()};
  Create(description);
  EXPECT_FALSE(Find("t")->description().ttl_entries.backfilling);
  PutExpiring("a", N(std::to_string(kNow - 1)));
  PutExpiring("b", N(std::to_string(kNow + 60)));
  store_->DeleteExpired();
  EXPECT_EQ(Left(), "b");
  ExpectConsistent(*store_, "t");
}

TEST_F(TtlTest, DisablingStopsIt) {
  SetTtl(true);
  PutExpiring("a", N(std::to_string(kNow - 1)));
  SetTtl(false);
  store_->DeleteExpired();
  EXPECT_EQ(Left(), "a");
  SetTtl(true, "other");
  store_->DeleteExpired();
  EXPECT_EQ(Left(), "a") << "the old attribute no longer counts";
  SetTtl(false);
  SetTtl(true);
  store_->DeleteExpired();
  EXPECT_EQ(Left(), "");
}

TEST_F(TtlTest, StreamRecordsSayThatTheServiceDidIt) {
  ASSERT_TRUE(store_->UpdateTable("", "t", [](TableDescription& table) -> Result<void> {
    table.stream = {.enabled = true, .view_type = StreamViewType::kOldImage, .label = {}};
    return {};
  }));
  SetTtl(true);
  PutExpiring("a", N(std::to_string(kNow - 1)));
  PutExpiring("b", N(std::to_string(kNow - 1)));
  ASSERT_TRUE(Delete(Find("t"), {{"pk", S("b")}}));
  store_->DeleteExpired();
  const auto page = store_->streams().Read(Find("t")->description().stream.id, 1, 1, 10, 1 << 20);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->records.size(), 4u);
  EXPECT_FALSE(page->records[2].expired);
  EXPECT_TRUE(page->records[3].expired);
  EXPECT_FALSE(page->records[3].old_image.empty());
}

TEST_F(TtlTest, EntriesSurviveARestart) {
  TempDir dir;
  options_.engine.data_dir = dir.path() + "/data";
  Open(options_);
  Create(Describe("t", false));
  SetTtl(true);
  PutExpiring("a", N(std::to_string(kNow - 1)));
  store_->Close();
  Open(options_);
  store_->DeleteExpired();
  EXPECT_EQ(Left(), "");
}

}  // namespace
}  // namespace dynarock
