#include "storage/engine/memory_gauge.h"

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

constexpr size_t kMegabyte = 1u << 20;

// Memory that is really there, whatever the compiler thinks of writes that nobody reads.
std::unique_ptr<char[]> Take(size_t bytes) {
  auto memory = std::make_unique_for_overwrite<char[]>(bytes);
  volatile char* const written = memory.get();
  for (size_t at = 0; at < bytes; at += 1024) written[at] = 'x';
  return memory;
}

// The limit is put above what the test has by itself, whatever that is.
uint64_t LimitWith(uint64_t room) {
  return (MemoryGauge::Resident() + room) * 4 / 3;
}

TEST(MemoryGaugeTest, GrowsUpToThreeQuartersAndCountsRefusals) {
  MemoryGauge gauge(LimitWith(20 * kMegabyte));
  EXPECT_TRUE(gauge.Grow(1000));
  EXPECT_FALSE(gauge.Grow(15 * kMegabyte)) << "twice that is asked for";
  EXPECT_EQ(gauge.refusals(), 1u);
  EXPECT_TRUE(gauge.Grow(1000)) << "what was refused does not count";
  const auto memory = Take(30 * kMegabyte);
  std::this_thread::sleep_for(std::chrono::milliseconds(80));
  EXPECT_FALSE(gauge.Grow(1));
  EXPECT_GE(gauge.used(), MemoryGauge::Resident() - kMegabyte);
}

TEST(MemoryGaugeTest, WhatIsAskedForBetweenTwoLooksAddsUp) {
  MemoryGauge gauge(LimitWith(8 * kMegabyte));
  // Memory is not really taken, so that each look takes the sum back; before that it must count.
  ASSERT_TRUE(gauge.Grow(1));
  const uint64_t before = gauge.used();
  ASSERT_TRUE(gauge.Grow(50'000));
  EXPECT_EQ(gauge.used(), before + 100'000);
}

TEST(MemoryGaugeTest, WhatRequestsHoldIsBoundedByTheWholeLimit) {
  MemoryGauge gauge(LimitWith(30 * kMegabyte));
  const auto room = static_cast<int64_t>(gauge.limit() - MemoryGauge::Resident());
  EXPECT_TRUE(gauge.Hold(room / 2));
  EXPECT_FALSE(gauge.Hold(room * 3 / 4));
  EXPECT_TRUE(gauge.Hold(room / 4));
  EXPECT_TRUE(gauge.Hold(-(room / 2)));
  EXPECT_TRUE(gauge.Hold(room / 2));
}

TEST(MemoryGaugeTest, LessIsThereForDataWhileMemoryIsGivenBack) {
  MemoryGauge gauge(LimitWith(kMegabyte));
  EXPECT_TRUE(gauge.Grow(1000));
  gauge.SetReclaiming(true);
  EXPECT_FALSE(gauge.Grow(1000));
  gauge.SetReclaiming(false);
  EXPECT_TRUE(gauge.Grow(1000));
}

TEST(MemoryGaugeTest, IsWorthReclaimingAfterDeletesOnly) {
  MemoryGauge gauge(64 * kMegabyte);
  EXPECT_FALSE(gauge.WorthReclaiming());
  gauge.Freed(10);
  EXPECT_TRUE(gauge.WorthReclaiming()) << "the first time";
  EXPECT_FALSE(gauge.WorthReclaiming());
  gauge.Freed(10);
  EXPECT_FALSE(gauge.WorthReclaiming()) << "little, and soon after";
  gauge.Freed(kMegabyte);
  EXPECT_TRUE(gauge.WorthReclaiming());
}

}  // namespace
}  // namespace dynarock
