#include "server/protocol/sparse_log.h"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace dynarock::protocol {
namespace {

TEST(SparseLogTest, ALineASecondWithTheCountOfTheOthers) {
  std::vector<std::string> lines;
  SparseLog log([&](std::string_view line) { lines.emplace_back(line); });
  for (int i = 0; i < 1000; ++i) log.Say("PutItem failed: the disk is full");
  EXPECT_EQ(lines, std::vector<std::string>{"PutItem failed: the disk is full"});
  std::this_thread::sleep_for(std::chrono::milliseconds(1010));
  log.Say("Query failed: the disk has gone");
  log.Say("Query failed: the disk has gone");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1], "Query failed: the disk has gone (999 more like this in between)");
}

TEST(SparseLogTest, NobodyWantsToKnow) {
  SparseLog log({});
  log.Say("nothing happens");
}

}  // namespace
}  // namespace dynarock::protocol
