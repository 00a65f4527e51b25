// low-cardinality-key: a global index whose partition key has a handful of values, such as a
// status.
//
// Sees, per global index, the values of its partition key in the items looked at. Speaks from
// `low_cardinality_items` items on when there are at most eight values, ten items each or more, and
// they look like words of an enumeration rather than identifiers (no digits, at most 24 bytes): a
// note; a warning from 200 items on when the attribute's name or a value is that of an enumeration
// ("status", "isOpen", "pending"): five tenants may be all that the tests have.
// Why: all items of one value share one partition's throughput, for writes too.
#include <algorithm>
#include <array>
#include <cctype>

#include "server/advisor/rules/rules.h"
#include "server/findings/words.h"
#include "storage/item/text.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "low-cardinality-key";

bool IsWord(std::string_view value) {
  constexpr size_t kLongest = 24;
  return value.size() <= kLongest && std::none_of(value.begin(), value.end(), [](char c) {
           return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '@' || c == '#';
         });
}

// Whether a name or the values are those of an enumeration, rather than of a few tenants or regions
// that tests make do with.
bool IsEnumeration(std::string_view attribute, const IndexFacts& facts) {
  static constexpr std::array<std::string_view, 26> kValues = {
      "true",      "false",    "yes",     "no",        "open",    "closed",    "active",
      "inactive",  "pending",  "done",    "new",       "paid",    "shipped",   "delivered",
      "cancelled", "canceled", "draft",   "published", "failed",  "completed", "processing",
      "ready",     "queued",   "running", "enabled",   "disabled"};
  const std::string name = Lowered(attribute);
  const auto ends = [&](std::string_view word) { return name.ends_with(word); };
  const bool question =
      attribute.size() > 2 && attribute.starts_with("is") &&
      (attribute[2] == '_' || std::isupper(static_cast<unsigned char>(attribute[2])) != 0);
  if (question || std::ranges::any_of(findings::kFewValued, ends) ||
      std::ranges::any_of(findings::kUsuallyFewValued, ends)) {
    return true;
  }
  return std::any_of(
      facts.value_examples.begin(), facts.value_examples.end(), [&](const std::string& value) {
        return std::find(kValues.begin(), kValues.end(), Lowered(value)) != kValues.end();
      });
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr size_t kFew = 8;
  constexpr uint64_t kEach = 10;
  constexpr uint64_t kMany = 200;
  for (const TableCase& table : given.tables) {
    for (const auto& [name, facts] : table.facts.indexes) {
      const size_t values = facts.values.size();
      if (facts.local || facts.many_values || values == 0 || values > kFew) continue;
      if (facts.with < given.thresholds().low_cardinality_items || facts.with < kEach * values) {
        continue;
      }
      if (!std::all_of(facts.value_examples.begin(), facts.value_examples.end(), IsWord)) continue;
      const Index* index = table.table->FindIndex(name);
      if (index == nullptr) continue;
      std::string list;
      for (const std::string& value : facts.value_examples) {
        list.append(list.empty() ? "" : ", ").append("\"").append(value).append("\"");
      }
      Sighting seen;
      seen.count = facts.with;
      seen.first_ms = table.first_ms;
      seen.last_ms = table.last_ms;
      const std::string& attribute = index->key.hash.front().name;
      Finding& finding = findings.emplace_back(
          Of(table, seen, kId,
             facts.with >= kMany && IsEnumeration(attribute, facts) ? Severity::kWarning
                                                                    : Severity::kNote,
             "The partition key \"" + attribute + "\" of index " + name + " has only " +
                 Counted(values, "value") + "."));
      finding.index = name;
      finding.evidence.emplace_back("values", list);
      finding.evidence.emplace_back("items looked at", Figure(facts.with));
      const auto most =
          std::max_element(facts.values.begin(), facts.values.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      finding.evidence.emplace_back(
          "share of the most frequent",
          Percent(static_cast<double>(most->second), static_cast<double>(facts.with)));
      finding.consequence = findings::kFewValuesConsequence;
      finding.advice = findings::FewValuesAdvice(attribute);
    }
  }
}

}  // namespace

extern const Rule kLowCardinalityKey{kId, Judge};

}  // namespace dynarock::advisor
