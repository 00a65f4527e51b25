// large-item: items on their way to the limit of 400 KB.
//
// Sees the size of every item written. Speaks from `large_item_kb` on, as a note; as a warning
// from two writes of 300 KB or more on, where little is left.
// Why: the write that passes 400 KB fails, and until then each KB costs a unit per write.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "large-item";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    const TableWatch::Facts& facts = table.facts;
    if (facts.largest < given.thresholds().large_item_kb * 1024) continue;
    const bool near = facts.near_limit.count > 0;
    Finding& finding = findings.emplace_back(
        Of(table, near ? facts.near_limit : facts.large, kId,
           facts.near_limit.count > 1 ? Severity::kWarning : Severity::kNote,
           "The largest item has " + Bytes(facts.largest) + "; 400 KB is the limit."));
    finding.evidence.emplace_back("largest item", Bytes(facts.largest));
    finding.evidence.emplace_back("writes of 100 KB and more", Figure(facts.large.count));
    finding.evidence.emplace_back("writes of 300 KB and more", Figure(facts.near_limit.count));
    finding.evidence.emplace_back("write units of the largest",
                                  Figure((facts.largest + 1023) / 1024));
    finding.consequence =
        "A write that makes the item larger than 400 KB fails with ValidationException \"Item "
        "size has exceeded the maximum allowed size\", and the item cannot grow any more. Each "
        "write costs a unit per KB of the whole item, each read half a unit per 4 KB.";
    finding.advice =
        "Keep large texts and binaries in S3 and the key of the object in the item; split what "
        "grows into items of its own under the same partition key; check sizes before writing.";
  }
}

}  // namespace

extern const Rule kLargeItem{kId, Judge};

}  // namespace dynarock::advisor
