// The report as GitHub workflow commands, which a step prints to annotate the lines of a change
// (GitHub's documentation, "Workflow commands for GitHub Actions").
#include "server/findings/cost/figures.h"
#include "server/findings/render/format.h"
#include "server/findings/render/renderers.h"

namespace dynarock::findings {

namespace {

// The runner's own escapes: of a message, and of a property, whose end a comma or colon would be.
std::string Encoded(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      case ':':
        out += property ? "%3A" : ":";
        break;
      case ',':
        out += property ? "%2C" : ",";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string_view CommandOf(Severity severity) {
  return severity == Severity::kNote ? "notice" : SeverityName(severity);
}

std::string Message(const Finding& finding) {
  std::string text = finding.title;
  if (const std::string where = Where(finding.table, finding.index); !where.empty()) {
    text += "\nTable: " + where;
  }
  for (const auto& [name, figure] : finding.evidence) text += "\n" + name + ": " + figure;
  if (!finding.consequence.empty()) text += "\nIn production: " + finding.consequence;
  if (!finding.advice.empty()) text += "\nInstead: " + finding.advice;
  return text;
}

}  // namespace

std::string RenderGithub(const Report& report) {
  std::string out;
  for (const Finding& finding : report.findings) {
    out += "::" + std::string(CommandOf(finding.severity)) + " ";
    if (!finding.file.empty()) {
      out += "file=" + Encoded(finding.file, true) + ",";
      if (finding.line > 0) out += "line=" + std::to_string(finding.line) + ",";
      if (finding.line > 0 && finding.column > 0) {
        out += "col=" + std::to_string(finding.column) + ",";
      }
    }
    out += "title=" + Encoded("dynarock " + finding.id, true) +
           "::" + Encoded(Message(finding), false) + "\n";
  }
  return out;
}

}  // namespace dynarock::findings
