#include "server/report/desk.h"

#include <algorithm>

#include "server/advisor/cost/budget.h"

namespace dynarock::report {

advisor::Report Desk::Snapshot(std::optional<double> requests_per_day) const {
  advisor::Report report = source_.Snapshot();
  report.prices = settings_.prices;
  report.requests_per_day = requests_per_day.value_or(settings_.requests_per_day);
  advisor::ApplyBudget(settings_.budget, report);
  std::stable_sort(
      report.findings.begin(), report.findings.end(),
      [](const advisor::Finding& a, const advisor::Finding& b) { return a.severity > b.severity; });
  return report;
}

}  // namespace dynarock::report
