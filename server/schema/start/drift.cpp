#include "server/schema/start/drift.h"

#include <algorithm>
#include <utility>

#include "server/trace/trace.h"

namespace dynarock::schema {

namespace {

const std::string kActual = "the test's table";

findings::Finding Make(const WantedTable& wanted, findings::Severity severity, std::string title) {
  findings::Finding finding;
  finding.id = "drift";
  finding.severity = severity;
  finding.table = wanted.table.name;
  finding.title = std::move(title);
  finding.count = 1;
  finding.file = wanted.place.file;
  finding.line = wanted.place.line;
  finding.column = wanted.place.column;
  return finding;
}

}  // namespace

std::vector<findings::Finding> Drift(const WantedTable& wanted, const TableDescription& actual,
                                     const std::string& actual_name) {
  std::vector<findings::Finding> findings;
  std::string rest;
  // What a CreateTable request cannot say comes with calls of its own.
  const bool request = actual.created_ms == 0;
  for (const Difference& difference : Differences(wanted.table, actual, actual_name)) {
    if (request && (difference.member == "TimeToLiveSpecification" ||
                    difference.member == "PointInTimeRecoverySpecification")) {
      continue;
    }
    if (!difference.behaviour) {
      rest += (rest.empty() ? "" : "; ") + difference.text;
      continue;
    }
    findings::Finding finding =
        Make(wanted, findings::Severity::kWarning, wanted.table.name + ": " + difference.text);
    finding.consequence =
        "Tests run against another table than the one that is deployed: what passes here may fail "
        "there.";
    finding.advice = "Create the table from the file (--schema), or bring the file up to date.";
    findings.push_back(std::move(finding));
  }
  if (rest.empty()) return findings;
  findings::Finding finding =
      Make(wanted, findings::Severity::kNote, wanted.table.name + ": " + rest);
  finding.consequence = "Requests are answered alike; cost and safety differ.";
  findings.push_back(std::move(finding));
  return findings;
}

DriftObserver::DriftObserver(std::vector<WantedTable> wanted) : wanted_(std::move(wanted)) {}

void DriftObserver::Observe(const protocol::Observation& observation) {
  const TableDescription* table = observation.trace.asked();
  if (table == nullptr) return;
  if (observation.error != nullptr && observation.error->kind != ErrorKind::kResourceInUse) return;
  const auto wanted = std::find_if(wanted_.begin(), wanted_.end(), [&](const WantedTable& w) {
    return w.table.name == table->name;
  });
  if (wanted == wanted_.end()) return;
  const std::scoped_lock lock(mutex_);
  if (Drift(*wanted, *table, "the request").empty()) return;
  Asked& asked = asked_[wanted->table.name];
  asked.table = *table;
  asked.user_agent = observation.user_agent;
  ++asked.count;
}

std::vector<findings::Finding> DriftObserver::Findings(const Store& store) const {
  std::vector<findings::Finding> findings;
  const auto tables = store.All();
  const std::scoped_lock lock(mutex_);
  for (const WantedTable& wanted : wanted_) {
    // The table itself, and what a test asked for where that differs in other ways.
    std::vector<findings::Finding> own;
    if (const auto asked = asked_.find(wanted.table.name); asked != asked_.end()) {
      own = Drift(wanted, asked->second.table, kActual);
      for (findings::Finding& finding : own) {
        finding.user_agent = asked->second.user_agent;
        finding.count = asked->second.count;
      }
    }
    for (const auto& table : tables) {
      if (table->name() != wanted.table.name) continue;
      for (findings::Finding& finding : Drift(wanted, table->description(), kActual)) {
        const bool said = std::any_of(own.begin(), own.end(), [&](const auto& other) {
          return other.title == finding.title;
        });
        if (!said) own.push_back(std::move(finding));
      }
    }
    std::move(own.begin(), own.end(), std::back_inserter(findings));
  }
  return findings;
}

}  // namespace dynarock::schema
