// The advisor on observations made by hand: bounds of its memory, costs, several threads.
#include "server/advisor/advisor.h"

#include <thread>

#include <gtest/gtest.h>

#include "server/operations/request/operation_list.h"
#include "storage/clock/settable_clock.h"
#include "storage/item/wire_json.h"
#include "tests/unit/server/advisor/observed.h"

namespace dynarock::advisor {
namespace {

std::shared_ptr<const Table> TableNamed(const std::string& name) {
  TableDescription description;
  description.name = name;
  description.attributes = {{"pk", Type::kString}};
  description.key = {{"pk", KeyRole::kHash}};
  static StorageId next = 1;
  return std::make_shared<Table>("", description, std::make_shared<TableState>(next++), nullptr);
}

// Sends one read of `table` to the advisor.
void Read(Advisor& advisor, const protocol::Operation& operation, trace::AccessKind kind,
          const std::shared_ptr<const Table>& table, const std::string& input_text,
          uint64_t read = 1, uint64_t returned = 1, double units = 0.5) {
  JsonDocument input;
  ASSERT_TRUE(input.Parse(input_text));
  trace::Trace& trace = trace::Trace::OfThread();
  trace::Access& access = trace.Add(kind);
  trace.SetTable(access, table);
  access.input = &input.root();
  access.items_read = read;
  access.items_returned = returned;
  access.table_units = units;
  advisor.Observe(test::Observed(operation, input.root(), trace));
}

TEST(AdvisorTest, CountsCostsPerDistinctRequest) {
  Advisor advisor;
  const auto table = TableNamed("T");
  for (int i = 0; i < 3; ++i) {
    Read(advisor, operations::kScan, trace::AccessKind::kScan, table,
         R"({"FilterExpression":"a = :a","ExpressionAttributeValues":{":a":{"N":")" +
             std::to_string(i) + R"("}}})",
         100, 5, 12.5);
  }
  Read(advisor, operations::kGetItem, trace::AccessKind::kGet, table, R"({"Key":{}})");
  const findings::Report report = advisor.Snapshot();
  EXPECT_EQ(report.requests, 4u);
  ASSERT_EQ(report.costs.size(), 2u);
  EXPECT_EQ(report.costs[0].operation, "Scan");
  EXPECT_EQ(report.costs[0].expression, "FilterExpression: a = :a");
  EXPECT_EQ(report.costs[0].requests, 3u);
  EXPECT_EQ(report.costs[0].read_units, 37.5);
  EXPECT_EQ(report.costs[0].most_units, 12.5);
  EXPECT_EQ(report.costs[0].items_read, 300u);
  EXPECT_EQ(report.costs[0].items_returned, 15u);
  EXPECT_EQ(report.costs[1].read_units, 0.5);
  ASSERT_EQ(report.storage.size(), 1u);
  EXPECT_EQ(report.storage[0].table, "T");
}

TEST(AdvisorTest, TheReportsTimesAreTheClocks) {
  SettableClock clock(1'900'000'000'000);
  const Advisor advisor({}, nullptr, clock);
  clock.Advance(86'400'000);
  const findings::Report report = advisor.Snapshot();
  EXPECT_EQ(report.from_ms, 1'900'000'000'000);
  EXPECT_EQ(report.to_ms, 1'900'086'400'000);
  clock.Set(1'800'000'000'000);
  EXPECT_EQ(advisor.Snapshot().from_ms, 1'800'000'000'000) << "it never ends before it began";
}

TEST(AdvisorTest, ABatchIsOneRequestWithTheUnitsOfAllEntries) {
  Advisor advisor;
  const auto table = TableNamed("T");
  JsonDocument input;
  ASSERT_TRUE(input.Parse(R"({"RequestItems":{}})"));
  JsonDocument put;
  ASSERT_TRUE(put.Parse(R"({"Item":{}})"));
  JsonDocument update;
  ASSERT_TRUE(update.Parse(R"({"UpdateExpression":"SET a = :a"})"));
  for (int request = 0; request < 2; ++request) {
    trace::Trace& trace = trace::Trace::OfThread();
    for (int i = 0; i < 6; ++i) {
      trace::Access& access =
          trace.Add(i % 2 == 0 ? trace::AccessKind::kPut : trace::AccessKind::kUpdate);
      trace.SetTable(access, table);
      access.input = i % 2 == 0 ? &put.root() : &update.root();
      access.table_units = 2;
      trace.AddArm(access, {.index = "byA", .units = 1});
    }
    advisor.Observe(test::Observed(operations::kTransactWriteItems, input.root(), trace));
  }
  uint64_t requests = 0;
  for (const findings::CostRow& row : advisor.Snapshot().costs) {
    if (!row.index_writes) {
      EXPECT_EQ(row.requests, 2u);
      requests += row.requests - row.requests_elsewhere;
    }
    EXPECT_EQ(row.most_units, row.index_writes ? 3 : 6);
  }
  EXPECT_EQ(requests, 2u);
}

TEST(AdvisorTest, StatementsAreKeptWithoutTheirLiterals) {
  Advisor advisor;
  const auto table = TableNamed("T");
  for (int i = 0; i < 80; ++i) {
    Read(
        advisor, operations::kExecuteStatement, trace::AccessKind::kScan, table,
        R"({"Statement":"SELECT * FROM T WHERE password = 'hunter)" + std::to_string(i) + R"('"})");
  }
  const findings::Report report = advisor.Snapshot();
  ASSERT_EQ(report.costs.size(), 1u);
  EXPECT_EQ(report.costs[0].expression, "SELECT * FROM T WHERE password = ?");
  EXPECT_EQ(report.costs[0].requests, 80u);
  ASSERT_FALSE(report.findings.empty());
  for (const Finding& finding : report.findings) {
    EXPECT_EQ(finding.example.find("hunter"), std::string::npos) << finding.id;
    for (const auto& [name, text] : finding.evidence) {
      EXPECT_EQ(text.find("hunter"), std::string::npos) << finding.id;
    }
  }
}

TEST(AdvisorTest, MemoryIsBoundedWhateverTheTraffic) {
  Advisor advisor;
  const auto table = TableNamed("T");
  for (int i = 0; i < 30'000; ++i) {
    const std::string n = std::to_string(i);
    Read(advisor, operations::kQuery, trace::AccessKind::kQuery, table,
         R"({"FilterExpression":"a)" + n + R"( = :a"})");
    // No two of one structure.
    std::string terms = "a = :a";
    for (int bit = 1; bit <= i && bit < 1 << 13; bit *= 2) {
      terms += (i & bit) != 0 ? " AND b = :b" : " OR size(b) = :b";
    }
    Read(advisor, operations::kScan, trace::AccessKind::kScan, table,
         R"({"FilterExpression":")" + terms + R"("})");
  }
  for (int i = 0; i < 1000; ++i) {
    Read(advisor, operations::kGetItem, trace::AccessKind::kGet,
         TableNamed("T" + std::to_string(i)), R"({"Key":{}})");
  }
  const findings::Report report = advisor.Snapshot();
  EXPECT_EQ(report.requests, 61'000u);
  EXPECT_LE(report.costs.size(), 2300u);
  EXPECT_LE(report.storage.size(), 256u);
  uint64_t requests = 0;
  for (const findings::CostRow& row : report.costs) requests += row.requests;
  EXPECT_EQ(requests, 61'000u) << "nothing is lost, only put together";
}

TEST(AdvisorTest, ThreadsMayObserveAtOnce) {
  Advisor advisor;
  const auto table = TableNamed("T");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2000; ++i) {
        Read(advisor, operations::kGetItem, trace::AccessKind::kGet, table,
             R"({"ProjectionExpression":"a)" + std::to_string(i % 20) + R"("})");
        if (i % 500 == 0) static_cast<void>(advisor.Snapshot());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const findings::Report report = advisor.Snapshot();
  uint64_t requests = 0;
  for (const findings::CostRow& row : report.costs) requests += row.requests;
  EXPECT_EQ(requests, 8000u);
  EXPECT_EQ(report.costs.size(), 20u);
}

// {"pk":...,"list":[...]} with so many elements.
std::string ItemWithList(int elements) {
  std::string text = R"({"pk":{"S":"a"},"list":{"L":[)";
  for (int i = 0; i < elements; ++i) text += std::string(i == 0 ? "" : ",") + R"({"N":"1"})";
  JsonDocument json;
  std::string item;
  EXPECT_TRUE(json.Parse(text + "]}}") && EncodeItem(json.root(), item));
  return item;
}

// Of many writes some stand for the others.
TEST(AdvisorTest, GrowingListsAreCountedByTheOdds) {
  constexpr int kMost = 40;
  constexpr int kRounds = 500;
  std::vector<std::string> items;
  for (int i = 0; i <= kMost; ++i) items.push_back(ItemWithList(i));
  JsonDocument input;
  ASSERT_TRUE(input.Parse(R"({"Key":{"pk":{"S":"a"}},"UpdateExpression":"SET l = :l"})"));
  const auto evidence = [&](int rounds) {
    Advisor advisor;
    const auto table = TableNamed("T");
    for (int round = 0; round < rounds; ++round) {
      for (int i = 1; i < kMost; ++i) {
        trace::Trace& trace = trace::Trace::OfThread();
        trace::Access& access = trace.Add(trace::AccessKind::kUpdate);
        trace.SetTable(access, table);
        access.input = &input.root();
        access.before = ItemView(items[i]);
        access.after = ItemView(items[i + 1]);
        advisor.Observe(test::Observed(operations::kUpdateItem, input.root(), trace));
      }
    }
    for (const Finding& finding : advisor.Snapshot().findings) {
      if (finding.id == "growing-list") return finding.evidence.front().second;
    }
    return std::string("nothing");
  };
  EXPECT_EQ(evidence(100), "3,900");
  const std::string about = evidence(kRounds);
  ASSERT_TRUE(about.starts_with("about ")) << about;
  std::string digits = about.substr(6);
  std::erase(digits, ',');
  EXPECT_NEAR(std::stoi(digits), kRounds * (kMost - 1), 1500) << about;
}

TEST(AdvisorTest, SuppressionsSilenceOneTable) {
  Settings settings;
  settings.suppressions.push_back({"filter-discards-most", "Quiet", ""});
  Advisor advisor(settings);
  for (const auto& table : {TableNamed("Quiet"), TableNamed("Loud")}) {
    for (int i = 0; i < 5; ++i) {
      Read(advisor, operations::kQuery, trace::AccessKind::kQuery, table,
           R"({"FilterExpression":"a = :a"})", 100, 1, 10);
    }
  }
  const findings::Report report = advisor.Snapshot();
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].id, "filter-discards-most");
  EXPECT_EQ(report.findings[0].table, "Loud");
  EXPECT_EQ(report.findings[0].user_agent, "agent");
}

}  // namespace
}  // namespace dynarock::advisor
