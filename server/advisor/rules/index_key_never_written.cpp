// index-key-never-written: an index whose key attribute no item has.
//
// Sees, per index, items written with and without its key attributes, and the entries it has.
// Speaks from ten items on when none had them: a warning; an error when the index is queried as
// well, since these answers are always empty. Names an attribute that differs only in case or
// separators. Why: an index is silent about items that lack its key; a typing error in the key's
// name makes an index that is always empty.
#include <algorithm>
#include <cctype>

#include "server/advisor/rules/rules.h"
#include "storage/item/text.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "index-key-never-written";

std::string Plain(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      plain += Lower(c);
    }
  }
  return plain;
}

// An attribute that is written and has nearly the name.
std::string Alike(const TableCase& table, std::string_view name) {
  for (const auto& [known, facts] : table.facts.attributes) {
    if (known != name && Plain(known) == Plain(name)) return known;
  }
  return {};
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr uint64_t kLeast = 10;
  for (const TableCase& table : given.tables) {
    const int64_t items = table.table->state().counters.items;
    for (const Index& index : table.table->indexes()) {
      if (index.deleting || index.backfilling || index.counters->items > 0) continue;
      const std::string& name = index.name;
      IndexFacts facts;
      if (const auto seen = table.facts.indexes.find(name); seen != table.facts.indexes.end()) {
        facts = seen->second;
      } else if (items > 0) {  // nothing was written since the index was added
        facts.without = static_cast<uint64_t>(items);
      }
      if (facts.missing.empty()) facts.missing = index.key.hash.front().name;
      if (facts.with > 0 || facts.without < kLeast) continue;
      uint64_t queries = 0;
      for (const RequestKind* kind : table.kinds) {
        if (kind->index == name) queries += kind->traffic.requests();
      }
      const std::string key = "\"" + facts.missing + "\"";
      Finding& finding = findings.emplace_back(
          Of(table, facts.left_out, kId, queries > 0 ? Severity::kError : Severity::kWarning,
             "No item has " + key + ", the key of index " + name + ": the index is empty."));
      finding.index = name;
      finding.evidence.emplace_back("items of the table",
                                    Figure(static_cast<uint64_t>(std::max<int64_t>(0, items))));
      finding.evidence.emplace_back("without it, of those looked at", Figure(facts.without));
      finding.evidence.emplace_back("entries of the index", "0");
      finding.evidence.emplace_back("requests to the index", Figure(queries));
      const std::string alike = Alike(table, facts.missing);
      if (!alike.empty()) finding.evidence.emplace_back("attribute that is written", alike);
      finding.consequence =
          "An item without the key attributes of an index is not in it, without any error: every "
          "query of the index returns nothing.";
      finding.advice = alike.empty()
                           ? "Write " + key +
                                 " with the items that the index is to hold, as the type the "
                                 "key has, or delete the index."
                           : "The items have \"" + alike + "\" instead of " + key +
                                 ": use one spelling in the table definition and in the code.";
    }
  }
}

}  // namespace

extern const Rule kIndexKeyNeverWritten{kId, Judge};

}  // namespace dynarock::advisor
