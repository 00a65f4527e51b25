// expression-glued: expressions or statements put together from strings.
//
// Sees, per operation and table, texts that have one structure and differ in what is written into
// them: attribute names in expressions, values in PartiQL statements. Names of placeholders do not
// count, nor do list indexes, for which there are none. Speaks from `glued_expressions` different
// texts on: a warning. Why: what is written into an expression can change it (injection), reserved
// words and dots break it, and attribute names made from data cannot be indexed or read together.
#include "server/advisor/rules/rules.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "expression-glued";

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TextFamily& family : given.families) {
    const uint64_t distinct = family.forms.size();
    if (distinct < given.thresholds().glued_expressions) continue;
    // No more are told apart.
    const std::string texts = family.full() ? Figure(distinct) + " or more" : Figure(distinct);
    Finding& finding = findings.emplace_back();
    finding.id = kId;
    finding.severity = Severity::kWarning;
    finding.table = family.table;
    finding.title =
        family.literals
            ? "Statements are assembled from values: " + texts + " variants of one form."
            : family.member + " is assembled from names: " + texts + " variants of one form.";
    finding.evidence.emplace_back("operation", family.operation);
    finding.evidence.emplace_back("form", family.structure);
    finding.evidence.emplace_back("different texts", texts);
    for (const std::string& text : family.texts) finding.evidence.emplace_back("example", text);
    finding.example = family.example;
    if (family.literals && !family.texts.empty()) {
      // With ? for the literals it would look as it should.
      finding.example = "{\"Statement\":";
      AppendJsonString(family.texts.front(), finding.example);
      finding.example += '}';
    }
    finding.user_agent = family.user_agent;
    finding.count = distinct;
    finding.first_seen_ms = family.first_ms;
    finding.last_seen_ms = family.last_ms;
    finding.consequence = family.literals ? "Whoever controls a value can change the statement "
                                            "(PartiQL injection): read or delete items "
                                            "of others. A quote in a value breaks it."
                                          : "Whoever controls a name can change the expression "
                                            "(set other attributes); reserved words, "
                                            "dots and hyphens in names break it. An item whose "
                                            "attribute names are data grows without "
                                            "bound.";
    finding.advice = family.literals ? "Write ? for each value and send the values in Parameters."
                                     : "Use ExpressionAttributeNames (#name) for names that are "
                                       "not constant, and check them "
                                       "against a list; where names are data (a day, a user id), "
                                       "make them values: an item each, "
                                       "or a map entry addressed through a placeholder.";
  }
}

}  // namespace

extern const Rule kExpressionGlued{kId, Judge};

}  // namespace dynarock::advisor
