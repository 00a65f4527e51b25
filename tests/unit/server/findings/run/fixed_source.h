// A source that has always seen the same.
#pragma once

#include "server/findings/report_source.h"

namespace dynarock::findings::run {

class FixedSource : public findings::ReportSource {
 public:
  explicit FixedSource(findings::Report report) : report_(std::move(report)) {}
  findings::Report Snapshot() const override { return report_; }

 private:
  findings::Report report_;
};

// Two requests of one kind, and findings of these severities.
inline findings::Report SomeReport(std::vector<findings::Severity> severities) {
  findings::Report report;
  report.version = "0.1.0";
  report.requests = 2;
  report.costs = {{.operation = "Query",
                   .table = "orders",
                   .index = "",
                   .expression = "c = :c",
                   .requests = 2,
                   .read_units = 10,
                   .items_read = 40,
                   .items_returned = 4,
                   .most_units = 6}};
  for (const findings::Severity severity : severities) {
    findings::Finding finding;
    finding.id = "rule-" + std::to_string(report.findings.size() + 1);
    finding.severity = severity;
    finding.table = "orders";
    finding.title = "Something was seen";
    report.findings.push_back(std::move(finding));
  }
  return report;
}

}  // namespace dynarock::findings::run
