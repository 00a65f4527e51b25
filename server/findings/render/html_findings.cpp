#include "server/findings/cost/figures.h"
#include "server/findings/render/format.h"
#include "server/findings/render/html_parts.h"
#include "server/findings/render/markup.h"

namespace dynarock::findings {

namespace {

void AppendFact(std::string_view name, std::string_view figure, std::string& out) {
  out += "<div><dt>" + Escaped(name) + "</dt><dd>" + Escaped(figure) + "</dd></div>";
}

void AppendFacts(const Finding& finding, std::string& out) {
  const bool client = !finding.user_agent.empty() && finding.example.empty();
  if (finding.evidence.empty() && finding.count == 0 && !client) return;
  out += "<dl>";
  for (const auto& [name, figure] : finding.evidence) AppendFact(name, figure, out);
  if (finding.count > 0) AppendFact("seen", SeenText(finding), out);
  if (client) AppendFact("client", finding.user_agent, out);
  out += "</dl>\n";
}

void AppendParagraph(std::string_view label, std::string_view text, std::string& out) {
  if (text.empty()) return;
  out += "<p><b>" + std::string(label) + "</b> " + Escaped(text) + "</p>\n";
}

void AppendFolded(std::string_view title, std::string_view text, std::string& out) {
  if (text.empty()) return;
  out += "<details><summary>" + Escaped(title) + "</summary><pre>" + Escaped(text) +
         "</pre></details>\n";
}

// The request, and below it the client that sent it.
std::string ExampleText(const Finding& finding) {
  if (finding.example.empty() || finding.user_agent.empty()) return finding.example;
  return finding.example + "\n\n" + finding.user_agent;
}

// The other tables of a finding, a line each with its figures.
std::string OthersText(const Finding& finding) {
  std::string text;
  for (const Finding& other : finding.also_at) {
    text += Where(other.table, other.index) + ": " + other.title;
    for (const auto& [name, figure] : other.evidence) text += "\n    " + name + ": " + figure;
    for (const Block& block : other.blocks) text += "\n    " + block.title + ":\n" + block.text;
    text += '\n';
  }
  return text;
}

void AppendFinding(const Finding& finding, std::string& out) {
  const std::string severity(SeverityName(finding.severity));
  out += "<article class=\"finding " + severity + "\">\n<h3><span class=\"badge\">" + severity +
         "</span> " + Escaped(finding.title) + "</h3>\n<p class=\"where\">";
  if (const std::string where = Where(finding.table, finding.index); !where.empty()) {
    out += "<b>" + Escaped(where) + "</b> ";
  }
  if (const std::string place = PlaceOf(finding); !place.empty()) {
    out += "<code>" + Escaped(place) + "</code> ";
  }
  out += "<code class=\"id\">" + Escaped(finding.id) + "</code></p>\n";
  AppendFacts(finding, out);
  AppendParagraph("In production", finding.consequence, out);
  AppendParagraph("Instead", finding.advice, out);
  AppendFolded("Example request", ExampleText(finding), out);
  for (const Block& block : finding.blocks) AppendFolded(block.title, block.text, out);
  AppendFolded("The same in other tables", OthersText(finding), out);
  out += "</article>\n";
}

}  // namespace

void AppendHtmlFindings(const Report& report, std::string& out) {
  out += "<section>\n<h2>Findings</h2>\n";
  if (report.findings.empty()) out += "<p class=\"quiet\">Nothing to say: no findings.</p>\n";
  for (const Finding& finding : report.findings) AppendFinding(finding, out);
  out += "</section>\n";
}

}  // namespace dynarock::findings
