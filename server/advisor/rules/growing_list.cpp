// growing-list: a list or set inside an item that only ever gets longer.
//
// Sees, per attribute, writes of an existing item that made its list or set longer or shorter.
// Speaks from `growing_list_updates` growths on when it reached ten elements and hardly ever got
// shorter: a note; a warning once it has 100 elements or 10 KB. Why: the item grows towards 400 KB,
// and each addition pays for the whole item.
#include "server/advisor/rules.h"

namespace dynarock::advisor {

namespace {

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr uint64_t kElements = 10;
  constexpr uint64_t kMany = 100;
  constexpr uint64_t kLargeBytes = 10 * 1024;
  for (const TableCase& table : given.tables) {
    for (const auto& [name, facts] : table.facts.attributes) {
      if (facts.grown < given.thresholds().growing_list_updates) continue;
      if (facts.most_elements < kElements || facts.shrunk * 5 >= facts.grown) continue;
      const bool large = facts.most_elements >= kMany || facts.most_bytes >= kLargeBytes;
      Finding& finding = findings.emplace_back(
          Of(table, facts.growth, kGrowingList.id, large ? Severity::kWarning : Severity::kNote,
             "\"" + name + "\" grows with every update and never gets shorter."));
      finding.evidence.emplace_back("updates that made it longer", Figure(facts.grown));
      finding.evidence.emplace_back("updates that made it shorter", Figure(facts.shrunk));
      finding.evidence.emplace_back("most elements", Figure(facts.most_elements));
      finding.evidence.emplace_back("largest", Bytes(facts.most_bytes));
      const uint64_t each = facts.most_bytes / facts.most_elements + 1;
      finding.evidence.emplace_back("elements that fit into 400 KB", Figure(409600 / each));
      finding.consequence =
          "Each addition writes the whole item again, so that the cost of one grows with all "
          "before "
          "it, and at 400 KB additions fail.";
      finding.advice =
          "Give each element an item of its own under the same partition key (the sort key keeps "
          "the "
          "order), and Query them page by page; or keep only the newest N in the list.";
    }
  }
}

}  // namespace

const Rule kGrowingList{"growing-list", Judge};

}  // namespace dynarock::advisor
