// The report for a terminal.
#include <algorithm>

#include "server/findings/cost/figures.h"
#include "server/findings/render/format.h"
#include "server/findings/render/renderers.h"
#include "server/findings/render/text_parts.h"
#include "server/findings/render/text_table.h"

namespace dynarock::findings {

namespace {

constexpr size_t kExampleWidth = 600;
constexpr size_t kShortLine = kTextWidth - kTextIndent.size();

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
  const size_t column = kTextIndent.size() + widest + 2;
  for (const auto& [name, figure] : facts) {
    out += kTextIndent;
    out += paint.Dim(name);
    out.append(widest + 2 - Width(name), ' ');
    out += Wrapped(figure, std::string(column, ' '), kTextWidth - std::min(column, kTextWidth / 2));
    out += '\n';
  }
}

void AppendParagraph(std::string_view label, std::string_view text, const Paint& paint,
                     std::string& out) {
  if (text.empty()) return;
  // The label takes part in the wrapping, its paint does not.
  const std::string lines = Wrapped(std::string(label) + " " + std::string(text), kTextIndent,
                                    kTextWidth - kTextIndent.size());
  out += kTextIndent;
  out += paint.Bold(label) + lines.substr(label.size()) + "\n";
}

void AppendBlock(const Block& block, const Paint& paint, std::string& out) {
  out += kTextIndent;
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

// The first sentence, of text that has several.
std::string_view FirstSentence(std::string_view text) {
  const size_t end = text.find(". ");
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

// What the figures of a finding are, in one paragraph: what is short first.
std::string FactsLine(const Finding& finding) {
  std::string line;
  std::string expression;
  for (const auto& [name, figure] : finding.evidence) {
    if (name == "operation") continue;
    std::string& part = name == "expression" ? expression : line;
    part += (part.empty() ? "" : "; ") + name + " " + figure;
  }
  return line + (line.empty() || expression.empty() ? "" : "; ") + expression;
}

}  // namespace

void AppendTextHead(const Report& report, const Paint& paint, std::string& out) {
  if (report.requests > 0 || report.to_ms > 0) {
    out += paint.Bold("dynarock " + report.version) + ": " + Plural(report.requests, "request");
    if (report.from_ms > 0) out += ", " + SpanText(report.from_ms, report.to_ms);
    if (report.paused_ms > 0) out += ", paused for " + DurationText(report.paused_ms);
    out += "\n\n";
  }
  if (!report.run_note.empty()) out += Wrapped(report.run_note, "", kTextWidth) + "\n\n";
}

void AppendWholeFinding(const Finding& finding, const Paint& paint, std::string& out) {
  const std::string place = PlaceOf(finding);
  if (!place.empty()) out += paint.Bold(place + ":") + " ";
  out += paint.Of(finding.severity, std::string(SeverityName(finding.severity)) + ":") + " ";
  out += paint.Bold(finding.title) + "  " + paint.Dim("[" + finding.id + "]") + "\n";
  AppendFacts(finding, paint, out);
  AppendParagraph("In production:", finding.consequence, paint, out);
  AppendParagraph("Instead:", finding.advice, paint, out);
  for (const Block& block : finding.blocks) AppendBlock(block, paint, out);
}

void AppendShortFinding(const Finding& finding, bool advice, const Paint& paint, std::string& out) {
  const std::string place = PlaceOf(finding);
  const std::string severity(SeverityName(finding.severity));
  const std::string where = Where(finding.table, finding.index);
  // Wrapped as a whole, then painted: the severity stands first, the rule last.
  std::string first = (place.empty() ? "" : place + ": ") + severity + ": " + finding.title +
                      "  [" + finding.id + "]";
  const bool note = finding.severity == Severity::kNote;
  if (note && !where.empty()) first += " " + where;
  const std::string lines = Wrapped(first, kTextIndent, kTextWidth);
  const size_t at = place.empty() ? 0 : lines.find(severity + ":");
  out += lines.substr(0, at) + paint.Of(finding.severity, severity + ":") +
         lines.substr(at + severity.size() + 1) + "\n";
  if (note) return;
  const std::string facts = FactsLine(finding);
  if (!where.empty() || !facts.empty()) {
    const std::string line = where + (where.empty() || facts.empty() ? "" : ": ") + facts;
    out += std::string(kTextIndent) + Shortened(line, kShortLine) + "\n";
  }
  if (!advice || finding.advice.empty()) return;
  const std::string instead =
      Shortened("Instead: " + std::string(FirstSentence(finding.advice)), 2 * kShortLine - 20);
  out += std::string(kTextIndent) + Wrapped(instead, kTextIndent, kShortLine) + "\n";
}

std::string FindingText(const Finding& finding) {
  std::string out;
  AppendWholeFinding(finding, Paint(false), out);
  return out;
}

std::string CountsLine(const Report& report) {
  if (report.findings.empty()) return "no findings\n";
  return Plural(CountOf(report, Severity::kError), "error") + ", " +
         Plural(CountOf(report, Severity::kWarning), "warning") + ", " +
         Plural(CountOf(report, Severity::kNote), "note") + "\n";
}

std::string WholeText(const Report& report, const Paint& paint) {
  std::string out;
  AppendTextHead(report, paint, out);
  for (const Finding& finding : report.findings) {
    AppendWholeFinding(finding, paint, out);
    out += '\n';
  }
  AppendWholeCosts(report, paint, out);
  return out + CountsLine(report);
}

std::string RenderText(const Report& report, const RenderOptions& options) {
  const Paint paint(options.color);
  return options.whole ? WholeText(report, paint) : ScreenText(report, paint, options.whole_by);
}

}  // namespace dynarock::findings
