#include "server/program/crash_line.h"

#include <array>
#include <atomic>
#include <csignal>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "server/protocol/at_work.h"

namespace dynarock::program {
namespace {

using protocol::AtWork;

constexpr std::string_view kPut = "PutItem";
constexpr std::string_view kScan = "Scan";

// Each body runs in a process of its own.
class CrashLineDeathTest : public testing::Test {
 protected:
  void SetUp() override {
    testing::GTEST_FLAG(death_test_style) = "threadsafe";
    if (!HasCrashLine()) GTEST_SKIP() << "the sanitizers have handlers of their own";
  }
};

// Uses up the stack, in a way that no compiler turns into a loop.
int UseStack(volatile char* before, int depth) {
  volatile char page[4096];
  page[0] = before == nullptr ? '\0' : before[0];
  return depth == 0 ? 0 : UseStack(page, depth - 1) + page[0];
}

void Throw() {
  throw std::runtime_error("the \"reason\"\n");
}

void WriteToNowhere() {
  volatile int* volatile nowhere = nullptr;
  *nowhere = 1;
}

TEST_F(CrashLineDeathTest, AFaultTellsOperationAndAddress) {
  const auto crash = [] {
    InstallCrashLine(false);
    const AtWork work(kPut);
    WriteToNowhere();
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGSEGV),
              "^dynarock [0-9.]+ ends: SIGSEGV at address 0x0 during PutItem\\. Please report this "
              "line in the project's issue tracker\n$");
}

TEST_F(CrashLineDeathTest, OtherThreadsAreNamed) {
  const auto crash = [] {
    InstallCrashLine(false);
    std::atomic<bool> running = false;
    const std::jthread other([&](const std::stop_token&) {
      const AtWork work(kScan);
      running = true;
      for (;;) std::this_thread::yield();
    });
    while (!running) std::this_thread::yield();
    const AtWork work(kPut);
    raise(SIGFPE);
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGFPE),
              "ends: SIGFPE during PutItem; also running: Scan\\. ");
}

TEST_F(CrashLineDeathTest, TheInnerWorkHidesTheOuterAndGivesItBack) {
  const auto crash = [] {
    InstallCrashLine(false);
    const AtWork work(kPut);
    {
      const AtWork inner(kScan);
    }
    raise(SIGILL);
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGILL), "ends: SIGILL during PutItem\\. ");
}

TEST_F(CrashLineDeathTest, WithoutWorkTheThreadIsNamed) {
  const auto crash = [] {
    InstallCrashLine(false);
    pthread_setname_np(pthread_self(), "odd \"name\"");
    raise(SIGBUS);
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGBUS),
              "ends: SIGBUS during no request \\(thread odd \\?name\\?\\)\\. ");
}

TEST_F(CrashLineDeathTest, AnExceptionThatNobodyCaughtIsQuoted) {
  const auto crash = []() noexcept {
    InstallCrashLine(false);
    const AtWork work(kPut);
    Throw();
  };
  EXPECT_EXIT(
      crash(), testing::KilledBySignal(SIGABRT),
      "^dynarock [0-9.]+ ends: SIGABRT \\(nobody caught an exception: the \\?reason\\?\\?\\) "
      "during PutItem\\. [^\n]*\n$");
}

TEST_F(CrashLineDeathTest, AStackThatRanOutOnAnyThreadSaysSo) {
  const auto crash = [] {
    InstallCrashLine(false);
    std::thread([] {
      const AtWork work(kScan);
      UseStack(nullptr, 1 << 20);
    }).join();
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGSEGV),
              "ends: SIGSEGV at address 0x[0-9a-f]+ during Scan\\. ");
}

TEST_F(CrashLineDeathTest, AsJson) {
  const auto crash = [] {
    InstallCrashLine(true);
    const AtWork work(kPut);
    raise(SIGSEGV);
  };
  EXPECT_EXIT(crash(), testing::KilledBySignal(SIGSEGV),
              "^\\{\"time\":\"20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-9:]{8}\\.[0-9]{3}Z\",\"level\":"
              "\"critical\",\"message\":\"dynarock [0-9.]+ ends: SIGSEGV during PutItem\\. "
              "[^\"]*\"\\}\n$");
}

TEST(AtWorkTest, MoreThreadsThanSeats) {
  std::atomic<bool> go = false;
  std::atomic<int> ready = 0;
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 200; ++i) {
      threads.emplace_back([&] {
        const AtWork work(kScan);
        ++ready;
        while (!go) std::this_thread::yield();
        if (AtWork::OfThread() == "Scan") ++right;
      });
    }
    while (ready < 200) std::this_thread::yield();
    std::array<std::string_view, 300> others;
    const size_t seen = AtWork::OfOthers(others);
    EXPECT_GT(seen, 100u);
    EXPECT_LE(seen, 128u);
    go = true;
  }
  EXPECT_EQ(right, 200);
  std::array<std::string_view, 300> others;
  EXPECT_EQ(AtWork::OfOthers(others), 0u);
}

}  // namespace
}  // namespace dynarock::program
