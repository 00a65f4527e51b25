// What happens when time passes, without anybody asking for it: the clock is set, and the threads
// that go by it notice.
#include <chrono>
#include <functional>
#include <thread>

#include "tests/unit/storage/table/store_test.h"

namespace dynarock {
namespace {

using namespace test;  // NOLINT: the words of StoreTest

constexpr int64_t kNow = 1'700'000'000;  // seconds
constexpr int64_t kHourMs = 3'600'000;

class SweeperTest : public StoreTest {
 protected:
  void SetUp() override {
    clock_.Set(kNow * 1000);
    options_.clock = &clock_;
    // No interval passes by itself.
    options_.ttl_interval_ms = 24 * kHourMs;
    options_.transient_ms = kHourMs;
    Open(options_);
  }
  // Creates the table and lets it become ACTIVE.
  void CreateUsable(TableDescription description) {
    Create(std::move(description));
    clock_.Advance(kHourMs);
  }
  // Whether it comes true within ten seconds; it takes some milliseconds.
  static bool Soon(const std::function<bool()>& true_now) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!true_now()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
  }

  StoreOptions options_;
};

TEST_F(SweeperTest, ItemsExpireWhenTheClockIsAdvanced) {
  TableDescription description = Describe("t", false);
  description.ttl = {.enabled = true, .attribute = "expires", .changed_ms = clock_.now_ms()};
  CreateUsable(std::move(description));
  for (int i = 1; i <= 5; ++i) {
    const int64_t second = clock_.now_ms() / 1000;
    ASSERT_TRUE(Put(Find("t"), {{"pk", S("a")}, {"expires", N(std::to_string(second + 1))}}));
    clock_.Advance(1000);
    EXPECT_NE(Get(Find("t"), {{"pk", S("a")}}), "") << "not before the second has passed";
    clock_.Advance(1000);
    EXPECT_TRUE(Soon([&] { return Get(Find("t"), {{"pk", S("a")}}).empty(); })) << i;
  }
}

TEST_F(SweeperTest, NothingHappensWhileTheClockStandsStill) {
  TableDescription description = Describe("t", false);
  description.ttl = {.enabled = true, .attribute = "expires", .changed_ms = clock_.now_ms()};
  CreateUsable(std::move(description));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  ASSERT_TRUE(Put(Find("t"), {{"pk", S("a")}, {"expires", N(std::to_string(kNow - 1))}}));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_NE(Get(Find("t"), {{"pk", S("a")}}), "");
  clock_.Run();
  EXPECT_TRUE(Soon([&] { return Get(Find("t"), {{"pk", S("a")}}).empty(); }));
}

TEST_F(SweeperTest, ShardsRollOverAndRecordsGo) {
  TableDescription description = Describe("t", false);
  description.stream = {.enabled = true, .view_type = StreamViewType::kNewImage, .label = {}};
  CreateUsable(std::move(description));
  const StorageId stream = Find("t")->description().stream.id;
  ASSERT_TRUE(Put(Find("t"), {{"pk", S("a")}}));
  const Shard first = store_->streams().Shards(stream).front();
  clock_.Advance(options_.streams.shard_ms);
  EXPECT_TRUE(Soon([&] { return store_->streams().Shards(stream).size() == 2; }));
  clock_.Advance(options_.streams.retention_ms);
  EXPECT_TRUE(Soon([&] {
    const auto shards = store_->streams().Shards(stream);
    return std::none_of(shards.begin(), shards.end(),
                        [&](const Shard& shard) { return shard.id == first.id; });
  }));
}

TEST_F(SweeperTest, DroppedTablesGo) {
  CreateUsable(Describe("t", false));
  ASSERT_TRUE(store_->DropTable("", "t"));
  EXPECT_EQ(store_->All().size(), 1u);
  clock_.Advance(kHourMs);
  EXPECT_TRUE(Soon([&] { return store_->All().empty(); }));
}

// Stop must reach the threads whatever the clock does.
TEST_F(SweeperTest, StopsWhileTheClockStandsStill) {
  CreateUsable(Describe("t", false));
  ASSERT_TRUE(store_->DropTable("", "t"));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  store_.reset();
}

}  // namespace
}  // namespace dynarock
