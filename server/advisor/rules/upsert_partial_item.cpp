// upsert-partial-item: UpdateItem that makes an item because there was none.
//
// Sees updates that made an item with at most half the attributes of what Put writes to the same
// table under keys that begin alike (four or more). With a condition as well: one that was met where
// there was no item ("deleted <> :yes", attribute_not_exists(lockedBy)) keeps nothing away. Silent
// for expressions that count or give defaults (ADD, if_not_exists) and for conditions on the key
// (attribute_not_exists(pk)), which mean to make items; also for conditional updates that make more
// items than they change. A note, from `partial_upserts` on a warning. Why: an update of a deleted
// or mistyped key succeeds and leaves a fragment that readers trip over.
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

// Whether a condition speaks of whether there is an item, or updates make items as a rule. One that
// cannot be read (legacy parameters) may.
bool ConditionMeansToMake(const Case& given, const RequestKind& kind) {
  if (kind.part_items.created > kind.traffic.updated()) return true;
  const std::vector<Term> terms = TermsOf(kind, "ConditionExpression");
  const TableCase* table = given.FindTable(kind.table);
  if (terms.empty() || table == nullptr) return true;
  return std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
    return table->table->key().Find(term.attribute) != nullptr;
  });
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    if (kind->access_kind != trace::AccessKind::kUpdate) continue;
    const uint64_t small = kind->part_items.created_small;
    if (small == 0 || MeansToMake(kind->Expression("UpdateExpression"))) continue;
    if (kind->conditional && ConditionMeansToMake(given, *kind)) continue;
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
        kind->conditional
            ? "The condition is met by an item that does not exist, too. Add \"AND "
              "attribute_exists(<partition key>)\" to it; put what is there in parentheses first."
            : "Add ConditionExpression attribute_exists(<partition key>) to updates of existing "
              "items.";
  }
}

}  // namespace

extern const Rule kUpsertPartialItem{kId, Judge};

}  // namespace dynarock::advisor
