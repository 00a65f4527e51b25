#include "tests/unit/server/schema/review/review_client.h"

#include "server/schema/reader/reader.h"
#include "server/schema/review/review.h"

namespace dynarock::schema {

namespace {

std::vector<std::string> Said(const std::string& name, const std::string& text,
                              const ReadOptions& options, bool notes) {
  std::vector<std::string> lines;
  const Reading reading = ReadFile({.path = name, .text = text}, options);
  for (const findings::Finding& finding : Review(reading)) {
    const bool note = finding.severity == Severity::kNote;
    if (note && !notes) continue;
    const char* severity = note                                     ? "note "
                           : finding.severity == Severity::kWarning ? "warning "
                                                                    : "error ";
    lines.push_back(std::to_string(finding.line) + ":" + std::to_string(finding.column) + " " +
                    severity + finding.id + ": " + finding.title);
  }
  return lines;
}

}  // namespace

std::vector<std::string> Lines(const std::string& name, const std::string& text,
                               const ReadOptions& options) {
  return Said(name, text, options, true);
}

std::vector<std::string> Complaints(const std::string& name, const std::string& text,
                                    const ReadOptions& options) {
  return Said(name, text, options, false);
}

std::string RequestOf(const std::string& name, const std::string& text,
                      const ReadOptions& options) {
  const Reading reading = ReadFile({.path = name, .text = text}, options);
  return reading.tables.empty() ? "no table" : Shown(reading.tables.front().request);
}

}  // namespace dynarock::schema
