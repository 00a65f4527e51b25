// filter-attribute-unknown: a filter on an attribute that no item has, while one of nearly the same
// name is there.
//
// Sees Queries and Scans whose filter compares "userID" where items have "userId": the same name
// but for case and marks. Speaks from the third request on that read items and returned none at
// all, and only where every item of the table was seen when it was written, so that no older one
// can have the attribute. Why: the filter never matches, and the answer looks like "there is none".
#include <algorithm>
#include <cctype>
#include <string>

#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/terms.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "filter-attribute-unknown";
constexpr uint64_t kRequests = 3;

// Letters and digits, in lower case.
std::string Bare(std::string_view name) {
  std::string bare;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) bare += static_cast<char>(std::tolower(byte));
  }
  return bare;
}

// Whether all items that are there were looked at when they were written, with all attributes. Once
// one was deleted, an older one may hide behind the count.
bool KnowsAllItems(const TableCase& table) {
  constexpr size_t kMostAttributes = 256;  // as TableWatch notes
  const TableWatch::Facts& facts = table.facts;
  uint64_t made = 0;
  for (const auto& [kind, count] : facts.kinds) made += count;
  const int64_t items = table.table->state().counters.items.load();
  return facts.looked_at > 0 && facts.looked_at == facts.writes &&
         facts.attributes.size() < kMostAttributes && items >= 0 &&
         made == static_cast<uint64_t>(items);
}

// The attribute that was meant; "": none is like it.
std::string_view Meant(const TableCase& table, const std::string& attribute) {
  const std::string bare = Bare(attribute);
  for (const auto& [name, facts] : table.facts.attributes) {
    if (!bare.empty() && Bare(name) == bare) return name;
  }
  return {};
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    const std::string_view filter = kind->Expression("FilterExpression");
    if (filter.empty() || kind->traffic.requests() < kRequests) continue;
    if (kind->traffic.items_read() == 0 || kind->traffic.items_returned() > 0) continue;
    const TableCase* table = given.FindTable(kind->table);
    if (table == nullptr || !IsConjunction("FilterExpression", filter) || !KnowsAllItems(*table)) {
      continue;
    }
    for (const Term& term : TermsOf(*kind, "FilterExpression")) {
      // "<>" is true of what is not there.
      if (term.op != "=" || table->facts.attributes.contains(term.attribute)) continue;
      if (table->table->key().Find(term.attribute) != nullptr) continue;
      const std::string_view meant = Meant(*table, term.attribute);
      if (meant.empty()) continue;
      Finding& finding = findings.emplace_back(Of(*kind, kId, Severity::kWarning,
                                                  "A filter compares \"" + term.attribute +
                                                      "\", which no item has; items have \"" +
                                                      std::string(meant) + "\"."));
      finding.evidence.emplace_back("items read", Figure(kind->traffic.items_read()));
      finding.evidence.emplace_back("items returned", "0");
      finding.consequence =
          "The filter never matches. The answer is empty, and looks as if there were nothing to "
          "find.";
      finding.advice = "Write \"" + std::string(meant) + "\". Names of attributes are exact.";
      break;
    }
  }
}

}  // namespace

extern const Rule kFilterAttributeUnknown{kId, Judge};

}  // namespace dynarock::advisor
