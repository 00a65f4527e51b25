// undefined-value: input that looks as if a value was undefined in the application.
//
// Sees refused requests: an AttributeValue without a type, which is what {"S": undefined} becomes
// in JSON; a missing key (or one that is NULL); an expression value that was not sent, or no values
// at all; "NaN", "undefined" and the like as a number. And accepted ones:
// "undefined", "[object Object]" or "NaN" as a value, or as a whole part of a key (between # : /
// and |). Refused ones are a note, a warning from four on, since tests try those on purpose.
// Stored: a value is a note, since the word may be meant, from the second on a warning; a part of a
// key is a warning, from the second on an error; a key that is just the word is a note (it may be
// an entry of a glossary) until four writes changed what is stored under it: an error. Where no
// such key was written, requests for an item with one are a note, from the second on a warning
// unless the key is just the word. Why: refused requests fail in production as well; accepted ones
// write data that nobody finds again.
#include <algorithm>

#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "undefined-value";

std::string TitleOf(const ErrorWatch::Undefined& entry) {
  const std::string attribute = entry.attribute.empty() ? "" : " \"" + entry.attribute + "\"";
  if (entry.what == "empty-value") {
    return entry.operation + " was sent a value without a type" +
           (attribute.empty() ? "." : " at" + attribute + ": undefined in the application?");
  }
  if (entry.what == "missing-expression-value") {
    return entry.operation + " uses" + attribute +
           " without sending its value: undefined in the application?";
  }
  if (entry.what == "not-a-number") {
    return entry.operation + " was sent NaN or the like as a number at" + attribute +
           ": computed from undefined in the application?";
  }
  return entry.operation + " was sent without a key attribute" + attribute +
         ": undefined in the application?";
}

// A key that was refused is what tests try most, once beside each request that succeeds.
bool LooksProvoked(const Case& given, const ErrorWatch::Undefined& entry) {
  constexpr uint64_t kOnPurpose = 4;
  if (entry.seen.count < kOnPurpose) return true;
  // An item without its key is another matter.
  if (entry.what != "missing-key" || entry.cause == Cause::kMissingKey) return false;
  const TableCase* table = given.FindTable(entry.table);
  if (table == nullptr) return true;
  uint64_t succeeded = 0;
  for (const RequestKind* kind : table->kinds) {
    if (kind->operation == entry.operation) succeeded += kind->traffic.requests();
  }
  // A transaction is known by its actions, also when it was cancelled.
  if (entry.operation.starts_with("Transact")) {
    succeeded -= std::min(succeeded, entry.seen.count);
  }
  return succeeded < 2 * entry.seen.count;
}

void JudgeRefused(const Case& given, const ErrorWatch::Undefined& entry,
                  std::vector<Finding>& findings) {
  const Severity severity = LooksProvoked(given, entry) ? Severity::kNote : Severity::kWarning;
  Finding& finding =
      findings.emplace_back(Of(entry.table, entry.seen, kId, severity, TitleOf(entry)));
  finding.evidence.emplace_back("operation", entry.operation);
  if (!entry.attribute.empty()) finding.evidence.emplace_back("attribute", entry.attribute);
  finding.evidence.emplace_back("answer", entry.message);
  finding.consequence =
      "DynamoDB refuses the request with ValidationException; what was to be stored "
      "or found is lost at that moment.";
  finding.advice =
      "Check input before building requests (a schema with required members). The document "
      "clients drop undefined members with marshallOptions {removeUndefinedValues: true}: good "
      "for optional attributes, but a key or an expression's value that is dropped fails later.";
}

// A key that is the word itself may be meant (a glossary): it takes several different writes.
bool IsWord(const Sighting& seen) {
  return seen.detail.ends_with(" = undefined") || seen.detail.ends_with(" = NaN");
}

// Of a key in items that were written, in a request for an item, of another attribute.
Severity OfKey(const Sighting& seen) {
  constexpr uint64_t kWrites = 4;
  if (IsWord(seen)) return seen.count >= kWrites ? Severity::kError : Severity::kNote;
  return seen.count > 1 ? Severity::kError : Severity::kWarning;
}
Severity OfLookup(const Sighting& seen) {
  return seen.count > 1 && !IsWord(seen) ? Severity::kWarning : Severity::kNote;
}
Severity OfAttribute(const Sighting& seen) {
  return seen.count > 1 ? Severity::kWarning : Severity::kNote;
}

void JudgeStored(const TableCase& table, const Sighting& seen, std::string_view where,
                 Severity severity, std::vector<Finding>& findings) {
  if (seen.count == 0) return;
  Finding& finding = findings.emplace_back(
      Of(table, seen, kId, severity,
         std::string(where) + " holds the text of an undefined value: " + seen.detail + "."));
  finding.evidence.emplace_back("value", seen.detail);
  finding.consequence =
      "The text is data like any other: items under such a key overwrite each other or are never "
      "found again, and readers show \"undefined\".";
  finding.advice =
      "Check the parts of a key before joining them (`USER#${id}` with an undefined id makes "
      "\"USER#undefined\"), and find and delete the items that have it.";
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const ErrorWatch::Undefined& entry : given.undefined) JudgeRefused(given, entry, findings);
  for (const TableCase& table : given.tables) {
    const TableWatch::Facts& facts = table.facts;
    uint64_t keys = facts.undefined_key.count;
    JudgeStored(table, facts.undefined_key, "A key", OfKey(facts.undefined_key), findings);
    for (const Sighting& word : facts.undefined_words) {
      keys += word.count;
      JudgeStored(table, word, "A key", OfKey(word), findings);
    }
    if (keys == 0) {
      JudgeStored(table, facts.undefined_lookup, "A key", OfLookup(facts.undefined_lookup),
                  findings);
    }
    for (const auto& [name, attribute] : facts.attributes) {
      JudgeStored(table, attribute.undefined_text, "\"" + name + "\"",
                  OfAttribute(attribute.undefined_text), findings);
    }
  }
}

}  // namespace

extern const Rule kUndefinedValue{kId, Judge};

}  // namespace dynarock::advisor
