// upsert-partial-item: UpdateItem that makes an item because there was none.
//
// Sees updates without a condition, or with one that an absent item met as well (x <> :v,
// attribute_not_exists(x) of another attribute than the key), that made an item with at most half the attributes of what Put
// writes to the same table under keys that begin alike (four or more). Silent for expressions that
// count or give defaults (ADD, if_not_exists), which mean to make items. A note, from
// `partial_upserts` on a warning. Why: an update of a deleted or mistyped key succeeds and leaves a
// fragment that readers trip over.
#include <algorithm>
#include <cctype>

#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/terms.h"
#include "storage/item/text.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "upsert-partial-item";

bool MeansToMake(std::string_view expression) {
  std::string upper;
  for (const char c : expression) {
    upper += Upper(c);
  }
  return upper.starts_with("ADD ") || upper.find(" ADD ") != std::string::npos ||
         upper.find("IF_NOT_EXISTS") != std::string::npos;
}

// Whether the condition asks that there is no item, or is not known: a legacy or a PartiQL one.
bool AsksForAbsent(const Case& given, const RequestKind& kind) {
  const TableCase* table = given.FindTable(kind.table);
  const std::vector<Term> terms = TermsOf(kind, "ConditionExpression");
  if (table == nullptr || terms.empty()) return true;
  return std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
    return term.op == "attribute_not_exists" && table->table->key().Find(term.attribute) != nullptr;
  });
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    if (kind->access_kind != trace::AccessKind::kUpdate) continue;
    const uint64_t small = kind->part_items.created_small;
    if (small == 0 || MeansToMake(kind->Expression("UpdateExpression"))) continue;
    // An item was made: its absence met the condition.
    if (kind->conditional && AsksForAbsent(given, *kind)) continue;
    Finding& finding = findings.emplace_back(
        Of(*kind, kId,
           small >= given.thresholds().partial_upserts ? Severity::kWarning : Severity::kNote,
           "An update made " + Counted(small, "item") +
               " that did not exist, with a part of the usual "
               "attributes."));
    finding.count = small;
    kind->part_items.small.Show(finding);
    finding.evidence.emplace_back("updates that made an item", Figure(kind->part_items.created));
    finding.evidence.emplace_back("updates of an item that was there",
                                  Figure(kind->traffic.updated()));
    finding.consequence =
        "UpdateItem creates the item when the key does not exist. A late update after a delete, "
        "or a mistyped key, leaves an item with only these attributes: readers miss the others, "
        "and indexes leave it out.";
    finding.advice =
        "Add ConditionExpression attribute_exists(<partition key>) to updates of existing items.";
  }
}

}  // namespace

extern const Rule kUpsertPartialItem{kId, Judge};

}  // namespace dynarock::advisor
