#include "server/advisor/watch/request_numbers.h"

#include <algorithm>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock::advisor {
namespace {

// Whoever asks whether a request is the next one compares numbers.
TEST(RequestNumbersTest, OneThreadLeavesNoneOut) {
  RequestNumbers numbers;
  uint64_t expected = 0;
  for (uint64_t ms = 0; ms < 50; ++ms) {
    // From one a millisecond to many, so that blocks end in the midst of one.
    for (uint64_t i = 0; i <= ms; ++i) EXPECT_EQ(numbers.Next(ms), ++expected) << ms;
  }
  EXPECT_EQ(numbers.count(), expected);
}

TEST(RequestNumbersTest, ThreadsTakeTurnsInOrderWhileNeitherHasMany) {
  RequestNumbers numbers;
  uint64_t expected = 0;
  for (uint64_t ms = 0; ms < 100; ++ms) {
    uint64_t there = 0;
    std::thread([&] { there = numbers.Next(ms); }).join();
    EXPECT_EQ(there, ++expected);
    EXPECT_EQ(numbers.Next(ms), ++expected);
  }
}

// What is left of a block is not used once others are further on.
TEST(RequestNumbersTest, ALaterMillisecondHasLaterNumbers) {
  RequestNumbers numbers;
  uint64_t last = 0;
  for (uint64_t i = 0; i < RequestNumbers::kMany + 1; ++i) last = numbers.Next(1);
  uint64_t there = 0;
  std::thread([&] { there = numbers.Next(2); }).join();
  EXPECT_GT(there, last);
  EXPECT_GT(numbers.Next(3), there);
  EXPECT_EQ(numbers.count(), RequestNumbers::kMany + 3);
}

TEST(RequestNumbersTest, NoNumberComesTwice) {
  constexpr size_t kThreads = 12;  // more than have a lane of their own
  constexpr uint64_t kEach = 5000;
  RequestNumbers numbers;
  std::vector<std::vector<uint64_t>> given(kThreads);
  std::vector<std::thread> threads;
  for (auto& mine : given) {
    threads.emplace_back([&] {
      for (uint64_t i = 0; i < kEach; ++i) mine.push_back(numbers.Next(i / 20));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<uint64_t> all;
  for (const auto& mine : given) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
  EXPECT_GE(all.front(), 1U);
  EXPECT_EQ(numbers.count(), kThreads * kEach);
}

// A thread that serves two of them has numbers of each.
TEST(RequestNumbersTest, EachHasItsOwn) {
  RequestNumbers some;
  RequestNumbers others;
  for (uint64_t i = 1; i <= 5; ++i) {
    EXPECT_EQ(some.Next(0), i);
    EXPECT_EQ(others.Next(0), i);
  }
}

}  // namespace
}  // namespace dynarock::advisor
