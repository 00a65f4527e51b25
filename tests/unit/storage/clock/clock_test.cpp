#include "storage/clock/clock.h"

#include <thread>

#include <gtest/gtest.h>

#include "storage/clock/settable_clock.h"
#include "storage/clock/sleeper.h"

namespace dynarock {
namespace {

using Woken = Sleeper::Woken;
using std::chrono::milliseconds;

constexpr int64_t kHourMs = 3'600'000;

TEST(SystemClockTest, ShowsTheMachinesTime) {
  const int64_t ms = Clock::System().now_ms();
  const int64_t s = Clock::System().now_s();
  EXPECT_GT(ms, 1'700'000'000'000);
  EXPECT_NEAR(static_cast<double>(s), static_cast<double>(ms) / 1000, 2);
}

TEST(SettableClockTest, StandsStill) {
  SettableClock clock(1500);
  EXPECT_FALSE(clock.runs());
  EXPECT_EQ(clock.now_ms(), 1500);
  EXPECT_EQ(clock.now_s(), 1);
  clock.Advance(250);
  EXPECT_EQ(clock.now_ms(), 1750);
  clock.Advance(-2000);
  EXPECT_EQ(clock.now_ms(), -250);
  clock.Set(42);
  std::this_thread::sleep_for(milliseconds(3));
  EXPECT_EQ(clock.now_ms(), 42);
}

TEST(SettableClockTest, RunsOnFromWhereItWasPut) {
  SettableClock clock;
  EXPECT_TRUE(clock.runs());
  EXPECT_NEAR(static_cast<double>(clock.now_ms()), static_cast<double>(Clock::System().now_ms()),
              1000);
  clock.Set(5000);
  clock.Advance(2000);
  std::this_thread::sleep_for(milliseconds(5));
  clock.Freeze();
  const int64_t then = clock.now_ms();
  EXPECT_GT(then, 7000);
  EXPECT_LT(then, 7000 + kHourMs);
  std::this_thread::sleep_for(milliseconds(5));
  EXPECT_EQ(clock.now_ms(), then);
  clock.Run();
  std::this_thread::sleep_for(milliseconds(5));
  EXPECT_GT(clock.now_ms(), then);
}

TEST(SettableClockTest, AdvancesFromSeveralThreadsAddUp) {
  SettableClock clock(0);
  std::thread other([&] {
    for (int i = 0; i < 1000; ++i) clock.Advance(1);
  });
  for (int i = 0; i < 1000; ++i) clock.Advance(1);
  other.join();
  EXPECT_EQ(clock.now_ms(), 2000);
}

TEST(SleeperTest, SleepsByTheMachinesClock) {
  Sleeper sleeper(Clock::System());
  const int64_t at = Clock::System().now_ms() + 20;
  EXPECT_EQ(sleeper.SleepUntil(at), Woken::kReached);
  EXPECT_GE(Clock::System().now_ms(), at - 1);
  EXPECT_EQ(sleeper.SleepUntil(0), Woken::kReached);
}

TEST(SleeperTest, IsCalled) {
  Sleeper sleeper(Clock::System());
  sleeper.Wake();
  EXPECT_EQ(sleeper.SleepUntil(INT64_MAX), Woken::kCalled) << "even before it sleeps";
  std::thread other([&] { sleeper.Wake(); });
  EXPECT_EQ(sleeper.SleepUntil(INT64_MAX), Woken::kCalled);
  other.join();
}

// Each would last an hour, or for ever, if nobody woke it.
TEST(SleeperTest, NoticesThatItsClockWasSet) {
  struct Case {
    const char* name;
    bool runs;
    void (*change)(SettableClock&);
  };
  const Case cases[] = {
      {"advanced", false, [](SettableClock& clock) { clock.Advance(kHourMs); }},
      {"advanced while it runs", true, [](SettableClock& clock) { clock.Advance(kHourMs); }},
      {"set to the time", false, [](SettableClock& clock) { clock.Set(2 * kHourMs); }},
      {"set back", true, [](SettableClock& clock) { clock.Set(0); }},
      {"stopped", true, [](SettableClock& clock) { clock.Freeze(); }},
      {"started", false, [](SettableClock& clock) { clock.Run(); }},
  };
  for (const Case& c : cases) {
    SettableClock clock(kHourMs);
    if (c.runs) clock.Run();
    Sleeper sleeper(clock);
    std::thread other([&] {
      std::this_thread::sleep_for(milliseconds(2));
      c.change(clock);
    });
    EXPECT_EQ(sleeper.SleepUntil(2 * kHourMs), Woken::kSet) << c.name;
    other.join();
  }
}

TEST(SleeperTest, ReachesItsTimeWhereTheClockIsPastIt) {
  SettableClock clock(kHourMs);
  Sleeper sleeper(clock);
  EXPECT_EQ(sleeper.SleepUntil(kHourMs), Woken::kReached);
  clock.Advance(1);
  EXPECT_EQ(sleeper.SleepUntil(kHourMs), Woken::kSet);
  EXPECT_EQ(sleeper.SleepUntil(kHourMs), Woken::kReached);
}

}  // namespace
}  // namespace dynarock
