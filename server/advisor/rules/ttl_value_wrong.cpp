// ttl-value-wrong: values of the TTL attribute that never expire an item; or a TTL attribute that
// no item has.
//
// Sees the TTL attribute of items written while TTL is on: a string; milliseconds instead of
// seconds; a time more than five years ago, which TTL leaves alone. The first one is enough: an
// error, or a warning for times long past. And ten items or more without the attribute, none with
// it, while another attribute looks like an expiry: a warning. Why: the items stay forever, and
// nobody notices until the bill or the data protection officer does.
#include "server/advisor/rules.h"

namespace dynarock::advisor {

namespace {

void Say(const TableCase& table, const Sighting& seen, Severity severity, std::string_view what,
         std::string_view advice, std::vector<Finding>& findings) {
  if (seen.count == 0) return;
  const std::string& attribute = table.table->description().ttl.attribute;
  Finding& finding =
      findings.emplace_back(Of(table, seen, kTtlValueWrong.id, severity,
                               "The TTL attribute \"" + attribute + "\" " + std::string(what)));
  finding.evidence.emplace_back("value", seen.detail);
  finding.evidence.emplace_back("items with a good value", Figure(table.facts.ttl.good));
  finding.consequence =
      "TTL passes over such items without an error: they are never deleted, storage and scans "
      "grow, and "
      "data stays that should be gone.";
  finding.advice = advice;
}

bool LooksLikeExpiry(std::string_view name) {
  std::string lower;
  for (const char c : name) {
    lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return lower.find("expir") != std::string::npos || lower.find("ttl") != std::string::npos ||
         lower.find("timetolive") != std::string::npos;
}

void JudgeMissing(const TableCase& table, std::vector<Finding>& findings) {
  constexpr uint64_t kLeast = 10;
  const TtlFacts& ttl = table.facts.ttl;
  if (ttl.missing < kLeast || ttl.good + ttl.text.count + ttl.milliseconds.count > 0) return;
  const std::string& attribute = table.table->description().ttl.attribute;
  for (const auto& [name, facts] : table.facts.attributes) {
    if (name == attribute || facts.soon.count < kLeast || !LooksLikeExpiry(name)) continue;
    Sighting seen;
    seen.count = ttl.missing;
    seen.first_ms = table.first_ms;
    seen.last_ms = table.last_ms;
    Finding& finding = findings.emplace_back(
        Of(table, seen, kTtlValueWrong.id, Severity::kWarning,
           "TTL looks at \"" + attribute + "\", but the items have \"" + name + "\"."));
    finding.evidence.emplace_back("items without the TTL attribute", Figure(ttl.missing));
    finding.evidence.emplace_back("a value of \"" + name + "\"", facts.soon_example);
    finding.consequence = "No item ever expires.";
    finding.advice = "Use one name in UpdateTimeToLive and in the code that writes.";
  }
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    if (!table.table->description().ttl.enabled) continue;
    const TtlFacts& ttl = table.facts.ttl;
    Say(table, ttl.text, Severity::kError, "is no number.",
        "Write the time as a number (N) of seconds since 1970: Math.floor(Date.now() / 1000) + "
        "lifetime.",
        findings);
    Say(table, ttl.milliseconds, Severity::kError, "has milliseconds; TTL counts seconds.",
        "Divide by 1000: Math.floor(Date.now() / 1000) + lifetime. As seconds, these values lie "
        "tens of "
        "thousands of years ahead.",
        findings);
    Say(table, ttl.long_past, Severity::kWarning,
        "is more than five years in the past; TTL leaves such items alone.",
        "Write a time in the future; delete items that are to go at once.", findings);
    JudgeMissing(table, findings);
  }
}

}  // namespace

const Rule kTtlValueWrong{"ttl-value-wrong", Judge};

}  // namespace dynarock::advisor
