#include "server/advisor/watch/sample.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/storage/key/owned_value.h"

namespace dynarock::advisor {
namespace {

TEST(WeightOfTest, AllOfTheFirst) {
  for (uint64_t i = 0; i < 100; ++i) EXPECT_EQ(WeightOf(i, 100, 5), 1U);
}

// What is looked at stands for all, however many there are.
TEST(WeightOfTest, FewerOfMany) {
  constexpr uint64_t kFirst = 100;
  const auto sum = [](uint64_t from, uint64_t to, unsigned& looked_at) {
    double all = 0;
    for (uint64_t i = from; i < to; ++i) {
      const uint64_t weight = WeightOf(i, kFirst, 3);
      all += static_cast<double>(weight);
      looked_at += weight > 0 ? 1 : 0;
    }
    return all;
  };
  unsigned of_some = 0;
  EXPECT_NEAR(sum(kFirst, 16 * kFirst, of_some), 1500, 300);
  EXPECT_NEAR(of_some, 1500 / 8, 37);
  unsigned of_many = 0;
  EXPECT_NEAR(sum(16 * kFirst, 1016 * kFirst, of_many), 100'000, 5000);
  EXPECT_NEAR(of_many, 100'000 / 32, 150);
}

// A request that comes every n-th time has the weight of its share.
TEST(WeightOfTest, KeepsStepWithNoRhythm) {
  constexpr uint64_t kAll = 20'000;
  for (const unsigned log2 : {4U, 5U}) {
    for (uint64_t rhythm = 1; rhythm <= 64; ++rhythm) {
      for (uint64_t place = 0; place < rhythm; ++place) {
        uint64_t weight = 0;
        uint64_t count = 0;
        for (uint64_t i = place; i < kAll; i += rhythm) {
          weight += WeightOf(i, 2000, log2);  // all of kAll on one scale
          ++count;
        }
        // As good as chance: five times its standard deviation.
        const double off = 5 * std::sqrt(static_cast<double>(count << log2));
        EXPECT_NEAR(static_cast<double>(weight), static_cast<double>(count), off)
            << place << " of " << rhythm;
      }
    }
  }
}

// Names are never empty in a request, but may be in an old data directory.
TEST(NewKindsTest, TakeAnEmptyName) {
  ItemBuilder builder;
  std::string value;
  ValueWriter(value).String("x");
  builder.Add("", ValueView(value.data()));
  const std::string item = builder.Encode();
  NewKinds kinds;
  EXPECT_TRUE(kinds.Is(ItemView(item)));
}

TEST(NewKindsTest, TheFirstOfEachKindAreNew) {
  using test::Item;
  using test::N;
  using test::S;
  const std::string user = Item({{"id", S("u")}, {"name", S("x")}});
  const std::string token = Item({{"id", S("t")}, {"expires", N("1")}});
  const std::string typed = Item({{"id", S("u")}, {"name", N("1")}});
  const std::string marked = Item({{"id", S("u")}, {"name", S("undefined")}});
  NewKinds kinds;
  int new_users = 0;
  for (int i = 0; i < 1000; ++i) new_users += kinds.Is(ItemView(user)) ? 1 : 0;
  EXPECT_EQ(new_users, 64);
  EXPECT_TRUE(kinds.Is(ItemView(token)));
  EXPECT_TRUE(kinds.Is(ItemView(typed)));
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(kinds.Is(ItemView(marked)));
  EXPECT_FALSE(kinds.Is(ItemView(user)));
}

}  // namespace
}  // namespace dynarock::advisor
