#include "server/findings/run/desk.h"

#include <algorithm>

#include "server/findings/cost/budget.h"
#include "server/findings/cost/index_proposal.h"

namespace dynarock::report {

advisor::Report Desk::Snapshot(std::optional<double> requests_per_day) const {
  advisor::Report report = source_.Snapshot();
  report.prices = settings_.prices;
  report.requests_per_day = requests_per_day.value_or(settings_.requests_per_day);
  for (advisor::Finding& finding : report.findings) {
    advisor::AddSavingEvidence(*report.prices, report.requests_per_day, finding);
  }
  advisor::ApplyBudget(settings_.budget, report);
  std::stable_sort(
      report.findings.begin(), report.findings.end(),
      [](const advisor::Finding& a, const advisor::Finding& b) { return a.severity > b.severity; });
  return report;
}

}  // namespace dynarock::report
