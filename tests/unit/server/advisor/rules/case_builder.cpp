#include "tests/unit/server/advisor/rules/case_builder.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace dynarock::advisor {

namespace {

constexpr int64_t kFirstMs = 1'900'000'000'000;
constexpr int64_t kNowMs = kFirstMs + 60'000;

std::string_view NameOf(Severity severity) {
  switch (severity) {
    case Severity::kNote:
      return "note";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "";
}

}  // namespace

const Rule& RuleNamed(std::string_view id) {
  const auto found = std::ranges::find(Rules(), id, &Rule::id);
  if (found == Rules().end()) throw std::invalid_argument(std::string(id));
  return *found;
}

CaseBuilder::CaseBuilder()
    : case_{.settings = settings_,
            .kinds = {},
            .tables = {},
            .families = {},
            .undefined = {},
            .repeats = {},
            .too_large = {},
            .refused_keys = {},
            .unprocessed = {},
            .deletions = {},
            .names = &names_,
            .trails = {},
            .stored = nullptr,
            .now_ms = kNowMs} {}

TableCase& CaseBuilder::AddTable(TableDescription description) {
  TableCase& table = tables_.emplace_back();
  table.name = description.name;
  table.table = std::make_shared<Table>(
      "", std::move(description), std::make_shared<TableState>(StorageId{tables_.size()}), nullptr);
  table.first_ms = table.last_ms = kFirstMs;
  return table;
}

RequestKind& CaseBuilder::AddKind(std::string_view operation, trace::AccessKind kind,
                                  std::string_view table, std::string_view index) {
  RequestKind& made = kinds_.emplace_back();
  made.operation = operation;
  made.access_kind = kind;
  made.table = table;
  made.index = index;
  made.first_ms = kFirstMs;
  return made;
}

std::vector<Finding> CaseBuilder::Findings(const Rule& rule) {
  case_.kinds.clear();
  for (const RequestKind& kind : kinds_) case_.kinds.push_back(&kind);
  case_.tables.assign(tables_.begin(), tables_.end());
  for (TableCase& table : case_.tables) {
    for (const RequestKind& kind : kinds_) {
      if (kind.table != table.name) continue;
      table.kinds.push_back(&kind);
      table.requests += kind.traffic.requests();
    }
  }
  std::vector<Finding> findings;
  rule.judge(case_, findings);
  return findings;
}

std::string CaseBuilder::Judged(const Rule& rule) {
  std::string text;
  for (const Finding& finding : Findings(rule)) {
    text.append(text.empty() ? "" : " ").append(NameOf(finding.severity));
  }
  return text;
}

std::string CaseBuilder::Said(const Rule& rule) {
  std::string text;
  for (const Finding& finding : Findings(rule)) {
    EXPECT_EQ(finding.id, rule.id);
    text.append(NameOf(finding.severity)).append(" on ").append(finding.table);
    if (!finding.index.empty()) text.append(", index ").append(finding.index);
    text.append("\n").append(finding.title).append("\n");
    for (const auto& [name, figure] : finding.evidence) {
      text.append(name).append(": ").append(figure).append("\n");
    }
    text.append("count: ").append(std::to_string(finding.count)).append("\n");
    if (!finding.example.empty()) text.append("example: ").append(finding.example).append("\n");
  }
  return text;
}

TableDescription WithIndexes(std::vector<IndexDescription> indexes) {
  TableDescription description = test::Describe("T", false);
  description.global_indexes = std::move(indexes);
  return description;
}

Sighting SeenTimes(uint64_t count, std::string detail) {
  Sighting seen;
  seen.count = count;
  seen.detail = std::move(detail);
  return seen;
}

}  // namespace dynarock::advisor
