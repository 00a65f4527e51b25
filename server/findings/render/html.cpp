// The report as one page that needs nothing else: no script, no font, no request to anywhere.
#include "server/findings/cost/estimate.h"
#include "server/findings/cost/figures.h"
#include "server/findings/render/format.h"
#include "server/findings/render/html_parts.h"
#include "server/findings/render/markup.h"
#include "server/findings/render/renderers.h"

namespace dynarock::findings {

namespace {

void AppendTile(std::string_view style, std::string_view figure, std::string_view label,
                std::string& out) {
  out += "<div class=\"tile " + std::string(style) + "\"><b>" + Escaped(figure) + "</b><span>" +
         Escaped(label) + "</span></div>\n";
}

void AppendSeverityTile(const Report& report, Severity severity, std::string& out) {
  const size_t count = CountOf(report, severity);
  const std::string name(SeverityName(severity));
  AppendTile(count == 0 ? "none" : name, CountText(count), count == 1 ? name : name + "s", out);
}

void AppendTiles(const Report& report, std::string& out) {
  out += "<div class=\"tiles\">\n";
  AppendSeverityTile(report, Severity::kError, out);
  AppendSeverityTile(report, Severity::kWarning, out);
  AppendSeverityTile(report, Severity::kNote, out);
  if (!report.costs.empty()) {
    const CostRow total = Total(report);
    AppendTile("", UnitsText(total.read_units), "read units", out);
    AppendTile("", UnitsText(total.write_units), "write units", out);
    if (report.prices) {
      const MonthlyCost cost = CostAMonth(total, report.requests_per_day, *report.prices);
      AppendTile("wide", MoneyText(cost.on_demand, report.prices->currency),
                 "a month on demand, at " + TrafficText(report.requests_per_day) +
                     " requests a day of this mix (" +
                     MoneyText(cost.provisioned, report.prices->currency) + " provisioned)",
                 out);
    }
  }
  out += "</div>\n";
}

}  // namespace

std::string RenderHtml(const Report& report) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<title>dynarock report</title>\n<style>\n";
  out += kHtmlStyle;
  out += "</style>\n</head>\n<body>\n<header>\n<h1>dynarock <span>report</span></h1>\n<p>";
  out += Plural(report.requests, "request");
  if (report.from_ms > 0) out += " &middot; " + SpanText(report.from_ms, report.to_ms);
  if (report.paused_ms > 0) out += " &middot; paused for " + DurationText(report.paused_ms);
  if (!report.version.empty()) out += " &middot; version " + Escaped(report.version);
  out += "</p>\n";
  if (!report.run_note.empty()) out += "<p>" + Escaped(report.run_note) + "</p>\n";
  out += "</header>\n<main>\n";
  AppendTiles(report, out);
  AppendHtmlFindings(report, out);
  AppendHtmlCosts(report, out);
  out += "</main>\n</body>\n</html>\n";
  return out;
}

}  // namespace dynarock::findings
