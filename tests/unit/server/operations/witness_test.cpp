// What a witness is shown while a request runs.
#include "server/trace/witness.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/server/operations/traced_requests.h"

namespace dynarock::operations {
namespace {

using trace::Trace;

TEST_F(TraceTest, AWitnessSeesTheItemsOfAnswers) {
  Fill();
  Ask("GetItem", "{'TableName':'tab','Key':{'pk':{'S':'a'}}}");
  EXPECT_EQ(watcher_.items, 1);
  EXPECT_EQ(watcher_.values, std::vector<uint64_t>{3});
  Ask("Scan", "{'TableName':'tab'}");
  EXPECT_EQ(watcher_.page_items, 2);
  EXPECT_EQ(watcher_.values, (std::vector<uint64_t>{3, 3, 3}));
  watcher_.wants_pages = false;
  Ask("Scan", "{'TableName':'tab'}");
  EXPECT_EQ(watcher_.page_items, 2);
}

TEST_F(TraceTest, AWitnessSeesAsManyItemsOfAPageAsAreKept) {
  MakeTable("tab");
  for (size_t i = 0; i < Trace::kMostResults + 3; ++i) {
    Ask("PutItem", "{'TableName':'tab','Item':{'pk':{'S':'" + std::to_string(i) + "'}}}");
  }
  Ask("Scan", "{'TableName':'tab'}");
  EXPECT_EQ(watcher_.page_items, static_cast<int>(Trace::kMostResults));
}

TEST_F(TraceTest, AWitnessIsShownNothingWhilePaused) {
  Fill();
  watcher_.Pause();
  Ask("GetItem", "{'TableName':'tab','Key':{'pk':{'S':'a'}}}");
  Ask("Scan", "{'TableName':'tab'}");
  Ask("DeleteTable", "{'TableName':'tab'}");
  EXPECT_EQ(watcher_.items, 0);
  EXPECT_EQ(watcher_.page_items, 0);
  EXPECT_EQ(watcher_.to_go, std::vector<std::string>{});
}

TEST_F(TraceTest, AWitnessThatFailsLeavesTheAnswerAlone) {
  Fill();
  watcher_.fails = true;
  EXPECT_EQ(Ask("DeleteTable", "{'TableName':'tab'}").status, 200u);
  EXPECT_EQ(watcher_.facts, std::vector<std::string>{"deletes tab"});
  EXPECT_EQ(log_, std::vector<std::string>{"an observer of DeleteTable failed: it cannot look"});
  Ask("ListTables", "{}");
  EXPECT_EQ(log_.size(), 1u);
}

}  // namespace
}  // namespace dynarock::operations
