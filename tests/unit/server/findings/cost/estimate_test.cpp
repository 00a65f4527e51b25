#include "server/findings/cost/estimate.h"

#include <gtest/gtest.h>

namespace dynarock::findings {
namespace {

const Prices kPrices = {.region = "us-east-1",
                        .currency = "USD",
                        .as_of = "2024-11-01",
                        .source = "",
                        .million_read_requests = 0.125,
                        .million_write_requests = 0.625,
                        .read_capacity_hour = 0.00013,
                        .write_capacity_hour = 0.00065,
                        .storage_gb_month = 0.25};

TEST(EstimateTest, UnitsBecomeMoneyAMonth) {
  struct Case {
    const char* name;
    double read_units, write_units, per_day;
    double on_demand, provisioned;
  };
  // A month of 730 hours has 30.41667 days. Provisioned: units a second / 0.7 * 730 * price an
  // hour.
  const std::vector<Case> cases = {
      {"nothing", 0, 0, 1e6, 0, 0},
      {"no traffic", 12, 3, 0, 0, 0},
      {"one read unit, a million a day", 1, 0, 1e6, 3.802083, 1.569114},
      {"one write unit, a million a day", 0, 1, 1e6, 19.010417, 7.845568},
      {"half a read unit", 0.5, 0, 1e6, 1.901042, 0.784557},
      {"a costly query", 12, 0, 1e6, 45.625, 18.829365},
      {"reads and writes", 2, 4, 250'000, 20.911458, 8.630125},
  };
  for (const Case& c : cases) {
    const MonthlyCost cost = CostAMonth(c.read_units, c.write_units, c.per_day, kPrices);
    EXPECT_NEAR(cost.on_demand, c.on_demand, 1e-5) << c.name;
    EXPECT_NEAR(cost.provisioned, c.provisioned, 1e-5) << c.name;
  }
}

TEST(EstimateTest, ARowCountsByItsAverage) {
  CostRow row{.requests = 120, .read_units = 1'440};
  EXPECT_NEAR(CostAMonth(row, 1e6, kPrices).on_demand, 45.625, 1e-6);
  row.requests = 0;
  EXPECT_EQ(CostAMonth(row, 1e6, kPrices).on_demand, 0);
}

TEST(EstimateTest, StorageCountsTheOverheadOfEachItem) {
  const uint64_t gb = 1024 * 1024 * 1024;
  EXPECT_NEAR(StorageAMonth(0, gb, kPrices), 0.25, 1e-9);
  EXPECT_NEAR(StorageAMonth(10'000'000, gb, kPrices), 0.25 + 0.25 * 1e9 / double(gb), 1e-9);
}

Report TwoTables() {
  Report report;
  report.costs = {
      {.operation = "PutItem", .table = "b", .requests = 2, .write_units = 5, .most_units = 4},
      {.operation = "Query",
       .table = "a",
       .index = "i",
       .expression = "x",
       .requests = 1,
       .read_units = 9,
       .items_read = 4,
       .items_returned = 2,
       .most_units = 9},
      {.operation = "Query",
       .table = "a",
       .index = "i",
       .expression = "y",
       .requests = 3,
       .read_units = 1.5,
       .items_read = 3,
       .items_returned = 3,
       .most_units = 0.5},
  };
  report.storage = {{.table = "a", .items = 7, .bytes = 70},
                    {.table = "b", .items = 2, .bytes = 20}};
  return report;
}

TEST(EstimateTest, TotalsByTablePutTheTableBeforeItsIndexes) {
  const auto totals = TotalsByTable(TwoTables());
  ASSERT_EQ(totals.size(), 3u);
  EXPECT_EQ(totals[0].table + "/" + totals[0].index, "a/");
  EXPECT_EQ(totals[0].items, 7u);
  EXPECT_EQ(totals[0].requests, 0u);
  EXPECT_EQ(totals[1].table + "/" + totals[1].index, "a/i");
  EXPECT_EQ(totals[1].requests, 4u);
  EXPECT_EQ(totals[1].read_units, 10.5);
  EXPECT_EQ(totals[1].items_read, 7u);
  EXPECT_EQ(totals[1].items_returned, 5u);
  EXPECT_EQ(totals[2].table + "/" + totals[2].index, "b/");
  EXPECT_EQ(totals[2].write_units, 5);
  EXPECT_EQ(totals[2].bytes, 20u);
}

TEST(EstimateTest, OperationsAndKindsComeByTheirUnits) {
  const auto operations = TotalsByOperation(TwoTables());
  ASSERT_EQ(operations.size(), 2u);
  EXPECT_EQ(operations[0].operation, "Query");
  EXPECT_EQ(operations[0].requests, 4u);
  EXPECT_EQ(operations[0].most_units, 9);
  EXPECT_EQ(operations[1].operation, "PutItem");
  const auto rows = ByUnits(TwoTables().costs);
  EXPECT_EQ(rows[0].expression, "x");
  EXPECT_EQ(rows[1].operation, "PutItem");
  EXPECT_EQ(rows[2].expression, "y");
}

// A write costs units in the table and in each index, and is one request.
TEST(EstimateTest, WhatWritesCostInIndexesIsPartOfTheWrite) {
  Report report;
  report.costs = {
      {.operation = "PutItem", .table = "a", .requests = 10, .write_units = 20, .most_units = 4},
      {.operation = "PutItem",
       .table = "a",
       .index = "i",
       .requests = 8,
       .write_units = 16,
       .most_units = 3,
       .index_writes = true},
      {.operation = "PutItem",
       .table = "a",
       .index = "j",
       .requests = 2,
       .write_units = 2,
       .most_units = 1,
       .index_writes = true},
      {.operation = "Query", .table = "a", .index = "i", .requests = 1, .read_units = 1},
  };
  const auto kinds = RequestKinds(report);
  ASSERT_EQ(kinds.size(), 2u);
  EXPECT_EQ(kinds[0].requests, 10u);
  EXPECT_EQ(kinds[0].write_units, 38);
  EXPECT_EQ(kinds[0].most_units, 8);
  EXPECT_EQ(Total(report).requests, 11u);
  EXPECT_EQ(Total(report).write_units, 38);
  EXPECT_EQ(TotalsByOperation(report)[0].write_units, 38);
  const auto totals = TotalsByTable(report);
  ASSERT_EQ(totals.size(), 3u);
  EXPECT_EQ(totals[0].write_units, 20);
  EXPECT_EQ(totals[1].write_units, 16);
  EXPECT_EQ(totals[1].requests, 1u);
  EXPECT_EQ(totals[2].requests, 0u);
}

TEST(EstimateTest, ATransactionOfSeveralKindsIsOneRequest) {
  Report report;
  report.costs = {
      {.operation = "TransactWriteItems", .table = "T", .expression = "a", .requests = 10},
      {.operation = "TransactWriteItems",
       .table = "T",
       .expression = "b",
       .requests = 10,
       .requests_elsewhere = 10,
       .requests_elsewhere_here = 10}};
  EXPECT_EQ(Total(report).requests, 10u);
  EXPECT_EQ(TotalsByOperation(report)[0].requests, 10u);
  EXPECT_EQ(TotalsByTable(report)[0].requests, 10u);
}

TEST(EstimateTest, TheTotalHasEverything) {
  const CostRow total = Total(TwoTables());
  EXPECT_EQ(total.requests, 6u);
  EXPECT_EQ(total.read_units, 10.5);
  EXPECT_EQ(total.write_units, 5);
  EXPECT_EQ(Total(Report{}).requests, 0u);
}

}  // namespace
}  // namespace dynarock::findings
