// filter-discards-most: a FilterExpression that throws away most of what its Query or Scan reads.
//
// Sees, per distinct (table, index, expression): items read against items returned, and the read
// units of what was thrown away; PartiQL conditions that the key does not serve count as filters.
// Speaks when at least `filter_discarded_percent` were thrown away of at least `filter_items` items
// read, over two requests or more, and either a request reads 20 items on average or 10 units were
// wasted: in a small partition a filter costs nothing extra. A note until it was seen three times.
// Why: a filter is applied after the read is paid for; the cost grows with the data, the result
// does not.
#include <algorithm>

#include "server/advisor/request_text.h"
#include "server/advisor/rules.h"

namespace dynarock::advisor {

namespace {

// The attribute of the filter that would serve best in a key: one compared by equality, else by
// order.
const Term* BestTerm(const std::vector<Term>& terms) {
  const auto find = [&](auto good) {
    const auto it = std::find_if(terms.begin(), terms.end(), good);
    return it == terms.end() ? nullptr : &*it;
  };
  if (const Term* equal = find([](const Term& term) { return term.op == "="; })) return equal;
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

std::string Advice(const Shape& shape) {
  std::string_view filter = shape.Expression("FilterExpression");
  if (filter.empty()) filter = shape.Expression("Statement");
  const std::vector<Term> terms = TermsOf(filter, shape.names);
  const Term* best = BestTerm(terms);
  if (best == nullptr) {
    return "Move what the filter looks for into a key: a sort key that a KeyConditionExpression "
           "can "
           "narrow, or a sparse index that holds only the items wanted.";
  }
  const std::string name = "\"" + best->attribute + "\"";
  if (best->op.starts_with("attribute_")) {
    return "Make a sparse index: a global secondary index whose key is an attribute that only the "
           "items wanted have (here " +
           name + "), and query that.";
  }
  if (best->op == "=" && shape.kind == protocol::AccessKind::kQuery) {
    return "Put " + name + " into the key: as the first part of the sort key of " +
           (shape.index.empty() ? "the table" : "index " + shape.index) +
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

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const Shape* shape : given.shapes) {
    if (shape->kind != protocol::AccessKind::kQuery && shape->kind != protocol::AccessKind::kScan) {
      continue;
    }
    const uint64_t read = shape->items_read();
    const uint64_t returned = shape->items_returned();
    const uint64_t requests = shape->requests();
    if (read < given.thresholds().filter_items || read <= returned || requests < 2) continue;
    const uint64_t discarded = read - returned;
    if (discarded * 100 < read * given.thresholds().filter_discarded_percent) continue;
    const double wasted =
        shape->read_units() * static_cast<double>(discarded) / static_cast<double>(read);
    constexpr uint64_t kManyItems = 20;
    constexpr double kManyUnits = 10;
    if (read < kManyItems * requests && wasted < kManyUnits) continue;
    const Severity severity = requests < 3 ? Severity::kNote : Severity::kWarning;
    const std::string what = shape->kind == protocol::AccessKind::kScan ? "Scan" : "Query";
    Finding& finding = findings.emplace_back(Of(
        *shape, kFilterDiscardsMost.id, severity,
        "A filter throws away " +
            Percent(static_cast<double>(discarded), static_cast<double>(read)) + " of what this " +
            what + " reads" + (shape->index.empty() ? "" : " from index " + shape->index) + "."));
    finding.evidence.emplace_back("items read", Figure(read));
    finding.evidence.emplace_back("items returned", Figure(returned));
    finding.evidence.emplace_back("read units", Units(shape->read_units()));
    finding.evidence.emplace_back("read units wasted", Units(wasted));
    finding.evidence.emplace_back("requests", Figure(requests));
    finding.consequence =
        "Every item read is paid for, also those the filter drops, and a page ends after 1 MB "
        "read, "
        "not returned: with the table the cost and the time grow, and pages come back empty.";
    finding.advice = Advice(*shape);
  }
}

}  // namespace

const Rule kFilterDiscardsMost{"filter-discards-most", Judge};

}  // namespace dynarock::advisor
