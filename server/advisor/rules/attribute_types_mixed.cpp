// attribute-types-mixed: an attribute that has one type in some items and another in others; and
// NULL where other items have a value.
//
// Sees the type of each attribute in the items that are looked at (the first 256 writes of a table,
// later one in 32). Speaks when two types were met, in five items or more: a warning when
// items with the same attributes differ so, a note when only items of different kinds do: other
// attributes, another beginning of the key, another value of "type" or "entity" (single-table
// designs share names). NULL besides a type is a note from five items on. Why:
// comparisons between types are never true, so that filters and conditions pass items over
// silently; an index leaves out what has another type than its key.
#include <algorithm>

#include "server/advisor/rules.h"

namespace dynarock::advisor {

namespace {

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

void JudgeMixed(const TableCase& table, const AttributeFacts& facts, const std::vector<Seen>& types,
                std::vector<Finding>& findings) {
  constexpr uint64_t kLeast = 5;
  uint64_t all = 0;
  std::string list;
  for (const Seen& seen : types) {
    all += seen.of_type->count;
    list.append(list.empty() ? "" : ", ")
        .append(TypeName(seen.type))
        .append(" in ")
        .append(Counted(seen.of_type->count, "write"));
  }
  if (all < kLeast) return;
  const bool same_kind = ShareKind(*types[0].of_type, *types[1].of_type);
  Finding& finding = findings.emplace_back(
      Of(table, facts.other_type, kAttributeTypesMixed.id,
         same_kind ? Severity::kWarning : Severity::kNote,
         "\"" + facts.name + "\" is " + std::string(TypeName(types[0].type)) +
             " in some items and " + std::string(TypeName(types[1].type)) + " in others."));
  finding.count = all - types[0].of_type->count;
  finding.evidence.emplace_back("attribute", facts.name);
  finding.evidence.emplace_back("types", list);
  finding.evidence.emplace_back("value of the other type", facts.other_type.detail);
  finding.consequence =
      "A comparison with a value of another type is never true: filters and conditions pass these "
      "items "
      "over without an error, sorting and arithmetic fail, and an index on the attribute refuses "
      "or "
      "leaves out items of the wrong type.";
  finding.advice =
      "Convert at the edge of the application (numbers as N, times in one format), check with a "
      "schema "
      "before writing, and rewrite the items that have the other type.";
}

void JudgeNull(const TableCase& table, const AttributeFacts& facts, const std::vector<Seen>& types,
               std::vector<Finding>& findings) {
  constexpr uint64_t kLeast = 5;
  const AttributeFacts::OfType& null = facts.types[static_cast<size_t>(Type::kNull)];
  if (null.count < kLeast || types.empty()) return;
  Finding& finding =
      findings.emplace_back(Of(table, facts.null, kAttributeTypesMixed.id, Severity::kNote,
                               "\"" + facts.name + "\" is NULL in " + Counted(null.count, "write") +
                                   " and " + std::string(TypeName(types[0].type)) + " in others."));
  finding.evidence.emplace_back("attribute", facts.name);
  finding.consequence =
      "attribute_exists is true for NULL, so that \"has a value\" cannot be asked; an index on the "
      "attribute refuses the item. It is often an undefined or null of the application that was "
      "meant to be no attribute at all.";
  finding.advice = "Leave the attribute out when there is no value (REMOVE it in updates).";
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    for (const auto& [name, facts] : table.facts.attributes) {
      const std::vector<Seen> types = TypesOf(facts);
      if (types.size() > 1) JudgeMixed(table, facts, types, findings);
      JudgeNull(table, facts, types, findings);
    }
  }
}

}  // namespace

const Rule kAttributeTypesMixed{"attribute-types-mixed", Judge};

}  // namespace dynarock::advisor
