// attribute-types-mixed: an attribute that has one type in some items and another in others; and
// NULL where other items have a value.
//
// Sees the type of each attribute in the items that are looked at (the first 256 writes of a table,
// later one in 32). Speaks when two types were met, in five items or more: a warning when
// items with the same attributes differ so, a note when only items of different kinds do: other
// attributes, another beginning of the key, another value of "type" or "entity" (single-table
// designs share names), or when it is the value of settings that the key names. NULL besides a type
// is a note from five items on; NULL in all of ten writes or more is one when requests compare the
// attribute with a value, so that one was meant, unless its name speaks of a state that begins with
// nothing (deletedAt, parentId, nextToken). Why: comparisons between types are never true, so that
// filters and conditions pass items over silently; an index leaves out what has another type than
// its key.
#include <algorithm>
#include <array>
#include <cmath>

#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/terms.h"
#include "server/advisor/words/entity_names.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "attribute-types-mixed";

struct Seen {
  Type type;
  const AttributeFacts::OfType* of_type;
};

std::vector<Seen> TypesOf(const AttributeFacts& facts) {
  std::vector<Seen> types;
  for (size_t i = 0; i < facts.types.size(); ++i) {
    const auto type = static_cast<Type>(i);
    if (facts.types[i].count > 0 && type != Type::kNull) types.push_back({type, &facts.types[i]});
  }
  std::sort(types.begin(), types.end(),
            [](const Seen& a, const Seen& b) { return a.of_type->count > b.of_type->count; });
  return types;
}

bool ShareKind(const AttributeFacts::OfType& a, const AttributeFacts::OfType& b) {
  return std::any_of(a.kinds.begin(), a.kinds.end(), [&](uint64_t kind) {
    return kind != 0 && std::find(b.kinds.begin(), b.kinds.end(), kind) != b.kinds.end();
  });
}

// The type to show: one that an index on the attribute does not take, else the rarer one.
struct Odd {
  Seen seen;
  std::string why;
};
Odd OddOf(const TableCase& table, const AttributeFacts& facts, const std::vector<Seen>& types) {
  for (const Index& index : table.table->indexes()) {
    for (size_t i = 0; i < index.key.size(); ++i) {
      if (index.key.at(i).name != facts.name) continue;
      const Seen& odd = types[0].type == index.key.at(i).type ? types[1] : types[0];
      return {odd, ", which index " + index.name + " does not take"};
    }
  }
  const bool rarer = types[0].of_type->about > types[1].of_type->about;
  return {types[1], rarer ? ", the rarer one" : ""};
}

void JudgeMixed(const TableCase& table, const AttributeFacts& facts, const std::vector<Seen>& types,
                std::vector<Finding>& findings) {
  constexpr uint64_t kLeast = 5;
  const bool sampled = table.facts.looked_at < table.facts.writes;
  // What is looked at stands for so many by the odds; all together they are as many as there were.
  const double scale = sampled && table.facts.looked_at_about > 0
                           ? static_cast<double>(table.facts.writes) /
                                 static_cast<double>(table.facts.looked_at_about)
                           : 1;
  const auto about = [&](const AttributeFacts::OfType& of_type) {
    return static_cast<uint64_t>(std::llround(scale * static_cast<double>(of_type.about)));
  };
  uint64_t all = 0;
  std::string list;
  for (const Seen& seen : types) {
    all += seen.of_type->count;
    list.append(list.empty() ? "" : ", ")
        .append(TypeName(seen.type))
        .append(sampled ? " in about " : " in ")
        .append(Counted(about(*seen.of_type), "write"));
  }
  if (all < kLeast) return;
  const Odd odd = OddOf(table, facts, types);
  const bool same_kind = ShareKind(*types[0].of_type, *types[1].of_type);
  Finding& finding = findings.emplace_back(
      Of(table, facts.other_type, kId, same_kind ? Severity::kWarning : Severity::kNote,
         "\"" + facts.name + "\" is " + std::string(TypeName(types[0].type)) +
             " in some items and " + std::string(TypeName(types[1].type)) + " in others."));
  finding.count = about(*odd.seen.of_type);
  if (odd.seen.of_type->example != nullptr) finding.example = *odd.seen.of_type->example;
  finding.evidence.emplace_back("attribute", facts.name);
  finding.evidence.emplace_back("types", list);
  if (sampled) {
    finding.evidence.emplace_back(
        "a sample: writes looked at",
        Figure(table.facts.looked_at) + " of " + Figure(table.facts.writes));
  }
  finding.evidence.emplace_back("a value of type " + std::string(TypeName(odd.seen.type)) + odd.why,
                                odd.seen.of_type->shown);
  finding.consequence =
      "A comparison with a value of another type is never true: filters and conditions pass these "
      "items over without an error, sorting and arithmetic fail, and an index on the attribute "
      "refuses or leaves out items of the wrong type.";
  finding.advice =
      "Convert at the edge of the application (numbers as N, times in one format), check with a "
      "schema before writing, and rewrite the items that have the other type.";
}

void JudgeNull(const TableCase& table, const AttributeFacts& facts, const std::vector<Seen>& types,
               std::vector<Finding>& findings) {
  constexpr uint64_t kLeast = 5;
  const AttributeFacts::OfType& null = facts.types[static_cast<size_t>(Type::kNull)];
  if (null.count < kLeast) return;
  Finding& finding =
      findings.emplace_back(Of(table, facts.null, kId, Severity::kNote,
                               "\"" + facts.name + "\" is NULL in " + Counted(null.count, "write") +
                                   " and " + std::string(TypeName(types[0].type)) + " in others."));
  finding.evidence.emplace_back("attribute", facts.name);
  finding.consequence =
      "attribute_exists is true for NULL, so that \"has a value\" cannot be asked; an index on the "
      "attribute refuses the item. It is often an undefined or null of the application that was "
      "meant to be no attribute at all.";
  finding.advice = "Leave the attribute out when there is no value (REMOVE it in updates).";
}

// A request that compares the attribute with a value other than NULL; null: none does.
const RequestKind* Comparing(const TableCase& table, std::string_view attribute) {
  for (const RequestKind* kind : table.kinds) {
    // Looks for NULL itself, or may: only one request is known of each.
    if (kind->example.find("\"NULL\"") != std::string::npos) continue;
    for (const char* member : {"FilterExpression", "ConditionExpression", "Statement"}) {
      const std::vector<Term> terms = TermsOf(*kind, member);
      if (std::any_of(terms.begin(), terms.end(),
                      [&](const Term& term) { return term.attribute == attribute; })) {
        return kind;
      }
    }
  }
  return nullptr;
}

void JudgeAlwaysNull(const TableCase& table, const AttributeFacts& facts,
                     std::vector<Finding>& findings) {
  constexpr uint64_t kLeast = 10;
  const uint64_t count = facts.types[static_cast<size_t>(Type::kNull)].count;
  if (count < kLeast || BeginsWithNothing(facts.name)) return;
  const RequestKind* kind = Comparing(table, facts.name);
  if (kind == nullptr) return;
  Finding& finding = findings.emplace_back(
      Of(table, facts.null, kId, Severity::kNote,
         "\"" + facts.name + "\" is NULL in every item, and requests compare it with a value."));
  finding.evidence.emplace_back("attribute", facts.name);
  finding.evidence.emplace_back("writes with NULL", Figure(count));
  finding.evidence.emplace_back("compared by", kind->operation + ", " + kind->Text());
  finding.consequence =
      "The comparison is never true. A member that is undefined in the application, or that is "
      "read under a name it does not have, becomes NULL where a marshaller turns undefined into "
      "it.";
  finding.advice =
      "Look where the value comes from. Let the marshaller leave undefined members out "
      "(removeUndefinedValues), and check items with a schema before writing.";
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    for (const auto& [name, facts] : table.facts.attributes) {
      const std::vector<Seen> types = TypesOf(facts);
      if (types.size() > 1) JudgeMixed(table, facts, types, findings);
      if (types.empty()) {
        JudgeAlwaysNull(table, facts, findings);
      } else {
        JudgeNull(table, facts, types, findings);
      }
    }
  }
}

}  // namespace

extern const Rule kAttributeTypesMixed{kId, Judge};

}  // namespace dynarock::advisor
