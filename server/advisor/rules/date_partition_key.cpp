// date-partition-key: a table whose partition key is a day or a month, so that everything of the
// moment is written to one partition.
//
// Sees the partition keys in the requests (a sketch of the 48 most frequent) and how many items
// were written. Speaks from `hot_key_requests` writes on when every key looks like a date with one
// common prefix at most (2026-11-25, 2026-11, 20261125, DAY#2026-11-25) and they got 50 writes each
// on average: a warning. Why: a test writes the data of a day in a moment, but also in production
// all writes of a day go to one key, and a partition takes 1000 write units a second.
#include <algorithm>
#include <cctype>

#include "server/advisor/rules.h"

namespace dynarock::advisor {

namespace {

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

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr uint64_t kEach = 50;
  for (const TableCase& table : given.tables) {
    const KeySketch& keys = table.facts.keys;
    const uint64_t writes = table.facts.writes;
    if (writes < given.thresholds().hot_key_requests || writes < kEach * keys.distinct()) continue;
    const auto frequent = keys.Frequent();
    if (frequent.empty()) continue;
    const std::string_view prefix = PrefixOf(frequent.front().label);
    std::string list;
    const bool dates = std::all_of(frequent.begin(), frequent.end(), [&](const auto& key) {
      const std::string_view label = key.label;
      return label.starts_with(prefix) && IsDate(label.substr(prefix.size()));
    });
    if (!dates) continue;
    for (size_t i = 0; i < std::min<size_t>(frequent.size(), 4); ++i) {
      list.append(list.empty() ? "" : ", ").append("\"").append(frequent[i].label).append("\"");
    }
    if (frequent.size() > 4) list += ", ...";
    Sighting seen;
    seen.count = writes;
    seen.first_ms = table.first_ms;
    seen.last_ms = table.last_ms;
    const std::string& name = table.table->key().hash.front().name;
    Finding& finding =
        findings.emplace_back(Of(table, seen, kDatePartitionKey.id, Severity::kWarning,
                                 "The partition key \"" + name +
                                     "\" is a date: everything of the moment is written to "
                                     "one partition."));
    for (const Shape* shape : table.shapes) {
      if (protocol::IsRead(shape->kind)) continue;
      finding.example = shape->example;
      finding.user_agent = shape->user_agent;
      break;
    }
    finding.evidence.emplace_back("values", list);
    finding.evidence.emplace_back("different values, about", Figure(keys.distinct()));
    finding.evidence.emplace_back("writes", Figure(writes));
    finding.consequence =
        "All writes of a day or month share the 1000 write units a second of one partition key: "
        "beyond that they are throttled although the table has capacity left, while the partitions "
        "of the past are idle.";
    finding.advice =
        "Put something that spreads in front of the date: a tenant or device, or a shard number "
        "(\"" +
        frequent.front().label +
        "#0\" to \"#9\", read all of them); keep the time in the "
        "sort key.";
  }
}

}  // namespace

const Rule kDatePartitionKey{"date-partition-key", Judge};

}  // namespace dynarock::advisor
