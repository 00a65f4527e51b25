// ttl-value-wrong: values of the TTL attribute that never expire an item; or a TTL attribute that
// no item has.
//
// Sees the TTL attribute of items written while TTL is on: a string; milli-, micro- or nanoseconds
// instead of seconds; a duration (less than ten years) instead of a time; a time more than five
// years ago, which TTL leaves alone. The first one is enough: an error, since the item is never
// deleted. 0, less and NULL are a note: they are ways to say "never". Ten items or more without the attribute, none
// with it, while another attribute looks like an expiry: a warning. Five items or more that lack
// it, while twice as many of their kind have it: a note, unless updates give it to items or take it
// away (a job that is done, a draft that is kept). Why: the items stay forever, and nobody notices
// until the bill or the data protection officer does.
#include "server/advisor/rules/rules.h"
#include "storage/item/text.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "ttl-value-wrong";

void Say(const TableCase& table, const Sighting& seen, Severity severity, std::string_view what,
         std::string_view advice, std::vector<Finding>& findings) {
  if (seen.count == 0) return;
  const std::string& attribute = table.table->description().ttl.attribute;
  Finding& finding = findings.emplace_back(Of(
      table, seen, kId, severity, "The TTL attribute \"" + attribute + "\" " + std::string(what)));
  finding.evidence.emplace_back("value", seen.detail);
  finding.evidence.emplace_back("items with a good value", Figure(table.facts.ttl.good));
  if (table.facts.looked_at < table.facts.writes) {
    finding.evidence.emplace_back(
        "a sample: writes looked at",
        Figure(table.facts.looked_at) + " of " + Figure(table.facts.writes));
  }
  finding.consequence =
      "TTL passes over such items without an error: they are never deleted, storage and scans "
      "grow, and data stays that should be gone.";
  finding.advice = advice;
}

bool LooksLikeExpiry(std::string_view name) {
  std::string lower;
  for (const char c : name) {
    lower += Lower(c);
  }
  return lower.find("expir") != std::string::npos || lower.find("ttl") != std::string::npos ||
         lower.find("timetolive") != std::string::npos;
}

void JudgeMissing(const TableCase& table, std::vector<Finding>& findings) {
  constexpr uint64_t kLeast = 10;
  const TtlFacts& ttl = table.facts.ttl;
  if (ttl.missing < kLeast || ttl.good + ttl.all_wrong() > 0) return;
  const std::string& attribute = table.table->description().ttl.attribute;
  for (const auto& [name, facts] : table.facts.attributes) {
    if (name == attribute || facts.soon.count < kLeast || !LooksLikeExpiry(name)) continue;
    Sighting seen;
    seen.count = ttl.missing;
    seen.first_ms = table.first_ms;
    seen.last_ms = table.last_ms;
    Finding& finding = findings.emplace_back(
        Of(table, seen, kId, Severity::kWarning,
           "TTL looks at \"" + attribute + "\", but the items have \"" + name + "\"."));
    finding.evidence.emplace_back("items without the TTL attribute", Figure(ttl.missing));
    finding.evidence.emplace_back("a value of \"" + name + "\"", facts.soon_example);
    finding.consequence = "No item ever expires.";
    finding.advice = "Use one name in UpdateTimeToLive and in the code that writes.";
  }
}

// Some items of a kind lack the attribute, most have it, and no update gives or takes it.
void JudgeLeftOut(const TableCase& table, std::vector<Finding>& findings) {
  constexpr uint64_t kLeast = 5;
  const TtlFacts& ttl = table.facts.ttl;
  if (ttl.changed_later > 0) return;
  uint64_t with = 0;
  Met without;
  for (const auto& [hash, kind] : ttl.kinds) {
    if (kind.without.count < kLeast || kind.with < 2 * kind.without.count) continue;
    with += kind.with;
    without.count += kind.without.count;
    without.about += kind.without.about;
  }
  if (without.count == 0) return;
  const std::string about = without.about > without.count ? "About " : "";
  Finding& finding = findings.emplace_back(
      Of(table, ttl.left_out, kId, Severity::kNote,
         about + Counted(without.about, "item") + " lack the TTL attribute \"" +
             table.table->description().ttl.attribute + "\", which others of their kind have."));
  finding.count = without.about;
  finding.evidence.emplace_back("such writes with it, of those looked at", Figure(with));
  finding.evidence.emplace_back("such writes without it, of those looked at",
                                Figure(without.count));
  finding.consequence = "Items without the TTL attribute stay until the application deletes them.";
  finding.advice =
      "Make every writer of such items set it; if some are meant to stay, silence this rule for "
      "the table.";
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    if (!table.table->description().ttl.enabled) continue;
    const TtlFacts& ttl = table.facts.ttl;
    const auto finer = [&](TtlValue value, std::string_view unit, std::string_view divisor) {
      Say(table, ttl[value], Severity::kError, "has " + std::string(unit) + "; TTL counts seconds.",
          "Divide by " + std::string(divisor) +
              ": TTL expects whole seconds since 1970, Math.floor(Date.now() / 1000) + lifetime "
              "in JavaScript. As seconds, these values lie thousands of years ahead.",
          findings);
    };
    Say(table, ttl[TtlValue::kText], Severity::kError, "is not a number.",
        "Write the time as a number (N) of seconds since 1970: Math.floor(Date.now() / 1000) + "
        "lifetime.",
        findings);
    finer(TtlValue::kMilliseconds, "milliseconds", "1000");
    finer(TtlValue::kMicroseconds, "microseconds", "1,000,000");
    finer(TtlValue::kNanoseconds, "nanoseconds", "1,000,000,000");
    Say(table, ttl[TtlValue::kDuration], Severity::kError,
        "looks like a duration; TTL expects the time when the item expires.",
        "Add it to the present time: Math.floor(Date.now() / 1000) + lifetime. As a time, such a "
        "value lies in the seventies, and TTL leaves alone what is more than five years past.",
        findings);
    Say(table, ttl[TtlValue::kLongPast], Severity::kError,
        "is more than five years in the past; TTL leaves such items alone.",
        "Write a time in the future; delete items that should go at once.", findings);
    Say(table, ttl[TtlValue::kNever], Severity::kNote,
        "is 0, negative or NULL; TTL leaves such items alone.",
        "If they should stay, leave the attribute out.", findings);
    JudgeMissing(table, findings);
    JudgeLeftOut(table, findings);
  }
}

}  // namespace

extern const Rule kTtlValueWrong{kId, Judge};

}  // namespace dynarock::advisor
