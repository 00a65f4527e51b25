#include "storage/catalog/gate.h"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock {
namespace {

TEST(Gate, CloserIsAloneInside) {
  Gate gate;
  int guarded = 0;  // changed by the closer only
  std::atomic<int> reads{0};
  std::atomic<bool> stop{false};
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      while (!stop) {
        gate.Enter();
        const int before = guarded;
        std::this_thread::yield();
        EXPECT_EQ(guarded, before);
        gate.Leave();
        ++reads;
      }
    });
  }
  while (reads == 0) std::this_thread::yield();
  for (int i = 0; i < 500; ++i) {
    gate.Close();
    ++guarded;
    gate.Open();
  }
  stop = true;
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(guarded, 500);
}

}  // namespace
}  // namespace dynarock
