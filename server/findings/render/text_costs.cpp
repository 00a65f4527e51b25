// What requests cost, for a terminal.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "server/findings/cost/estimate.h"
#include "server/findings/cost/figures.h"
#include "server/findings/render/text_parts.h"
#include "server/findings/render/text_table.h"

namespace dynarock::findings {

namespace {

constexpr size_t kMostRequests = 20;  // kinds of requests in the cost table
constexpr size_t kFewRequests = 4;    // in the short one
constexpr size_t kNarrowName = 42;    // columns of those

std::string PricesText(const Report& report) {
  const Prices& prices = *report.prices;
  return "Prices of " + prices.region + " in " + prices.currency + " as of " + prices.as_of + " (" +
         prices.source + "). A month is 730 hours. On demand: every unit; provisioned: an " +
         "even rate with 70 % of the capacity used. The columns of money are for " +
         TrafficText(report.requests_per_day) + " requests a day of each kind.";
}

std::string Average(double units, uint64_t requests) {
  return requests == 0 ? "-" : UnitsText(units / static_cast<double>(requests));
}

// The `most` kinds of requests that cost most; `narrow`: in the columns of a screen.
void AppendRequests(const Report& report, const Paint& paint, size_t most, bool narrow,
                    std::string& out) {
  using Align = TextTable::Align;
  std::vector<TextTable::Column> columns = {
      {"request", Align::kLeft}, {"count"}, {"read units"}, {"write units"}, {"units each"}};
  if (!narrow) columns.insert(columns.end(), {{"most"}, {"read"}, {"returned"}});
  if (report.prices) columns.push_back({"on demand"});
  if (report.prices && !narrow) columns.push_back({"provisioned"});
  TextTable table(std::move(columns));
  const std::vector<CostRow> rows = ByUnits(RequestKinds(report));
  for (size_t at = 0; at < std::min(rows.size(), most); ++at) {
    const CostRow& row = rows[at];
    const std::string name = row.operation + " " + Where(row.table, row.index);
    std::vector<std::string> cells = {narrow ? Shortened(name, kNarrowName) : name,
                                      CountText(row.requests), UnitsText(row.read_units),
                                      UnitsText(row.write_units),
                                      Average(row.read_units + row.write_units, row.requests)};
    if (!narrow) {
      cells.push_back(UnitsText(row.most_units));
      cells.push_back(CountText(row.items_read));
      cells.push_back(CountText(row.items_returned));
    }
    if (report.prices) {
      const MonthlyCost cost = CostAMonth(row, report.requests_per_day, *report.prices);
      cells.push_back(MoneyText(cost.on_demand, report.prices->currency));
      if (!narrow) cells.push_back(MoneyText(cost.provisioned, report.prices->currency));
    }
    table.Row(std::move(cells));
    if (!row.expression.empty()) table.Under(paint.Dim(Shortened(row.expression, kTextWidth - 4)));
  }
  out += paint.Bold("What requests cost") + "\n" + table.Text("  ");
  if (rows.size() > most) {
    out += "  and " + Plural(rows.size() - most, "kind") + " more that cost less\n";
  }
  out += '\n';
}

void AppendTables(const Report& report, const Paint& paint, std::string& out) {
  using Align = TextTable::Align;
  std::vector<TextTable::Column> columns = {
      {"table / index", Align::kLeft}, {"read units"}, {"write units"}, {"items"}, {"size"}};
  if (report.prices) columns.push_back({"storage a month"});
  TextTable table(std::move(columns));
  for (const TableTotal& total : TotalsByTable(report)) {
    const std::string name = Where(total.table, total.index);
    std::vector<std::string> cells = {name.empty() ? "(no table)" : name,
                                      UnitsText(total.read_units), UnitsText(total.write_units),
                                      CountText(total.items), BytesText(total.bytes)};
    if (report.prices) {
      cells.push_back(MoneyText(StorageAMonth(total.items, total.bytes, *report.prices),
                                report.prices->currency));
    }
    table.Row(std::move(cells));
  }
  out += paint.Bold("Tables and indexes") + "\n" + table.Text("  ") + "\n";
}

void AppendOperations(const Report& report, const Paint& paint, std::string& out) {
  TextTable table({{"operation", TextTable::Align::kLeft},
                   {"count"},
                   {"read units"},
                   {"write units"},
                   {"units each"}});
  for (const CostRow& row : TotalsByOperation(report)) {
    table.Row({row.operation, CountText(row.requests), UnitsText(row.read_units),
               UnitsText(row.write_units),
               Average(row.read_units + row.write_units, row.requests)});
  }
  out += paint.Bold("Operations") + "\n" + table.Text("  ") + "\n";
}

}  // namespace

void AppendWholeCosts(const Report& report, const Paint& paint, std::string& out) {
  if (!report.costs.empty()) {
    AppendRequests(report, paint, kMostRequests, /*narrow=*/false, out);
    AppendOperations(report, paint, out);
  }
  if (!report.costs.empty() || !report.storage.empty()) AppendTables(report, paint, out);
  if (report.prices && !report.costs.empty()) {
    out += Wrapped(PricesText(report), "", kTextWidth) + "\n\n";
  }
}

void AppendShortCosts(const Report& report, const Paint& paint, std::string& out) {
  if (report.costs.empty()) return;
  AppendRequests(report, paint, kFewRequests, /*narrow=*/true, out);
  if (!report.prices) return;
  out.pop_back();  // what explains the table follows it at once
  out += Wrapped("  Money: a month of " + TrafficText(report.requests_per_day) +
                     " requests a day of each kind, in " + report.prices->region + ".",
                 "  ", kTextWidth) +
         "\n\n";
}

}  // namespace dynarock::findings
