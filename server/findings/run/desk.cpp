#include "server/findings/run/desk.h"

#include <algorithm>

#include "server/findings/cost/budget.h"
#include "server/findings/cost/index_proposal.h"

namespace dynarock::findings::run {

findings::Report Desk::Snapshot(std::optional<double> requests_per_day) const {
  findings::Report report = source_.Snapshot();
  report.prices = settings_.prices;
  report.requests_per_day = requests_per_day.value_or(settings_.requests_per_day);
  for (findings::Finding& finding : report.findings) {
    findings::AddSavingEvidence(*report.prices, report.requests_per_day, finding);
    for (findings::Finding& other : finding.also_at) {
      findings::AddSavingEvidence(*report.prices, report.requests_per_day, other);
    }
  }
  findings::ApplyBudget(settings_.budget, report);
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const findings::Finding& a, const findings::Finding& b) {
                     return a.severity > b.severity;
                   });
  return report;
}

}  // namespace dynarock::findings::run
