// Plots as inline SVG. Widths are percentages, so that text keeps its size on every screen.
#include <algorithm>
#include <array>
#include <charconv>

#include "server/findings/cost/estimate.h"
#include "server/findings/cost/figures.h"
#include "server/findings/render/html_parts.h"
#include "server/findings/render/markup.h"
#include "server/findings/render/text_table.h"

namespace dynarock::findings {

namespace {

constexpr size_t kMostBars = 20;
constexpr size_t kMostShares = 7;
constexpr size_t kLabelWidth = 120;  // characters
constexpr int kRowHeight = 44;
constexpr int kBarHeight = 14;
constexpr int kLabelLine = 14;  // where a label's text stands in its row
constexpr int kBarTop = 20;

std::string Percent(double part, double whole) {
  std::array<char, 32> text;
  const auto result =
      std::to_chars(text.data(), text.data() + text.size(), whole > 0 ? 100 * part / whole : 0,
                    std::chars_format::fixed, 2);
  return std::string(text.data(), result.ptr) + "%";
}

void AppendBar(double from, double length, double whole, int top, std::string_view style,
               std::string_view tip, std::string& out) {
  if (length <= 0) return;
  out += "<rect class=\"" + std::string(style) + "\" x=\"" + Percent(from, whole) + "\" y=\"" +
         std::to_string(top) + "\" width=\"" + Percent(length, whole) + "\" height=\"" +
         std::to_string(kBarHeight) + "\"><title>" + Escaped(tip) + "</title></rect>";
}

// The label stands in a frame of its own, which cuts it before it meets the figure.
void AppendRowText(std::string_view label, std::string_view figure, int top, std::string& out) {
  const std::string line = std::to_string(top + kLabelLine);
  out += "<svg width=\"56%\" height=\"" + std::to_string(top + kBarTop) + "\"><text x=\"0\" y=\"" +
         line + "\">" + Escaped(Shortened(label, kLabelWidth)) + "<title>" + Escaped(label) +
         "</title></text></svg><text class=\"figure\" x=\"100%\" y=\"" + line + "\">" +
         Escaped(figure) + "</text>";
}

void OpenFigure(std::string_view title, std::string_view keys, std::string_view style, size_t rows,
                std::string& out) {
  out += "<figure class=\"" + std::string(style) + "\"><figcaption>" + std::string(title) +
         "<span>" + std::string(keys) + "</span></figcaption>\n<svg role=\"img\" aria-label=\"" +
         std::string(title) + "\" width=\"100%\" height=\"" + std::to_string(rows * kRowHeight) +
         "\">\n";
}

// `more`: how many are not shown.
void CloseFigure(size_t more, std::string& out) {
  out += "</svg>";
  if (more > 0) out += "<p class=\"quiet\">and " + std::to_string(more) + " more</p>";
  out += "</figure>\n";
}

std::string NameOf(const CostRow& row) {
  std::string name = row.operation + " " + Where(row.table, row.index);
  if (!row.expression.empty()) name += ": " + row.expression;
  return name;
}

double UnitsOf(const CostRow& row) {
  return row.read_units + row.write_units;
}

}  // namespace

void AppendUnitsPlot(const Report& report, std::string& out) {
  std::vector<TableTotal> totals = TotalsByTable(report);
  std::erase_if(totals, [](const TableTotal& t) { return t.read_units + t.write_units <= 0; });
  if (totals.empty()) return;
  std::stable_sort(totals.begin(), totals.end(), [](const TableTotal& a, const TableTotal& b) {
    return a.read_units + a.write_units > b.read_units + b.write_units;
  });
  const size_t more = totals.size() - std::min(totals.size(), kMostBars);
  if (more > 0) totals.resize(kMostBars);
  const double most = totals[0].read_units + totals[0].write_units;
  OpenFigure("Units by table and index", "<i class=\"read\"></i>read <i class=\"write\"></i>write",
             "wide", totals.size(), out);
  int top = 0;
  for (const TableTotal& total : totals) {
    const std::string name = Where(total.table, total.index);
    const std::string read = UnitsText(total.read_units) + " read";
    const std::string write = UnitsText(total.write_units) + " write";
    AppendRowText(name.empty() ? "(no table)" : name, read + ", " + write, top, out);
    AppendBar(0, most, most, top + kBarTop, "track", name, out);
    AppendBar(0, total.read_units, most, top + kBarTop, "read", read, out);
    AppendBar(total.read_units, total.write_units, most, top + kBarTop, "write", write, out);
    out += '\n';
    top += kRowHeight;
  }
  CloseFigure(more, out);
}

void AppendReadPlot(const Report& report, std::string& out) {
  std::vector<CostRow> rows = ByUnits(RequestKinds(report));
  std::erase_if(rows, [](const CostRow& row) { return row.items_read == 0; });
  if (rows.empty()) return;
  const auto discarded = [](const CostRow& row) {
    return row.items_read - std::min(row.items_read, row.items_returned);
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const CostRow& a, const CostRow& b) { return discarded(a) > discarded(b); });
  const size_t more = rows.size() - std::min(rows.size(), kMostBars);
  if (more > 0) rows.resize(kMostBars);
  uint64_t most = 0;
  for (const CostRow& row : rows) most = std::max(most, row.items_read);
  OpenFigure("Items read against returned",
             "<i class=\"lost\"></i>read and discarded <i class=\"kept\"></i>returned", "wide",
             rows.size(), out);
  int top = 0;
  for (const CostRow& row : rows) {
    const uint64_t kept = std::min(row.items_read, row.items_returned);
    const auto kept_items = static_cast<double>(kept);
    const auto all = static_cast<double>(most);
    AppendRowText(
        NameOf(row),
        CountText(row.items_read) + " read, " + CountText(row.items_returned) + " returned", top,
        out);
    AppendBar(0, all, all, top + kBarTop, "track", NameOf(row), out);
    AppendBar(0, kept_items, all, top + kBarTop, "kept", CountText(kept) + " returned", out);
    AppendBar(kept_items, static_cast<double>(discarded(row)), all, top + kBarTop, "lost",
              CountText(discarded(row)) + " discarded", out);
    out += '\n';
    top += kRowHeight;
  }
  CloseFigure(more, out);
}

void AppendSharePlot(const Report& report, std::string& out) {
  std::vector<CostRow> rows = ByUnits(RequestKinds(report));
  const double all = UnitsOf(Total(report));
  if (all <= 0) return;
  if (rows.size() > kMostShares + 1) {
    CostRow others;
    others.operation = Plural(rows.size() - kMostShares, "other kind");
    for (size_t at = kMostShares; at < rows.size(); ++at) {
      others.read_units += rows[at].read_units;
      others.write_units += rows[at].write_units;
    }
    rows.resize(kMostShares);
    rows.push_back(std::move(others));
  }
  OpenFigure("Share of all units by kind of request", "", "wide share", 1, out);
  double from = 0;
  for (size_t at = 0; at < rows.size(); ++at) {
    AppendBar(from, UnitsOf(rows[at]), all, 0, "s" + std::to_string(at), NameOf(rows[at]), out);
    from += UnitsOf(rows[at]);
  }
  out += "\n</svg><ol>\n";
  for (size_t at = 0; at < rows.size(); ++at) {
    out += "<li><i class=\"s" + std::to_string(at) + "\"></i><b>" +
           ShareText(UnitsOf(rows[at]), all) + "</b> " + Escaped(Shortened(NameOf(rows[at]), 110)) +
           "</li>\n";
  }
  out += "</ol></figure>\n";
}

}  // namespace dynarock::findings
