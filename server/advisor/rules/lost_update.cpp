// lost-update: an item is read, changed and written back, and what others wrote meanwhile is gone.
//
// Sees PutItem and UpdateItem without a condition, of an item that was read by its key within the
// last second. Two clients that have read the same state write one after the other, over
// connections of their own, and the second undoes what the first has changed: an attribute, or an
// entry of a map, is again what it was; a list to which the first added is no longer; both set a
// number, to different values. From `lost_updates` of them on a warning, below a note. A note when
// both set a number to the same value: both may have counted from the same one, or worked out the
// same result. Without any of these a note from `written_back` whole items on that were put back
// with some attributes changed. Why: the last writer wins, and nobody is told.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "lost-update";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    const CopyCounts copies = kind->copies;
    const uint64_t undoing = copies.undoing;
    const uint64_t same = copies.same_made;
    const uint64_t back = copies.written_back + undoing + same;
    if (undoing + same == 0 && back < given.thresholds().written_back) continue;
    Finding& finding = findings.emplace_back(
        Of(*kind, kId,
           undoing >= given.thresholds().lost_updates ? Severity::kWarning : Severity::kNote,
           undoing > 0 ? Counted(undoing, "change") + (undoing == 1 ? " was" : " were") +
                             " undone by another client that had read the item before."
           : same > 0 ? "Two clients read an item and set a number to the same value: if both "
                        "counted, one count is lost."
                      : "Items are read, changed and put back as a whole, without a condition."));
    finding.count = undoing > 0 ? undoing : same > 0 ? same : back;
    (undoing > 0 ? copies.undoer : same > 0 ? copies.same_maker : copies.copy).Show(finding);
    finding.evidence.emplace_back("writes that undid another one", Figure(undoing));
    if (same > 0) finding.evidence.emplace_back("the same number set twice", Figure(same));
    if (kind->access_kind == trace::AccessKind::kPut) {
      finding.evidence.emplace_back("items put back after they were read", Figure(back));
    }
    finding.consequence =
        "Two clients that read the same state both write: the last one wins, the other's change is "
        "lost, and both were told that they succeeded. It happens under load, seldom in tests.";
    finding.advice =
        "Let the service do the change (UpdateExpression SET stock = stock - :n, ADD, list_append) "
        "and only that of the attributes concerned; or keep a version in the item, and write with "
        "ConditionExpression version = :read, reading again when it fails.";
  }
}

}  // namespace

extern const Rule kLostUpdate{kId, Judge};

}  // namespace dynarock::advisor
