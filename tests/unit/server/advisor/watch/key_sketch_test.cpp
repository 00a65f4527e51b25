#include "server/advisor/watch/key_sketch.h"

#include <gtest/gtest.h>

#include "server/trace/trace.h"

namespace dynarock::advisor {
namespace {

uint64_t Hash(int key) {
  return trace::HashBytes(std::to_string(key));
}

TEST(KeySketchTest, FindsTheFrequentKeyAmongManyMoreThanItHolds) {
  KeySketch keys;
  for (int i = 0; i < 20'000; ++i) keys.Add(Hash(i % 3 == 0 ? 7 : i), 1, 0, 1, 0);
  const auto frequent = keys.Frequent();
  ASSERT_FALSE(frequent.empty());
  EXPECT_EQ(frequent.front().hash, Hash(7));
  EXPECT_EQ(keys.total(), 20'000u);
  const uint64_t least = frequent.front().count - frequent.front().error;
  EXPECT_GE(frequent.front().count, 6'667u);
  EXPECT_LE(least, 6'668u);
  EXPECT_GT(least, 6'000u);
  EXPECT_LE(frequent.size(), 48u);
}

TEST(KeySketchTest, CountsFewKeysExactlyAndManyNearly) {
  KeySketch few;
  for (int i = 0; i < 1000; ++i) few.Add(Hash(i % 10), 1, 0, 0, 0);
  EXPECT_EQ(few.distinct(), 10u);
  KeySketch many;
  for (int i = 0; i < 3000; ++i) many.Add(Hash(i), 1, 0, 0, 0);
  EXPECT_NEAR(static_cast<double>(many.distinct()), 3000, 300);
}

TEST(KeySketchTest, KeepsTheBusiestSecond) {
  KeySketch keys;
  for (int second = 1; second <= 4; ++second) {
    for (int i = 0; i < 500 * second; ++i)
      keys.Add(Hash(1), 1, static_cast<uint64_t>(second), 0, 1);
  }
  keys.Add(Hash(1), 1, 9, 0, 1);
  const auto key = keys.Frequent().front();
  EXPECT_EQ(key.most_write, 2000);
  EXPECT_EQ(key.seconds_over, 3u);  // of 1000, 1500 and 2000 units
}

}  // namespace
}  // namespace dynarock::advisor
