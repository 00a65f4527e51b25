// The report as JUnit XML: each finding a test, so that every CI shows it. Those that shall fail
// the build are failures, the others skipped tests.
#include <algorithm>

#include "server/findings/cost/figures.h"
#include "server/findings/render/format.h"
#include "server/findings/render/markup.h"
#include "server/findings/render/renderers.h"
#include "storage/clock/iso_time.h"

namespace dynarock::findings {

namespace {

// What the CI groups tests by: the file, else the table.
std::string GroupOf(const Finding& finding) {
  if (!finding.file.empty()) return finding.file;
  const std::string where = Where(finding.table, finding.index);
  return where.empty() ? "dynarock" : where;
}

void AppendCase(const Finding& finding, bool fails, std::string& out) {
  out += "    <testcase classname=\"" + Escaped(GroupOf(finding)) + "\" name=\"" +
         Escaped(finding.id + ": " + finding.title) + "\" time=\"0\"";
  if (!finding.file.empty()) {
    out += " file=\"" + Escaped(finding.file) + "\"";
    if (finding.line > 0) out += " line=\"" + std::to_string(finding.line) + "\"";
  }
  out += ">\n";
  const std::string text = Escaped(FindingText(finding));
  if (fails) {
    out += "      <failure type=\"" + std::string(SeverityName(finding.severity)) +
           "\" message=\"" + Escaped(finding.title) + "\">" + text + "</failure>\n";
  } else {
    out += "      <skipped message=\"" + std::string(SeverityName(finding.severity)) + ": " +
           Escaped(finding.title) + "\"/>\n      <system-out>" + text + "</system-out>\n";
  }
  out += "    </testcase>\n";
}

}  // namespace

std::string RenderJunit(const Report& report, Severity fail_on) {
  const auto fails = [&](const Finding& finding) { return finding.severity >= fail_on; };
  const auto failures =
      static_cast<size_t>(std::count_if(report.findings.begin(), report.findings.end(), fails));
  const size_t skipped = report.findings.size() - failures;
  const std::string counts =
      "tests=\"" + std::to_string(std::max<size_t>(1, report.findings.size())) + "\" failures=\"" +
      std::to_string(failures) + "\" errors=\"0\" skipped=\"" + std::to_string(skipped) +
      "\" time=\"0\"";
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"dynarock\" " +
                    counts + ">\n  <testsuite name=\"dynarock\" " + counts;
  if (report.from_ms > 0) {
    // JUnit's schema wants the time without a zone.
    out += " timestamp=\"" + IsoTime(report.from_ms).substr(0, 19) + "\"";
  }
  out += ">\n";
  for (const Finding& finding : report.findings) AppendCase(finding, fails(finding), out);
  if (report.findings.empty()) {
    out += "    <testcase classname=\"dynarock\" name=\"no findings\" time=\"0\"/>\n";
  }
  out += "  </testsuite>\n</testsuites>\n";
  return out;
}

}  // namespace dynarock::findings
