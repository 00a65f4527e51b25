// put-drops-attributes: PutItem is used as if it changed the attributes given.
//
// Sees puts without a condition over an item that was there, which bring nothing new and at most
// half of the attributes usual in items that Put writes to the table under keys that begin alike
// (four or more). A note, since an item may be emptied on purpose; a warning when `partial_puts` of
// them dropped what nobody takes away on purpose: "createdAt", "type", the key of an index. Why:
// PutItem replaces the whole item; the other attributes are gone.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "put-drops-attributes";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    const uint64_t dropping = kind->part_items.put_dropping;
    if (dropping == 0) continue;
    Finding& finding = findings.emplace_back(
        Of(*kind, kId,
           kind->part_items.put_losing >= given.thresholds().partial_puts ? Severity::kWarning
                                                                          : Severity::kNote,
           Counted(dropping, "put") +
               " replaced an item by a few of its attributes; the others are gone."));
    finding.count = dropping;
    kind->part_items.dropper.Show(finding);
    finding.evidence.emplace_back("puts without a condition, in all",
                                  Figure(kind->traffic.entries()));
    finding.consequence =
        "PutItem replaces the item, it does not merge: attributes that the request does not have "
        "are lost without an error, and indexes lose the item when a key attribute is among them.";
    finding.advice =
        "Use UpdateItem with SET for what changes (with attribute_exists on the key, so that no "
        "fragment is made), or put the whole item.";
  }
}

}  // namespace

extern const Rule kPutDropsAttributes{kId, Judge};

}  // namespace dynarock::advisor
