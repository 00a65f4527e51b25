#include "server/advisor/rules/case.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace dynarock::advisor {

const TableCase* Case::FindTable(std::string_view name) const {
  const auto it = std::find_if(tables.begin(), tables.end(),
                               [&](const TableCase& table) { return table.name == name; });
  return it == tables.end() ? nullptr : &*it;
}

Finding Of(const RequestKind& kind, std::string_view id, Severity severity, std::string title) {
  Finding finding;
  finding.id = id;
  finding.severity = severity;
  finding.table = kind.table;
  finding.index = kind.index;
  finding.title = std::move(title);
  finding.example = kind.example;
  finding.user_agent = kind.user_agent;
  finding.count = kind.traffic.requests();
  finding.first_seen_ms = kind.first_ms;
  finding.last_seen_ms = kind.last_ms();
  finding.evidence.emplace_back("operation", kind.operation);
  if (const std::string text = kind.Text(); !text.empty()) {
    finding.evidence.emplace_back("expression", text);
  }
  return finding;
}

Finding Of(const TableCase& table, const Sighting& seen, std::string_view id, Severity severity,
           std::string title) {
  return Of(table.name, seen, id, severity, std::move(title));
}

Finding Of(std::string_view table, const Sighting& seen, std::string_view id, Severity severity,
           std::string title) {
  Finding finding;
  finding.id = id;
  finding.severity = severity;
  finding.table = table;
  finding.title = std::move(title);
  finding.example = seen.example;
  finding.user_agent = seen.user_agent;
  finding.count = seen.count;
  finding.first_seen_ms = seen.first_ms;
  finding.last_seen_ms = seen.last_ms;
  return finding;
}

std::string Figure(uint64_t count) {
  std::string digits = std::to_string(count);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string Units(double units) {
  const auto tenths = static_cast<uint64_t>(std::llround(units * 10));
  std::string text = Figure(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text;
}

std::string Percent(double part, double whole) {
  if (whole <= 0) return "0 %";
  const auto rounded = std::llround(100 * part / whole);
  // Not all, not none: never rounded to it.
  if (rounded == 100 && part < whole) return "more than 99 %";
  if (rounded == 0 && part > 0) return "less than 1 %";
  return std::to_string(rounded) + " %";
}

std::string Bytes(uint64_t bytes) {
  constexpr uint64_t kKilo = 1024;
  if (bytes < kKilo) return std::to_string(bytes) + " bytes";
  if (bytes < kKilo * kKilo) return Units(static_cast<double>(bytes) / kKilo) + " KB";
  return Units(static_cast<double>(bytes) / (kKilo * kKilo)) + " MB";
}

std::string Counted(uint64_t count, std::string_view noun) {
  std::string text = Figure(count) + " " + std::string(noun);
  if (count != 1) text += "s";
  return text;
}

}  // namespace dynarock::advisor
