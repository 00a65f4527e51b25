// filter-discards-most: a FilterExpression that throws away most of what its Query or Scan reads.
//
// Sees, per distinct (table, index, expression): items read against items returned, and the read
// units of what was thrown away; PartiQL conditions that the key does not serve count as filters.
// Speaks when at least `filter_discarded_percent` were thrown away of at least `filter_items` items
// read, over two requests or more, and either a request reads 20 items on average or 10 units were
// wasted: in a small partition a filter costs nothing extra. A note until it was seen three times.
// A Query that reads 100 items and drops nine of ten is a warning the first time: no more traffic
// is needed to see that.
// Why: a filter is applied after the read is paid for; the cost grows with the data, the result
// does not.
#include <algorithm>

#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/terms.h"
#include "server/findings/cost/index_proposal.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "filter-discards-most";

// Different values of the attribute among the items, about; 0: not known.
double ValuesOf(const TableCase* table, const Term& term) {
  if (table == nullptr) return 0;
  const auto facts = table->facts.attributes.find(term.attribute);
  return facts == table->facts.attributes.end() ? 0 : facts->second.Values();
}

char TypeLetter(Type type) {
  return type == Type::kNumber ? 'N' : type == Type::kBinary ? 'B' : 'S';
}

bool FitsKey(Type type) {
  return type == Type::kNumber || type == Type::kString || type == Type::kBinary;
}

// Whether the attribute was seen, and only with types that keys do not have.
bool FitsNoKey(const TableCase& table, const std::string& attribute) {
  const auto facts = table.facts.attributes.find(attribute);
  if (facts == table.facts.attributes.end()) return false;
  bool any = false;
  for (size_t i = 0; i < facts->second.types.size(); ++i) {
    if (facts->second.types[i].count == 0 || static_cast<Type>(i) == Type::kNull) continue;
    if (FitsKey(static_cast<Type>(i))) return false;
    any = true;
  }
  return any;
}

// The attribute of the filter that would serve best in a key: one compared by equality, that of
// most values, else by order.
const Term* BestTerm(const TableCase* table, const std::vector<Term>& terms) {
  const auto find = [&](auto good) {
    const auto it = std::find_if(terms.begin(), terms.end(), good);
    return it == terms.end() ? nullptr : &*it;
  };
  const Term* equal = nullptr;
  for (const Term& term : terms) {
    if (term.op != "=") continue;
    if (equal == nullptr || ValuesOf(table, term) > ValuesOf(table, *equal)) equal = &term;
  }
  if (equal != nullptr) return equal;
  if (const Term* ordered = find([](const Term& term) {
        return term.op == "<" || term.op == ">" || term.op == "<=" || term.op == ">=" ||
               term.op == "BETWEEN" || term.op == "begins_with";
      })) {
    return ordered;
  }
  return find([](const Term& term) {
    return term.op == "attribute_exists" || term.op == "attribute_not_exists" || term.op == "IN";
  });
}

// The key of what is read: of the table or the index.
const Key* KeyOf(const TableCase* table, const RequestKind& kind) {
  if (table == nullptr) return nullptr;
  if (kind.index.empty()) return &table->table->key();
  const Index* index = table->table->FindIndex(kind.index);
  return index == nullptr ? nullptr : &index->key;
}

struct Filter {
  std::vector<Term> terms;
  bool conjunction = true;      // all terms hold together
  bool sort_condition = false;  // the key condition limits the sort key, too
};

bool IsOn(const std::vector<dynarock::KeyAttribute>& attributes, const Term& term) {
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const auto& attribute) { return attribute.name == term.attribute; });
}

// What the key does not serve. A statement has it in one text with what the key serves.
Filter FilterOf(const Key* key, const RequestKind& kind) {
  Filter filter;
  const bool query = kind.access_kind == trace::AccessKind::kQuery && key != nullptr;
  const auto note_sort = [&](const Term& term) {
    if (query && IsOn(key->range, term)) filter.sort_condition = true;
  };
  if (kind.Expression("FilterExpression").empty()) {
    filter.conjunction = IsConjunction("Statement", kind.Expression("Statement"));
    for (Term& term : TermsOf(kind, "Statement")) {
      const bool of_key = query && (IsOn(key->hash, term) || IsOn(key->range, term));
      note_sort(term);
      if (!of_key && !term.op.empty()) filter.terms.push_back(std::move(term));
    }
    return filter;
  }
  filter.conjunction = IsConjunction("FilterExpression", kind.Expression("FilterExpression"));
  filter.terms = TermsOf(kind, "FilterExpression");
  for (const Term& term : TermsOf(kind, "KeyConditionExpression")) {
    note_sort(term);
  }
  return filter;
}

std::string Advice(const TableCase* table, const RequestKind& kind) {
  const Filter filter = FilterOf(KeyOf(table, kind), kind);
  const std::vector<Term>& terms = filter.terms;
  if (!filter.conjunction) {
    return "No one key serves conditions that are joined by OR or negated: send one Query for each "
           "alternative, each with a key or index of its own, and join the answers, or write one "
           "attribute that holds what the filter asks for and make it the key of an index.";
  }
  const Term* best = BestTerm(table, terms);
  if (best == nullptr) {
    return "Move what the filter looks for into a key: a sort key that a KeyConditionExpression "
           "can narrow, or a sparse index that holds only the items wanted.";
  }
  const std::string name = "\"" + best->attribute + "\"";
  if (table != nullptr && FitsNoKey(*table, best->attribute)) {
    return "No key can be of the type of " + name +
           ". Give the items wanted, and only those, a string attribute that says so (and remove "
           "it when they are no longer wanted), and make it the key of a sparse global secondary "
           "index.";
  }
  if (best->op.starts_with("attribute_")) {
    return "Make a sparse index: a global secondary index whose key is an attribute that only the "
           "items wanted have (here " +
           name + "), and query that.";
  }
  if (best->op == "=" && kind.access_kind == trace::AccessKind::kQuery) {
    return "Put " + name + " into the key: as the first part of the sort key of " +
           (kind.index.empty() ? "the table" : "index " + kind.index) +
           ", or as the partition key of a global secondary index, so that a "
           "KeyConditionExpression "
           "reads only the items wanted. If few items have the value, a sparse index is smaller.";
  }
  if (best->op == "=") {
    return "Make " + name +
           " the partition key of a global secondary index and use Query instead of "
           "Scan. If few items have the value, keep the attribute only on those: a sparse index.";
  }
  return "Make " + name +
         " the sort key (of the table or of a global secondary index) and narrow it in "
         "the KeyConditionExpression.";
}

// The type that an attribute has in a key: the only one it was seen with; 0: several, none, or none
// that a key can have.
char KeyTypeOf(const TableCase& table, const std::string& attribute) {
  const auto facts = table.facts.attributes.find(attribute);
  if (facts == table.facts.attributes.end()) return 0;
  char found = 0;
  for (size_t i = 0; i < facts->second.types.size(); ++i) {
    if (facts->second.types[i].count == 0) continue;
    const auto type = static_cast<Type>(i);
    if (!FitsKey(type) || found != 0) return 0;
    found = TypeLetter(type);
  }
  return found;
}

// Adds the index that would serve the filter, where there is one.
void Propose(const TableCase& table, const RequestKind& kind, Finding& finding) {
  const Key* of_read = KeyOf(&table, kind);
  if (of_read == nullptr) return;
  const Key& key = *of_read;
  const Index* index = kind.index.empty() ? nullptr : table.table->FindIndex(kind.index);
  if (key.hash.size() != 1 || key.range.size() > 1) return;
  findings::FilteredRead read;
  read.table = kind.table;
  read.index = kind.index;
  read.query = kind.access_kind == trace::AccessKind::kQuery;
  read.partition = {key.hash[0].name, TypeLetter(key.hash[0].type)};
  if (!key.range.empty()) {
    read.sort = findings::KeyAttribute{key.range[0].name, TypeLetter(key.range[0].type)};
  }
  const Filter filter = FilterOf(&key, kind);
  if (!filter.conjunction) return;
  read.sort_condition = filter.sort_condition;
  for (const Term& term : filter.terms) {
    const char type = term.op == "=" ? KeyTypeOf(table, term.attribute) : '\0';
    if (type != 0) {
      read.equal.push_back({term.attribute, type, ValuesOf(&table, term)});
    } else {
      read.other_conditions = true;
    }
  }
  for (const AttributeDefinition& attribute : table.table->description().attributes) {
    read.defined.push_back(attribute.name);
  }
  read.requests = kind.traffic.requests();
  read.items_read = kind.traffic.items_read();
  read.items_returned = kind.traffic.items_returned();
  read.read_units = kind.traffic.read_units();
  const Counters& counters = index == nullptr ? table.table->state().counters : *index->counters;
  if (const int64_t items = counters.items.load(); items > 0) {
    read.item_bytes = static_cast<double>(counters.bytes.load()) / static_cast<double>(items);
  }
  read.item_writes = table.facts.writes;
  read.provisioned = table.table->description().billing == BillingMode::kProvisioned;
  const auto proposal = findings::ProposeIndex(read);
  if (!proposal) return;
  AddProposal(read, *proposal, finding);
  if (!kind.Expression("Statement").empty()) {
    finding.advice +=
        " A statement names it: SELECT ... FROM \"" + kind.table + "\".\"" + proposal->name + "\".";
  }
  if (kind.traffic.consistent_reads() > 0) {
    finding.advice +=
        " These reads are strongly consistent, which a global index cannot be: use it where a "
        "result that is a moment old will do.";
  }
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    if (kind->access_kind != trace::AccessKind::kQuery &&
        kind->access_kind != trace::AccessKind::kScan) {
      continue;
    }
    const uint64_t read = kind->traffic.items_read();
    const uint64_t returned = kind->traffic.items_returned();
    const uint64_t requests = kind->traffic.requests();
    if (read < given.thresholds().filter_items || read <= returned) continue;
    const uint64_t discarded = read - returned;
    const bool plain = kind->access_kind == trace::AccessKind::kQuery && read >= 100 * requests &&
                       discarded * 10 >= read * 9;
    if (requests < 2 && !plain) continue;
    if (discarded * 100 < read * given.thresholds().filter_discarded_percent) continue;
    const double wasted =
        kind->traffic.read_units() * static_cast<double>(discarded) / static_cast<double>(read);
    constexpr uint64_t kManyItems = 20;
    constexpr double kManyUnits = 10;
    if (read < kManyItems * requests && wasted < kManyUnits) continue;
    const Severity severity = requests < 3 && !plain ? Severity::kNote : Severity::kWarning;
    const std::string what = kind->access_kind == trace::AccessKind::kScan ? "Scan" : "Query";
    Finding& finding = findings.emplace_back(Of(
        *kind, kId, severity,
        "A filter throws away " +
            Percent(static_cast<double>(discarded), static_cast<double>(read)) + " of what this " +
            what + " reads" + (kind->index.empty() ? "" : " from index " + kind->index) + "."));
    finding.evidence.emplace_back("items read", Figure(read));
    finding.evidence.emplace_back("items returned", Figure(returned));
    finding.evidence.emplace_back("read units", Units(kind->traffic.read_units()));
    finding.evidence.emplace_back("read units wasted", Units(wasted));
    finding.evidence.emplace_back("requests", Figure(requests));
    finding.consequence =
        "You pay for every item read, including those the filter drops, and a page ends after 1 "
        "MB read, not 1 MB returned. As the table grows, so do cost and latency, and more pages "
        "come back empty.";
    const TableCase* table = given.FindTable(kind->table);
    finding.advice = Advice(table, *kind);
    if (table != nullptr) Propose(*table, *kind, finding);
  }
}

}  // namespace

extern const Rule kFilterDiscardsMost{kId, Judge};

}  // namespace dynarock::advisor
