#include "server/findings/cost/budget.h"

#include <algorithm>

#include "server/document/map_reader.h"

namespace dynarock::findings {

namespace {

std::expected<BudgetEntry, std::string> ReadEntry(const document::Node& node) {
  document::MapReader map(
      node, "a budget",
      {"name", "operation", "table", "index", "expression", "units-per-request", "average-units",
       "units", "read-units", "write-units", "requests", "cost-per-month", "requests-per-day"});
  BudgetEntry entry;
  entry.place = node.place;
  entry.name = map.String("name").value_or("");
  entry.operation = map.String("operation");
  entry.table = map.String("table");
  entry.index = map.String("index");
  entry.expression = map.String("expression");
  entry.units_per_request = map.Number("units-per-request");
  entry.average_units = map.Number("average-units");
  entry.units = map.Number("units");
  entry.read_units = map.Number("read-units");
  entry.write_units = map.Number("write-units");
  entry.requests = map.Number("requests");
  entry.cost_per_month = map.Number("cost-per-month");
  entry.requests_per_day = map.Number("requests-per-day");
  if (!entry.units_per_request && !entry.average_units && !entry.units && !entry.read_units &&
      !entry.write_units && !entry.requests && !entry.cost_per_month) {
    map.Complain(node.place,
                 "a budget needs a limit: units-per-request, average-units, units, read-units, "
                 "write-units, requests or cost-per-month");
  }
  if (entry.requests_per_day && !entry.cost_per_month) {
    map.Complain(node.place, "\"requests-per-day\" belongs to \"cost-per-month\"");
  }
  if (!map.error().empty()) return std::unexpected(map.error());
  return entry;
}

}  // namespace

std::expected<Budget, std::string> ReadBudget(const document::Node& root) {
  document::MapReader file(root, "a budget file", {"budgets"});
  const document::Node* list = file.Required("budgets");
  if (list && list->kind != document::Node::Kind::kList) {
    file.Complain(list->place, "\"budgets\" is a list");
  }
  if (!file.error().empty()) return std::unexpected(file.error());
  Budget budget;
  for (const document::Node& node : list->list) {
    auto entry = ReadEntry(node);
    if (!entry) return std::unexpected(std::move(entry).error());
    budget.entries.push_back(*std::move(entry));
  }
  if (budget.entries.empty()) {
    return std::unexpected(document::Complaint(list->place, "\"budgets\" is empty"));
  }
  return budget;
}

bool Matches(std::string_view pattern, std::string_view text) {
  // Goes back to the last star when the rest does not match.
  size_t star = std::string_view::npos;
  size_t after_star = 0;
  size_t p = 0;
  size_t t = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      after_star = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++after_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace dynarock::findings
