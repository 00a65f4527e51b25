// growing-list: a list, set or map inside an item that only ever gets longer.
//
// Sees, per attribute, writes of an existing item that made its list, set or map longer or shorter.
// Speaks from `growing_list_updates` growths on when it reached ten elements and hardly ever got
// shorter: a note; a warning once it has 100 elements or 10 KB. Silent when it stays at its
// greatest length while elements come and go: it is cut off there. Of maps, which are filled field
// by field as well, from twice as many growths and 20 entries on, a warning from 100 entries. Why:
// the item grows towards 400 KB, and each addition pays for the whole item.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "growing-list";

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr uint64_t kElements = 10;
  constexpr uint64_t kMany = 100;
  constexpr uint64_t kMoved = 3;
  constexpr uint64_t kLargeBytes = 10 * 1024;
  for (const TableCase& table : given.tables) {
    for (const auto& [name, facts] : table.facts.attributes) {
      const bool map = facts.growth.detail == TypeName(Type::kMap);
      const uint64_t stricter = map ? 2 : 1;
      if (facts.grown < stricter * given.thresholds().growing_list_updates) continue;
      if (facts.most_elements < stricter * kElements || facts.shrunk * 5 >= facts.grown) continue;
      // A list of the newest N: full, and each addition drops one.
      if (facts.moved >= kMoved) continue;
      const bool large = facts.most_elements >= kMany || (!map && facts.most_bytes >= kLargeBytes);
      Finding& finding = findings.emplace_back(
          Of(table, facts.growth, kId, large ? Severity::kWarning : Severity::kNote,
             map ? "The map \"" + name + "\" gets an entry with every update and never loses one."
                 : "\"" + name + "\" grows with every update and never gets shorter."));
      const std::string about = facts.grown > facts.growth.count ? "about " : "";
      finding.evidence.emplace_back("updates that made it longer (without the first element)",
                                    about + Figure(facts.grown));
      finding.evidence.emplace_back("updates that made it shorter", about + Figure(facts.shrunk));
      finding.evidence.emplace_back(map ? "most entries" : "most elements",
                                    Figure(facts.most_elements));
      finding.evidence.emplace_back("largest", Bytes(facts.most_bytes));
      const uint64_t each = facts.most_bytes / facts.most_elements + 1;
      finding.evidence.emplace_back(
          map ? "entries that fit into 400 KB" : "elements that fit into 400 KB",
          Figure(409600 / each));
      finding.consequence =
          "Each addition writes the whole item again, so that the cost of one grows with all "
          "before it, and at 400 KB additions fail.";
      finding.advice = std::string("Give each ") + (map ? "entry" : "element") +
                       " an item of its own under the same partition key (the sort key keeps the "
                       "order), and Query them page by page; or keep only the newest N.";
    }
  }
}

}  // namespace

extern const Rule kGrowingList{kId, Judge};

}  // namespace dynarock::advisor
