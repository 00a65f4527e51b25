// date-partition-key: a table, or a global index, whose partition key is a day or a month, so that
// everything of the moment is written to one partition.
//
// Sees the partition keys in the requests (a sketch of the 48 most frequent) and how many items
// were written; of an index, the values in the items that are looked at. Speaks from
// `hot_key_requests` writes on when every key looks like a date with one common prefix at most
// (2026-11-25, 2026-11, 20261125, DAY#2026-11-25) and they got 50 writes each on average: a
// warning; of an index a note, a warning from 1000 writes on, since fewer writes may go to an index
// by date than to the table. Why: a test writes the data of a day in a moment, but also in
// production all writes of a day go to one key, and a partition takes 1000 write units a second.
#include <algorithm>
#include <cctype>

#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "date-partition-key";

bool IsNumber(std::string_view text, int least, int most) {
  if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) {
        return std::isdigit(static_cast<unsigned char>(c)) != 0;
      })) {
    return false;
  }
  const int number = std::stoi(std::string(text));
  return number >= least && number <= most;
}

// 2026-11-25, 2026/11/25, 2026-11, 20261125.
bool IsDate(std::string_view text) {
  constexpr int kFirst = 1990;
  constexpr int kLast = 2100;
  if (text.size() < 7 || text.size() > 10 || !IsNumber(text.substr(0, 4), kFirst, kLast)) {
    return false;
  }
  if (text.size() == 8)
    return IsNumber(text.substr(4, 2), 1, 12) && IsNumber(text.substr(6), 1, 31);
  if ((text[4] != '-' && text[4] != '/') || !IsNumber(text.substr(5, 2), 1, 12)) return false;
  return text.size() == 7 ||
         (text.size() == 10 && text[7] == text[4] && IsNumber(text.substr(8), 1, 31));
}

// "DAY#" of "DAY#2026-11-25"; nothing of a prefix that is an identifier.
std::string_view PrefixOf(std::string_view label) {
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  const auto end = std::find_if_not(label.begin(), label.end(), letter);
  const auto length = static_cast<size_t>(end - label.begin());
  const bool mark = end != label.end() && (*end == '#' || *end == ':' || *end == '_');
  return mark ? label.substr(0, length + 1) : std::string_view();
}

bool AreDates(const std::vector<std::string>& values) {
  if (values.empty()) return false;
  const std::string_view prefix = PrefixOf(values.front());
  return std::all_of(values.begin(), values.end(), [&](std::string_view value) {
    return value.starts_with(prefix) && IsDate(value.substr(prefix.size()));
  });
}

std::string ListOf(const std::vector<std::string>& values, size_t all) {
  std::string list;
  const size_t shown = std::min<size_t>(values.size(), 4);
  for (size_t i = 0; i < shown; ++i) {
    list.append(list.empty() ? "" : ", ").append("\"").append(values[i]).append("\"");
  }
  return all > shown ? list + ", ..." : list;
}

struct Dates {
  std::string name;  // of the attribute
  std::vector<std::string> values;
  uint64_t different = 0;
  uint64_t writes = 0;
};

Finding& Say(const TableCase& table, const Dates& dates, Severity severity, std::string title,
             std::vector<Finding>& findings) {
  Sighting seen;
  seen.count = dates.writes;
  seen.first_ms = table.first_ms;
  seen.last_ms = table.last_ms;
  Finding& finding = findings.emplace_back(Of(table, seen, kId, severity, std::move(title)));
  for (const RequestKind* kind : table.kinds) {
    if (trace::IsRead(kind->access_kind)) continue;
    finding.example = kind->example;
    finding.user_agent = kind->user_agent;
    break;
  }
  finding.evidence.emplace_back("values", ListOf(dates.values, dates.different));
  finding.evidence.emplace_back("different values, about", Figure(dates.different));
  finding.evidence.emplace_back("writes", Figure(dates.writes));
  finding.advice =
      "Put something that spreads in front of the date: a tenant or device, or a shard number "
      "(\"" +
      dates.values.front() +
      "#0\" to \"#9\", read all of them); keep the time in the "
      "sort key.";
  return finding;
}

constexpr uint64_t kEach = 50;

void JudgeTable(const Case& given, const TableCase& table, std::vector<Finding>& findings) {
  const KeySketch& keys = table.facts.keys;
  Dates dates;
  dates.writes = table.facts.writes;
  dates.different = keys.distinct();
  if (dates.writes < given.thresholds().hot_key_requests) return;
  if (dates.writes < kEach * dates.different) return;
  for (const KeySketch::Key& key : keys.Frequent()) dates.values.push_back(key.label);
  if (!AreDates(dates.values)) return;
  dates.name = table.table->key().hash.front().name;
  Finding& finding = Say(table, dates, Severity::kWarning,
                         "The partition key \"" + dates.name +
                             "\" is a date: everything of the moment is written to one partition.",
                         findings);
  finding.consequence =
      "All writes of a day or month share the 1000 write units a second of one partition key: "
      "beyond that they are throttled although the table has capacity left, while the partitions "
      "of the past are idle.";
}

void JudgeIndexes(const Case& given, const TableCase& table, std::vector<Finding>& findings) {
  constexpr uint64_t kMany = 1000;
  for (const auto& [index_name, facts] : table.facts.indexes) {
    const Index* index = table.table->FindIndex(index_name);
    if (index == nullptr || index->local || facts.many_values) continue;
    Dates dates;
    dates.name = index->key.hash.front().name;
    if (index->key.hash.size() > 1 || dates.name == table.table->key().hash.front().name) continue;
    dates.writes = std::max(
        facts.with, facts.with * table.facts.writes / std::max<uint64_t>(1, table.facts.looked_at));
    dates.different = facts.values.size();
    if (dates.writes < given.thresholds().hot_key_requests) continue;
    if (dates.writes < kEach * dates.different) continue;
    dates.values = facts.value_examples;
    if (!AreDates(dates.values)) continue;
    Finding& finding =
        Say(table, dates, dates.writes >= kMany ? Severity::kWarning : Severity::kNote,
            "The partition key \"" + dates.name + "\" of index " + index_name +
                " is a date: everything of the moment is written to one partition of the index.",
            findings);
    finding.index = index_name;
    finding.consequence =
        "All writes of a day or month share the 1000 write units a second of one partition key of "
        "the index. An index that is throttled throttles the writes to the table as well.";
  }
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    JudgeTable(given, table, findings);
    JudgeIndexes(given, table, findings);
  }
}

}  // namespace

extern const Rule kDatePartitionKey{kId, Judge};

}  // namespace dynarock::advisor
