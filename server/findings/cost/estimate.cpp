#include "server/findings/cost/estimate.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace dynarock::findings {

namespace {

constexpr double kSecondsADay = 86'400;
constexpr double kBytesAGb = 1024.0 * 1024 * 1024;

void Add(const CostRow& row, CostRow& sum) {
  sum.requests += row.requests - row.requests_elsewhere;
  sum.read_units += row.read_units;
  sum.write_units += row.write_units;
  sum.items_read += row.items_read;
  sum.items_returned += row.items_returned;
  sum.most_units = std::max(sum.most_units, row.most_units);
}

}  // namespace

MonthlyCost CostAMonth(double read_units, double write_units, double per_day,
                       const Prices& prices) {
  const double requests = per_day * kDaysAMonth;
  const double reads_a_second = per_day * read_units / kSecondsADay;
  const double writes_a_second = per_day * write_units / kSecondsADay;
  return {
      .on_demand = requests *
                   (read_units * prices.million_read_requests +
                    write_units * prices.million_write_requests) /
                   1e6,
      .provisioned = kHoursAMonth / kUtilisation *
                     (reads_a_second * prices.read_capacity_hour +
                      writes_a_second * prices.write_capacity_hour),
  };
}

MonthlyCost CostAMonth(const CostRow& row, double per_day, const Prices& prices) {
  if (row.requests == 0) return {};
  const auto requests = static_cast<double>(row.requests);
  return CostAMonth(row.read_units / requests, row.write_units / requests, per_day, prices);
}

double StorageAMonth(uint64_t items, uint64_t bytes, const Prices& prices) {
  return static_cast<double>(bytes + items * kOverheadAnItem) / kBytesAGb * prices.storage_gb_month;
}

std::vector<TableTotal> TotalsByTable(const Report& report) {
  std::map<std::pair<std::string, std::string>, TableTotal> totals;
  const auto total = [&](const std::string& table, const std::string& index) -> TableTotal& {
    TableTotal& found = totals[{table, index}];
    found.table = table;
    found.index = index;
    return found;
  };
  for (const CostRow& row : report.costs) {
    TableTotal& sum = total(row.table, row.index);
    if (!row.index_writes) sum.requests += row.requests - row.requests_elsewhere_here;
    sum.read_units += row.read_units;
    sum.write_units += row.write_units;
    sum.items_read += row.items_read;
    sum.items_returned += row.items_returned;
  }
  for (const StorageRow& row : report.storage) {
    TableTotal& sum = total(row.table, row.index);
    sum.items += row.items;
    sum.bytes += row.bytes;
  }
  std::vector<TableTotal> sorted;
  sorted.reserve(totals.size());
  for (auto& [name, sum] : totals) sorted.push_back(std::move(sum));
  return sorted;
}

std::vector<CostRow> RequestKinds(const Report& report) {
  using Kind = std::tuple<std::string_view, std::string_view, std::string_view>;
  const auto kind = [](const CostRow& row) {
    return Kind(row.operation, row.table, row.expression);
  };
  std::vector<CostRow> kinds;
  std::map<Kind, size_t> of_table;
  for (const CostRow& row : report.costs) {
    if (row.index_writes) continue;
    if (row.index.empty()) of_table.emplace(kind(row), kinds.size());
    kinds.push_back(row);
  }
  for (const CostRow& row : report.costs) {
    if (!row.index_writes) continue;
    const auto writer = of_table.find(kind(row));
    if (writer == of_table.end()) {
      kinds.push_back(row);
      continue;
    }
    CostRow& sum = kinds[writer->second];
    sum.write_units += row.write_units;
    sum.most_units += row.most_units;
  }
  return kinds;
}

std::vector<CostRow> TotalsByOperation(const Report& report) {
  std::map<std::string, CostRow> totals;
  for (const CostRow& row : RequestKinds(report)) {
    CostRow& sum = totals[row.operation];
    sum.operation = row.operation;
    Add(row, sum);
  }
  std::vector<CostRow> rows;
  rows.reserve(totals.size());
  for (auto& [name, sum] : totals) rows.push_back(std::move(sum));
  return ByUnits(std::move(rows));
}

CostRow Total(const Report& report) {
  CostRow sum;
  for (const CostRow& row : RequestKinds(report)) Add(row, sum);
  return sum;
}

std::vector<CostRow> ByUnits(std::vector<CostRow> rows) {
  const auto order = [](const CostRow& row) {
    return std::tuple(-(row.read_units + row.write_units), row.table, row.index, row.operation,
                      row.expression);
  };
  std::sort(rows.begin(), rows.end(),
            [&](const CostRow& a, const CostRow& b) { return order(a) < order(b); });
  return rows;
}

}  // namespace dynarock::findings
