// The report for a terminal.
#include <algorithm>
#include <array>

#include "server/findings/cost/estimate.h"
#include "server/findings/cost/figures.h"
#include "server/findings/render/format.h"
#include "server/findings/render/renderers.h"
#include "server/findings/render/text_table.h"

namespace dynarock::findings {

namespace {

constexpr size_t kWidth = 100;
constexpr size_t kMostRequests = 20;  // kinds of requests in the cost table
constexpr size_t kExampleWidth = 600;
constexpr std::string_view kIndent = "    ";

// Colours of a terminal, or nothing.
class Paint {
 public:
  explicit Paint(bool on) : on_(on) {}
  std::string Bold(std::string_view text) const { return Wrap("1", text); }
  std::string Dim(std::string_view text) const { return Wrap("2", text); }
  std::string Of(Severity severity, std::string_view text) const {
    return Wrap(severity == Severity::kError     ? "1;31"
                : severity == Severity::kWarning ? "1;33"
                                                 : "1;36",
                text);
  }

 private:
  std::string Wrap(std::string_view code, std::string_view text) const {
    if (!on_) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
  bool on_;
};

// The finding's figures, what is not empty of them, in order.
std::vector<std::pair<std::string, std::string>> Facts(const Finding& finding) {
  std::vector<std::pair<std::string, std::string>> facts;
  if (const std::string where = Where(finding.table, finding.index); !where.empty()) {
    facts.emplace_back(finding.index.empty() ? "table" : "table / index", where);
  }
  facts.insert(facts.end(), finding.evidence.begin(), finding.evidence.end());
  if (finding.count > 0) facts.emplace_back("seen", SeenText(finding));
  if (!finding.example.empty())
    facts.emplace_back("example", Shortened(finding.example, kExampleWidth));
  if (!finding.user_agent.empty()) facts.emplace_back("client", finding.user_agent);
  return facts;
}

void AppendFacts(const Finding& finding, const Paint& paint, std::string& out) {
  const auto facts = Facts(finding);
  size_t widest = 0;
  for (const auto& [name, figure] : facts) widest = std::max(widest, Width(name));
  const size_t column = kIndent.size() + widest + 2;
  for (const auto& [name, figure] : facts) {
    out += kIndent;
    out += paint.Dim(name);
    out.append(widest + 2 - Width(name), ' ');
    out += Wrapped(figure, std::string(column, ' '), kWidth - std::min(column, kWidth / 2));
    out += '\n';
  }
}

void AppendParagraph(std::string_view label, std::string_view text, const Paint& paint,
                     std::string& out) {
  if (text.empty()) return;
  // The label takes part in the wrapping, its paint does not.
  const std::string lines =
      Wrapped(std::string(label) + " " + std::string(text), kIndent, kWidth - kIndent.size());
  out += kIndent;
  out += paint.Bold(label) + lines.substr(label.size()) + "\n";
}

void AppendBlock(const Block& block, const Paint& paint, std::string& out) {
  out += kIndent;
  out += paint.Bold(block.title + ":") + "\n";
  std::string_view rest = block.text;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (!line.empty()) out += "      ";
    out += line;
    out += '\n';
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
}

void AppendFinding(const Finding& finding, const Paint& paint, std::string& out) {
  const std::string place = PlaceOf(finding);
  if (!place.empty()) out += paint.Bold(place + ":") + " ";
  out += paint.Of(finding.severity, std::string(SeverityName(finding.severity)) + ":") + " ";
  out += paint.Bold(finding.title) + "  " + paint.Dim("[" + finding.id + "]") + "\n";
  AppendFacts(finding, paint, out);
  AppendParagraph("In production:", finding.consequence, paint, out);
  AppendParagraph("Instead:", finding.advice, paint, out);
  for (const Block& block : finding.blocks) AppendBlock(block, paint, out);
}

void AppendHead(const Report& report, const Paint& paint, std::string& out) {
  if (report.requests > 0 || report.to_ms > 0) {
    out += paint.Bold("dynarock " + report.version) + ": " + Plural(report.requests, "request");
    if (report.from_ms > 0) out += ", " + SpanText(report.from_ms, report.to_ms);
    if (report.paused_ms > 0) out += ", paused for " + DurationText(report.paused_ms);
    out += "\n\n";
  }
  for (const Finding& finding : report.findings) {
    AppendFinding(finding, paint, out);
    out += '\n';
  }
}

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

void AppendRequests(const Report& report, const Paint& paint, std::string& out) {
  using Align = TextTable::Align;
  std::vector<TextTable::Column> columns = {{"request", Align::kLeft},
                                            {"count"},
                                            {"read units"},
                                            {"write units"},
                                            {"units each"},
                                            {"most"},
                                            {"read"},
                                            {"returned"}};
  if (report.prices) {
    columns.push_back({"on demand"});
    columns.push_back({"provisioned"});
  }
  TextTable table(std::move(columns));
  const std::vector<CostRow> rows = ByUnits(RequestKinds(report));
  for (size_t at = 0; at < std::min(rows.size(), kMostRequests); ++at) {
    const CostRow& row = rows[at];
    std::vector<std::string> cells = {row.operation + " " + Where(row.table, row.index),
                                      CountText(row.requests),
                                      UnitsText(row.read_units),
                                      UnitsText(row.write_units),
                                      Average(row.read_units + row.write_units, row.requests),
                                      UnitsText(row.most_units),
                                      CountText(row.items_read),
                                      CountText(row.items_returned)};
    if (report.prices) {
      const MonthlyCost cost = CostAMonth(row, report.requests_per_day, *report.prices);
      cells.push_back(MoneyText(cost.on_demand, report.prices->currency));
      cells.push_back(MoneyText(cost.provisioned, report.prices->currency));
    }
    table.Row(std::move(cells));
    if (!row.expression.empty()) table.Under(paint.Dim(Shortened(row.expression, kWidth - 4)));
  }
  out += paint.Bold("What requests cost") + "\n" + table.Text("  ");
  if (rows.size() > kMostRequests) {
    out += "  and " + Plural(rows.size() - kMostRequests, "kind") + " more that cost less\n";
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

std::string FindingText(const Finding& finding) {
  std::string out;
  AppendFinding(finding, Paint(false), out);
  return out;
}

std::string RenderText(const Report& report, bool color) {
  const Paint paint(color);
  std::string out;
  AppendHead(report, paint, out);
  if (!report.costs.empty()) {
    AppendRequests(report, paint, out);
    AppendOperations(report, paint, out);
  }
  if (!report.costs.empty() || !report.storage.empty()) AppendTables(report, paint, out);
  if (report.prices && !report.costs.empty()) {
    out += Wrapped(PricesText(report), "", kWidth) + "\n\n";
  }
  if (report.findings.empty()) {
    out += "no findings\n";
  } else {
    out += Plural(CountOf(report, Severity::kError), "error") + ", " +
           Plural(CountOf(report, Severity::kWarning), "warning") + ", " +
           Plural(CountOf(report, Severity::kNote), "note") + "\n";
  }
  return out;
}

}  // namespace dynarock::findings
