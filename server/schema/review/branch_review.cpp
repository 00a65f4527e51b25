#include "server/schema/review/branch_review.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "server/schema/review/table_check.h"

namespace dynarock::schema {

namespace {

using Key = std::tuple<std::string, int, int, std::string>;

Key KeyOf(const findings::Finding& finding) {
  return {finding.file, finding.line, finding.column, finding.title};
}

struct Fault {
  findings::Finding finding;
  std::set<size_t> branches;  // that have it
};

// Whether a fault lies between properties. Each may be right by itself, under a condition of its
// own: that two parameters do not go together is then for those who give them.
bool IsBetweenProperties(const findings::Finding& finding) {
  return finding.id == "create-table" || finding.id == "replicas";
}

// What has to hold for a fault of some branches; empty: it is in all of them. Nullopt: nothing that
// one could say in a word, and the fault is one that asks for it.
std::optional<std::string> When(const Branches& branches, const Fault& fault) {
  const std::set<size_t>& faulty = fault.branches;
  if (faulty.size() == branches.all.size()) return std::string();
  const bool single = IsBetweenProperties(fault.finding);
  if (single && branches.partial) return std::nullopt;
  std::map<std::string, std::set<size_t>> holding;
  for (size_t i = 0; i < branches.all.size(); ++i) {
    for (const std::string& fact : branches.all[i].facts) holding[fact].insert(i);
  }
  const std::vector<std::string>& facts = branches.all[*faulty.begin()].facts;
  const std::string* best = nullptr;
  for (const std::string& fact : facts) {
    const std::set<size_t>& with = holding[fact];
    if (with == faulty) return fact;
    const bool enough = std::ranges::includes(faulty, with);
    if (enough && (best == nullptr || with.size() > holding[*best].size())) best = &fact;
  }
  if (best != nullptr) return *best;
  if (single) return std::nullopt;
  // No single fact: two that together are enough, or all there is to say.
  for (size_t i = 0; i < facts.size(); ++i) {
    for (size_t j = i + 1; j < facts.size(); ++j) {
      std::set<size_t> both;
      std::ranges::set_intersection(holding[facts[i]], holding[facts[j]],
                                    std::inserter(both, both.end()));
      if (std::ranges::includes(faulty, both)) return facts[i] + " and " + facts[j];
    }
  }
  std::string all;
  for (const std::string& fact : facts) all += (all.empty() ? "" : ", ") + fact;
  return all;
}

void ReviewTable(const Branches& branches, const std::set<Key>& known, Findings& findings) {
  std::map<Key, Fault> faults;
  for (size_t i = 0; i < branches.all.size(); ++i) {
    const Branch& branch = branches.all[i];
    const auto add = [&](const Message& message, const std::string& table) {
      if (message.severity != Severity::kError) return;
      findings::Finding finding = ToFinding(message, table);
      const Key key = KeyOf(finding);
      if (known.contains(key)) return;
      Fault& fault = faults[key];
      if (fault.branches.empty()) fault.finding = std::move(finding);
      fault.branches.insert(i);
    };
    for (const Message& message : branch.messages) add(message, {});
    const CheckedTable checked = CheckTable(branch.table);
    for (const Message& message : checked.messages) add(message, NameOf(branch.table));
  }
  for (auto& [key, fault] : faults) {
    const auto when = When(branches, fault);
    if (!when) continue;
    if (!when->empty()) fault.finding.title += " (when " + *when + ")";
    findings.push_back(std::move(fault.finding));
  }
}

}  // namespace

void ReviewBranches(const std::vector<Branches>& tables, Findings& findings) {
  std::set<Key> known;
  for (const findings::Finding& finding : findings) known.insert(KeyOf(finding));
  for (const Branches& branches : tables) ReviewTable(branches, known, findings);
}

}  // namespace dynarock::schema
