// From units to money: what requests and storage cost a month. Pure arithmetic.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/findings/report.h"

namespace dynarock::findings {

// A month has 730 hours, as in AWS's own calculator.
inline constexpr double kHoursAMonth = 730;
inline constexpr double kDaysAMonth = kHoursAMonth / 24;
// What auto scaling of provisioned capacity aims at when nothing else is said: 70 % of it used.
inline constexpr double kUtilisation = 0.7;
// The service bills this many bytes of index overhead for every item and index entry (Developer
// Guide, "Storage" in the pricing pages).
inline constexpr uint64_t kOverheadAnItem = 100;

// Money a month, in the currency of the prices.
struct MonthlyCost {
  double on_demand = 0;
  // At an even rate, with kUtilisation of the capacity used. Not rounded up to whole units: tables
  // and indexes have their units for all their requests together.
  double provisioned = 0;
};

// Of `per_day` requests a day that take `read_units` and `write_units` each.
MonthlyCost CostAMonth(double read_units, double write_units, double per_day, const Prices& prices);

// Of one kind of request, when `per_day` of it come a day. Zero when there were no requests.
MonthlyCost CostAMonth(const CostRow& row, double per_day, const Prices& prices);

// Of keeping `bytes` in `items` items or index entries.
double StorageAMonth(uint64_t items, uint64_t bytes, const Prices& prices);

// Everything about one table or index.
struct TableTotal {
  std::string table;
  std::string index;  // empty: the table
  uint64_t requests = 0;
  double read_units = 0;
  double write_units = 0;
  uint64_t items_read = 0;
  uint64_t items_returned = 0;
  uint64_t items = 0;  // stored
  uint64_t bytes = 0;
};

// The report's costs and storage by table and index: sorted by table, each table before its
// indexes. Tables and indexes without requests are there when they are stored.
std::vector<TableTotal> TotalsByTable(const Report& report);

// The kinds of requests with all they cost: what writes cost in indexes (CostRow::index_writes) is
// part of the write's row. Its most_units are then the sum of the most that the table and each
// index took.
std::vector<CostRow> RequestKinds(const Report& report);

// The report's costs by operation, the costliest first.
std::vector<CostRow> TotalsByOperation(const Report& report);

// All requests of the report as one kind.
CostRow Total(const Report& report);

// The rows by the units they took, the costliest first.
std::vector<CostRow> ByUnits(std::vector<CostRow> rows);

}  // namespace dynarock::findings
