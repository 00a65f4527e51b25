#include "server/findings/run/shutdown.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <unistd.h>

#include "server/findings/cost/figures.h"
#include "server/findings/render/clean.h"

namespace dynarock::findings::run {

namespace {

constexpr size_t kMostLines = 10;

bool Write(std::FILE* out, const std::string& text) {
  return std::fwrite(text.data(), 1, text.size(), out) == text.size() && std::fflush(out) == 0;
}

bool WriteFile(const std::string& path, const std::string& text) {
  std::FILE* out = std::fopen(path.c_str(), "wb");
  if (out == nullptr) return false;
  const bool written = Write(out, text);
  return std::fclose(out) == 0 && written;
}

}  // namespace

std::string Summary(const findings::Report& report) {
  const size_t errors = CountOf(report, findings::Severity::kError);
  const size_t warnings = CountOf(report, findings::Severity::kWarning);
  if (errors + warnings == 0) return {};
  std::string text = "dynarock: " + findings::Plural(errors, "error") + " and " +
                     findings::Plural(warnings, "warning") + " in " +
                     findings::Plural(report.requests, "request") + "\n";
  size_t lines = 0;
  const findings::Report clean = findings::Cleaned(report, findings::Cleaning::kPrintable);
  for (const findings::Finding& finding : clean.findings) {
    if (finding.severity == findings::Severity::kNote) continue;
    if (++lines > kMostLines) continue;
    const std::string where = findings::Where(finding.table, finding.index);
    text += "  " + std::string(SeverityName(finding.severity)) + ": " + finding.title + "  [" +
            finding.id + "]" + (where.empty() ? "" : " " + where) + "\n";
  }
  if (lines > kMostLines) {
    text += "  and " + std::to_string(lines - kMostLines) + " more; --report FILE has all of it\n";
  }
  return text;
}

int EndRun(const Desk& desk, std::FILE* summary) {
  const findings::Report report = desk.Snapshot();
  const Settings& settings = desk.settings();
  int status = 0;
  if (settings.fail_on && std::any_of(report.findings.begin(), report.findings.end(),
                                      [&](const findings::Finding& finding) {
                                        return finding.severity >= *settings.fail_on;
                                      })) {
    status = kFindingsStatus;
  }
  for (const File& file : settings.files) {
    findings::RenderOptions options;
    options.fail_on = settings.fail_on.value_or(findings::Severity::kError);
    options.whole = settings.all;
    options.whole_by = "--report-all";
    options.color = file.path == "-" && isatty(STDOUT_FILENO) != 0;
    const std::string text = Render(report, file.format, options);
    errno = 0;
    if (file.path == "-" ? Write(stdout, text) : WriteFile(file.path, text)) continue;
    std::fprintf(stderr, "dynarock: --report %s: %s\n", file.path.c_str(), std::strerror(errno));
    status = 1;
  }
  if (summary == nullptr) return status;
  std::string text = Summary(report);
  if (!report.run_note.empty()) text += "dynarock: " + report.run_note + "\n";
  if (report.paused_ms > 0) {
    text += "dynarock: the advisor was paused for " + findings::DurationText(report.paused_ms) +
            "; requests sent in that time were not analysed\n";
  }
  if (status == kFindingsStatus) {
    text += "dynarock: exiting with status 3 because of --fail-on " +
            std::string(SeverityName(*settings.fail_on)) + "\n";
  }
  Write(summary, text);
  return status;
}

}  // namespace dynarock::findings::run
