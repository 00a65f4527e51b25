#include <algorithm>

#include "server/findings/cost/budget.h"
#include "server/findings/cost/estimate.h"
#include "server/findings/cost/figures.h"

namespace dynarock::findings {

namespace {

bool Matches(const BudgetEntry& entry, const CostRow& row) {
  const auto fits = [](const std::optional<std::string>& pattern, const std::string& text) {
    return !pattern || findings::Matches(*pattern, text);
  };
  return fits(entry.operation, row.operation) && fits(entry.table, row.table) &&
         fits(entry.index, row.index) && fits(entry.expression, row.expression);
}

// "Query on orders / by_day", or the budget's own name for what it matches.
std::string KindOf(const CostRow& row) {
  const std::string where = Where(row.table, row.index);
  return where.empty() ? row.operation : row.operation + " on " + where;
}

std::string MatchedBy(const BudgetEntry& entry) {
  std::string matched;
  const auto add = [&](std::string_view name, const std::optional<std::string>& pattern) {
    if (!pattern) return;
    matched += (matched.empty() ? "" : ", ") + std::string(name) + " \"" + *pattern + "\"";
  };
  add("operation", entry.operation);
  add("table", entry.table);
  add("index", entry.index);
  add("expression", entry.expression);
  return matched.empty() ? "all requests" : matched;
}

// The findings that one entry causes.
class Judge {
 public:
  Judge(const BudgetEntry& entry, const Report& report, std::vector<Finding>& findings)
      : entry_(entry), report_(report), findings_(findings) {}

  void Run() {
    CostRow sum;
    for (const CostRow& row : RequestKinds(report_)) {
      if (!Matches(entry_, row)) continue;
      ++kinds_;
      JudgeKind(row);
    }
    for (const CostRow& row : report_.costs) {
      if (!Matches(entry_, row)) continue;
      ++kinds_;
      if (!row.index_writes) sum.requests += row.requests;
      sum.read_units += row.read_units;
      sum.write_units += row.write_units;
    }
    if (kinds_ == 0) return Unmatched();
    JudgeAll(sum);
  }

 private:
  void JudgeKind(const CostRow& row) {
    if (entry_.units_per_request && row.most_units > *entry_.units_per_request) {
      Exceeded(row, KindOf(row) + " took " + SomeUnits(row.most_units) + " in one request",
               "units-per-request", SomeUnits(*entry_.units_per_request));
    }
    const double average =
        row.requests == 0 ? 0
                          : (row.read_units + row.write_units) / static_cast<double>(row.requests);
    if (entry_.average_units && average > *entry_.average_units) {
      Exceeded(row, KindOf(row) + " takes " + SomeUnits(average) + " on average", "average-units",
               SomeUnits(*entry_.average_units));
    }
  }

  void JudgeAll(const CostRow& sum) {
    const auto limit = [&](const std::optional<double>& most, double used, std::string_view name,
                           std::string_view what) {
      if (!most || used <= *most) return;
      Exceeded(sum, "The run took " + UnitsText(used) + " " + std::string(what), name,
               UnitsText(*most));
    };
    limit(entry_.units, sum.read_units + sum.write_units, "units", "units");
    limit(entry_.read_units, sum.read_units, "read-units", "read units");
    limit(entry_.write_units, sum.write_units, "write-units", "write units");
    limit(entry_.requests, static_cast<double>(sum.requests), "requests", "requests");
    if (!entry_.cost_per_month || !report_.prices) return;
    const double per_day = entry_.requests_per_day.value_or(report_.requests_per_day);
    const double cost = CostAMonth(sum, per_day, *report_.prices).on_demand;
    if (cost <= *entry_.cost_per_month) return;
    const std::string& currency = report_.prices->currency;
    Exceeded(sum,
             TrafficText(per_day) + " of these requests a day cost " + MoneyText(cost, currency) +
                 " a month on demand",
             "cost-per-month", MoneyText(*entry_.cost_per_month, currency));
  }

  void Exceeded(const CostRow& row, const std::string& what, std::string_view limit,
                const std::string& allowed) {
    Finding finding = Base("budget-exceeded", Severity::kError);
    finding.table = row.table;
    finding.index = row.index;
    finding.title = what + "; the budget allows " + allowed;
    finding.count = row.requests;
    if (!row.expression.empty()) finding.evidence.emplace_back("expression", row.expression);
    if (row.operation.empty()) finding.evidence.emplace_back("budget for", MatchedBy(entry_));
    finding.evidence.emplace_back("requests", CountText(row.requests));
    finding.evidence.emplace_back("read units", UnitsText(row.read_units));
    finding.evidence.emplace_back("write units", UnitsText(row.write_units));
    if (row.items_read > 0) {
      finding.evidence.emplace_back("items read", CountText(row.items_read));
      finding.evidence.emplace_back("items returned", CountText(row.items_returned));
    }
    if (report_.prices) finding.consequence = MonthText(row);
    finding.advice =
        "Make the requests cheaper, or raise \"" + std::string(limit) + "\" of this budget.";
    findings_.push_back(std::move(finding));
  }

  std::string MonthText(const CostRow& row) const {
    const MonthlyCost cost = CostAMonth(row, report_.requests_per_day, *report_.prices);
    const std::string& currency = report_.prices->currency;
    return TrafficText(report_.requests_per_day) + " of these requests a day cost " +
           MoneyText(cost.on_demand, currency) + " a month on demand, " +
           MoneyText(cost.provisioned, currency) + " provisioned (" + report_.prices->region + ").";
  }

  void Unmatched() {
    Finding finding = Base("budget-without-requests", Severity::kNote);
    finding.title = "No request matched this budget (" + MatchedBy(entry_) + ")";
    finding.consequence =
        "It limits nothing: its patterns contain a mistake, or the run did not get that far.";
    finding.advice = "Compare its patterns with the requests in this report.";
    findings_.push_back(std::move(finding));
  }

  Finding Base(std::string id, Severity severity) const {
    Finding finding;
    finding.id = std::move(id);
    finding.severity = severity;
    finding.file = entry_.place.file;
    finding.line = entry_.place.line;
    finding.column = entry_.place.column;
    if (!entry_.name.empty()) finding.evidence.emplace_back("budget", entry_.name);
    return finding;
  }

  static std::string SomeUnits(double units) {
    return UnitsText(units) + (units == 1 ? " unit" : " units");
  }

  const BudgetEntry& entry_;
  const Report& report_;
  std::vector<Finding>& findings_;
  int kinds_ = 0;
};

}  // namespace

void ApplyBudget(const Budget& budget, Report& report) {
  std::vector<Finding> findings;
  for (const BudgetEntry& entry : budget.entries) Judge(entry, report, findings).Run();
  for (Finding& finding : findings) report.findings.push_back(std::move(finding));
}

}  // namespace dynarock::findings
