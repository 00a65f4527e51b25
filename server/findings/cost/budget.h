// What requests may cost: a file of limits, and the findings where a report exceeds them.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/document/node.h"
#include "server/findings/report.h"

namespace dynarock::findings {

// Limits for the requests that match. Patterns: "*" stands for any characters; nullopt for any
// value at all. Units are read and write units together where nothing else is said.
struct BudgetEntry {
  std::string name;  // for people; empty: none
  std::optional<std::string> operation;
  std::optional<std::string> table;
  std::optional<std::string> index;  // "": only what is sent to the table itself
  std::optional<std::string> expression;

  // Of each kind of request by itself, with what it writes to indexes.
  std::optional<double> units_per_request;  // of the costliest one
  std::optional<double> average_units;
  // Of all that match, in the whole run.
  std::optional<double> units;
  std::optional<double> read_units;
  std::optional<double> write_units;
  std::optional<double> requests;
  // Of all that match, as a mix at so many requests a day (nullopt: the report's), on demand.
  std::optional<double> cost_per_month;
  std::optional<double> requests_per_day;

  document::Place place;
};

struct Budget {
  std::vector<BudgetEntry> entries;
};

// Out of the root of a budget file (docs/report.md). Error: one line with its place.
std::expected<Budget, std::string> ReadBudget(const document::Node& root);

// Whether `text` matches `pattern`, in which "*" stands for any characters, also none.
bool Matches(std::string_view pattern, std::string_view text);

// Adds to report.findings: "budget-exceeded", an error for each limit that is exceeded (by each
// kind of request, for limits of kinds), and "budget-without-requests", a note for each entry that
// no request matches. Costs are compared only where the report has prices.
void ApplyBudget(const Budget& budget, Report& report);

}  // namespace dynarock::findings
