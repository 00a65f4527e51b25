// index-key-refused: writes are refused because an index key has a value that it cannot have.
//
// Sees, per table, index and attribute, writes that failed with "Type mismatch for Index Key ...",
// its form for updates, or an empty value, also as the reason of a cancelled transaction. Speaks
// from `refused_index_keys` on: a note, since tests try such values on purpose; a warning from five
// on, unless they were wrong in three ways. Why: the whole item is not written, though the table
// itself would take it; an item without the attribute would be written, and be left out of the
// index.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "index-key-refused";

std::string TitleOf(const ErrorWatch::RefusedKey& entry) {
  const std::string writes = Counted(entry.seen.count, "write") +
                             (entry.seen.count == 1 ? " was" : " were") + " refused: ";
  std::string values;
  for (const std::string& value : entry.values) values += (values.empty() ? "" : ", ") + value;
  if (entry.attribute.empty()) return writes + "a key of an index was given " + values + ".";
  return writes + "\"" + entry.attribute + "\", a key of index " + entry.index + ", was given " +
         values + ".";
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr uint64_t kHabit = 5;
  constexpr size_t kTried = 3;  // different wrong values: a test goes through them
  for (const ErrorWatch::RefusedKey& entry : given.refused_keys) {
    if (entry.seen.count < given.thresholds().refused_index_keys) continue;
    const bool tried = entry.values.size() >= kTried;
    const Severity severity =
        entry.seen.count >= kHabit && !tried ? Severity::kWarning : Severity::kNote;
    Finding& finding =
        findings.emplace_back(Of(entry.table, entry.seen, kId, severity, TitleOf(entry)));
    finding.index = entry.index;
    finding.evidence.emplace_back("operation", entry.operation);
    if (!entry.attribute.empty()) finding.evidence.emplace_back("attribute", entry.attribute);
    finding.evidence.emplace_back("writes refused", Figure(entry.seen.count));
    finding.evidence.emplace_back("answer", entry.message);
    finding.consequence =
        "DynamoDB refuses the whole item with ValidationException, in a batch all items of the "
        "request: what was to be stored is lost at that moment. It starts when the index is added, "
        "in code that never mentions it.";
    finding.advice =
        "Write the attribute with the type of the index, or leave it out when there is no value: "
        "the item is stored and just not in the index. NULL and empty strings are values; the "
        "document clients leave undefined members out with marshallOptions "
        "{removeUndefinedValues: true}.";
  }
}

}  // namespace

extern const Rule kIndexKeyRefused{kId, Judge};

}  // namespace dynarock::advisor
