// The advisor's report: what was seen, put together and judged by the rules.
#include <algorithm>
#include <tuple>

#include "server/advisor/advisor.h"
#include "server/advisor/rules/library_run.h"
#include "server/advisor/rules/rules.h"
#include "server/advisor/same_cause.h"

namespace dynarock::advisor {

using findings::CostRow;
using findings::Report;
using findings::StorageRow;

namespace {

bool Before(const Finding& a, const Finding& b) {
  if (a.severity != b.severity) return a.severity > b.severity;
  if (a.count != b.count) return a.count > b.count;
  return std::tie(a.id, a.table, a.index, a.title) < std::tie(b.id, b.table, b.index, b.title);
}

void AddCosts(const RequestKind& kind, std::vector<CostRow>& rows) {
  CostRow& row = rows.emplace_back();
  row.operation = kind.operation;
  row.table = kind.table;
  row.index = kind.index;
  row.expression = kind.Text();
  row.requests = kind.traffic.requests();
  row.requests_elsewhere = kind.traffic.requests_of_others;
  row.requests_elsewhere_here = kind.traffic.requests_of_others_here;
  row.read_units = kind.traffic.read_units();
  row.write_units = kind.traffic.write_units();
  row.items_read = kind.traffic.items_read();
  row.items_returned = kind.traffic.items_returned();
  row.most_units = static_cast<double>(kind.traffic.most_halves) / 2;
}

// What writes to the table cost in its indexes.
void AddIndexCosts(const RequestKind& kind, std::vector<CostRow>& rows) {
  for (const IndexWrites::Arm& arm : kind.index_writes.arms()) {
    if (arm.writes == 0) continue;
    CostRow& row = rows.emplace_back();
    row.operation = kind.operation;
    row.table = kind.table;
    row.index = arm.index;
    row.expression = kind.Text();
    row.requests = arm.writes;
    row.write_units = static_cast<double>(arm.halves) / 2;
    row.most_units = static_cast<double>(arm.most_halves) / 2;
    row.index_writes = true;
  }
}

void AddStorage(const TableCase& given, std::vector<StorageRow>& rows) {
  const auto add = [&](std::string index, const Counters& counters) {
    const auto positive = [](const std::atomic<int64_t>& count) {
      return static_cast<uint64_t>(std::max<int64_t>(0, count.load(std::memory_order_relaxed)));
    };
    rows.push_back(
        {given.name, std::move(index), positive(counters.items), positive(counters.bytes)});
  };
  add("", given.table->state().counters);
  for (const Index& index : given.table->indexes()) {
    if (!index.deleting) add(index.name, *index.counters);
  }
}

// Settings may have changed since the last request for items: TTL was turned on after the load.
void TakeNewest(const std::vector<std::shared_ptr<const Table>>& tables,
                std::shared_ptr<const Table>& table) {
  for (const auto& newest : tables) {
    if (newest->storage_id() == table->storage_id()) table = newest;
  }
}

void Replace(std::string& text, std::string_view name, std::string_view other) {
  for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
    text.replace(at, name.size(), other);
    at += other.size();
  }
}

// Tables that are counted as one are shown by what their names have in common.
void ShowFamilies(const std::map<std::string, TableFamilies::Family, std::less<>>& families,
                  Report& report) {
  const auto show = [&](std::string& table, std::initializer_list<std::string*> texts) {
    const auto found = families.find(table);
    if (found == families.end()) return uint64_t{0};
    const auto& [first, family] = *found;
    for (std::string* text : texts) Replace(*text, first, family.pattern);
    table = family.pattern;
    return family.tables;
  };
  for (Finding& finding : report.findings) {
    std::string expression;
    const auto shown = std::find_if(finding.evidence.begin(), finding.evidence.end(),
                                    [](const auto& entry) { return entry.first == "expression"; });
    std::string& text = shown == finding.evidence.end() ? expression : shown->second;
    const uint64_t tables = show(finding.table, {&finding.title, &finding.advice, &text});
    if (tables == 0) continue;
    finding.evidence.emplace_back("tables of this name, counted as one", Figure(tables));
  }
  for (CostRow& row : report.costs) show(row.table, {&row.expression});
  for (StorageRow& row : report.storage) show(row.table, {});
}

}  // namespace

int64_t Advisor::PausedMs() const {
  const std::lock_guard lock(pause_mutex_);
  auto paused_for = paused_for_;
  if (paused()) paused_for += std::chrono::steady_clock::now() - paused_since_;
  return std::chrono::duration_cast<std::chrono::milliseconds>(paused_for).count();
}

std::vector<TableCase> Advisor::TableCases() const {
  const auto newest =
      stored_ == nullptr ? std::vector<std::shared_ptr<const Table>>() : stored_->Tables();
  std::vector<TableCase> tables;
  for (const TableWatch* watch : tables_.All()) {
    TableCase table;
    table.table = watch->table();
    if (table.table == nullptr) continue;
    TakeNewest(newest, table.table);
    table.name = watch->name();
    table.facts = watch->Snapshot();
    table.first_ms = table.last_ms = watch->first_ms();
    tables.push_back(std::move(table));
  }
  std::sort(tables.begin(), tables.end(),
            [](const TableCase& a, const TableCase& b) { return a.name < b.name; });
  const std::lock_guard lock(added_mutex_);
  for (TableCase& table : tables) {
    for (auto it = added_.lower_bound({table.name, ""});
         it != added_.end() && it->first == table.name; ++it) {
      table.added.push_back(it->second);
    }
  }
  return tables;
}

Case Advisor::Collect(int64_t now_ms) const {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                      std::chrono::steady_clock::now() - start_)
                      .count();
  Case given{.settings = settings_,
             .kinds = kinds_.All(),
             .tables = TableCases(),
             .families = kinds_.Families(),
             .undefined = errors_.undefined(),
             .repeats = errors_.repeats(),
             .too_large = errors_.too_large(),
             .refused_keys = errors_.refused_keys(),
             .unprocessed = unprocessed_.rows({static_cast<uint64_t>(ms), 0}),
             .deletions = deletions_.All(),
             .names = &names_,
             .trails = {},
             .stored = stored_,
             .now_ms = now_ms,
             .lives = lives_.counts()};
  for (TableCase& table : given.tables) {
    for (const RequestKind* kind : given.kinds) {
      if (kind->table != table.name) continue;
      table.kinds.push_back(kind);
      table.requests += kind->traffic.requests();
      table.last_ms = std::max(table.last_ms, kind->last_ms());
    }
  }
  const std::lock_guard lock(trails_mutex_);
  given.trails = trails_;
  return given;
}

findings::Report Advisor::Snapshot() const {
  Report report;
  report.version = DYNAROCK_VERSION;
  report.to_ms = clock_.now_ms();
  report.from_ms = std::min(start_wall_ms_, report.to_ms);  // the clock may have been set back
  report.requests = requests_.count();
  report.paused_ms = PausedMs();

  const Case given = Collect(report.to_ms);
  for (const TableCase& table : given.tables) AddStorage(table, report.storage);
  for (const Rule& rule : Rules()) rule.judge(given, report.findings);
  for (const RequestKind* kind : given.kinds) {
    if (kind->traffic.requests() == 0) continue;
    AddCosts(*kind, report.costs);
    AddIndexCosts(*kind, report.costs);
  }
  ShowFamilies(names_.All(), report);
  std::erase_if(report.findings,
                [&](const Finding& finding) { return settings_.Suppresses(finding); });
  report.run_note = LowerForLibrary(given, report.findings);
  std::stable_sort(report.findings.begin(), report.findings.end(), Before);
  report.findings = OneForEachCause(std::move(report.findings));
  std::stable_sort(report.findings.begin(), report.findings.end(), Before);
  std::stable_sort(report.costs.begin(), report.costs.end(),
                   [](const CostRow& a, const CostRow& b) {
                     return a.read_units + a.write_units > b.read_units + b.write_units;
                   });
  return report;
}

}  // namespace dynarock::advisor
