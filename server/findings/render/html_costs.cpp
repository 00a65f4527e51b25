#include <algorithm>
#include <initializer_list>

#include "server/findings/cost/estimate.h"
#include "server/findings/cost/figures.h"
#include "server/findings/render/html_parts.h"
#include "server/findings/render/markup.h"

namespace dynarock::findings {

namespace {

constexpr size_t kMostRequests = 100;
constexpr size_t kMostTables = 20;

std::string Average(const CostRow& row) {
  if (row.requests == 0) return "-";
  return UnitsText((row.read_units + row.write_units) / static_cast<double>(row.requests));
}

// The head of a table: the first column is text, the others are figures.
void AppendTableHead(std::initializer_list<std::string_view> heads, const Report& report,
                     std::initializer_list<std::string_view> money_heads, std::string& out) {
  out += "<div class=\"scroll\"><table>\n<thead><tr>";
  for (std::string_view head : heads) out += "<th>" + std::string(head) + "</th>";
  if (report.prices) {
    for (std::string_view head : money_heads) out += "<th>" + std::string(head) + "</th>";
  }
  out += "</tr></thead>\n<tbody>\n";
}

void AppendCell(std::string_view text, std::string& out) {
  out += "<td>" + Escaped(text) + "</td>";
}

void AppendMoney(const CostRow& row, const Report& report, std::string& out) {
  if (!report.prices) return;
  const MonthlyCost cost = CostAMonth(row, report.requests_per_day, *report.prices);
  AppendCell(MoneyText(cost.on_demand, report.prices->currency), out);
  AppendCell(MoneyText(cost.provisioned, report.prices->currency), out);
}

// What the columns of money mean.
void AppendMoneyNote(const Report& report, std::string& out) {
  if (!report.prices) return;
  out += "<p class=\"quiet\">On demand and provisioned: what " +
         TrafficText(report.requests_per_day) + " of them a day cost in a month.</p>\n";
}

void AppendRequests(const Report& report, std::string& out) {
  out += "<h3>Requests by kind</h3>\n";
  AppendMoneyNote(report, out);
  AppendTableHead(
      {"request", "count", "read units", "write units", "each", "most", "read &rarr; returned"},
      report, {"on demand", "provisioned"}, out);
  const std::vector<CostRow> rows = ByUnits(RequestKinds(report));
  for (size_t at = 0; at < std::min(rows.size(), kMostRequests); ++at) {
    const CostRow& row = rows[at];
    out += "<tr><td><b>" + Escaped(row.operation) + "</b> " + Escaped(Where(row.table, row.index));
    if (!row.expression.empty()) out += "<code>" + Escaped(row.expression) + "</code>";
    out += "</td>";
    AppendCell(CountText(row.requests), out);
    AppendCell(UnitsText(row.read_units), out);
    AppendCell(UnitsText(row.write_units), out);
    AppendCell(Average(row), out);
    AppendCell(UnitsText(row.most_units), out);
    out += "<td>";
    if (row.items_read > 0) {
      out += CountText(row.items_read) + " &rarr; " + CountText(row.items_returned);
    }
    out += "</td>";
    AppendMoney(row, report, out);
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
  if (rows.size() > kMostRequests) {
    out += "<p class=\"quiet\">And " + Plural(rows.size() - kMostRequests, "kind") +
           " more that cost less; the JSON report has all of them.</p>\n";
  }
}

void AppendOperations(const Report& report, std::string& out) {
  out += "<h3>Operations</h3>\n";
  AppendTableHead({"operation", "count", "read units", "write units", "each", "most"}, report,
                  {"on demand", "provisioned"}, out);
  for (const CostRow& row : TotalsByOperation(report)) {
    out += "<tr><td><b>" + Escaped(row.operation) + "</b></td>";
    AppendCell(CountText(row.requests), out);
    AppendCell(UnitsText(row.read_units), out);
    AppendCell(UnitsText(row.write_units), out);
    AppendCell(Average(row), out);
    AppendCell(UnitsText(row.most_units), out);
    AppendMoney(row, report, out);
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
}

void AppendTables(const Report& report, std::string& out) {
  out += "<h3>Tables and indexes</h3>\n";
  AppendTableHead({"table / index", "read units", "write units", "items", "size"}, report,
                  {"storage a month"}, out);
  std::vector<TableTotal> totals = TotalsByTable(report);
  const size_t all = totals.size();
  if (all > kMostTables) {
    std::stable_sort(totals.begin(), totals.end(), [](const TableTotal& a, const TableTotal& b) {
      return a.read_units + a.write_units > b.read_units + b.write_units;
    });
    totals.resize(kMostTables);
  }
  for (const TableTotal& total : totals) {
    const std::string name = Where(total.table, total.index);
    out += "<tr><td><b>" + Escaped(name.empty() ? "(no table)" : name) + "</b></td>";
    AppendCell(UnitsText(total.read_units), out);
    AppendCell(UnitsText(total.write_units), out);
    AppendCell(CountText(total.items), out);
    AppendCell(BytesText(total.bytes), out);
    if (report.prices) {
      AppendCell(MoneyText(StorageAMonth(total.items, total.bytes, *report.prices),
                           report.prices->currency),
                 out);
    }
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
  if (all > kMostTables) {
    out += "<p class=\"quiet\">And " + std::to_string(all - kMostTables) +
           " more tables and indexes that took fewer units; the JSON report has all of them.</p>\n";
  }
}

void AppendPrices(const Report& report, std::string& out) {
  const Prices& prices = *report.prices;
  out += "<p class=\"quiet\">Prices of <b>" + Escaped(prices.region) + "</b> in " +
         Escaped(prices.currency) + " as of " + Escaped(prices.as_of) + " (" +
         Escaped(prices.source) + "). Money is for a month of 730 hours with " +
         TrafficText(report.requests_per_day) +
         " requests a day of each kind. On demand: every unit. Provisioned: an even rate with 70 "
         "% of the capacity used. Storage: what is here now.</p>\n";
}

}  // namespace

void AppendHtmlCosts(const Report& report, std::string& out) {
  if (report.costs.empty() && report.storage.empty()) return;
  out += "<section>\n<h2>Cost</h2>\n<div class=\"plots\">\n";
  AppendUnitsPlot(report, out);
  AppendReadPlot(report, out);
  AppendSharePlot(report, out);
  out += "</div>\n";
  if (!report.costs.empty()) {
    AppendRequests(report, out);
    AppendOperations(report, out);
  }
  AppendTables(report, out);
  if (report.prices) AppendPrices(report, out);
  out += "</section>\n";
}

}  // namespace dynarock::findings
