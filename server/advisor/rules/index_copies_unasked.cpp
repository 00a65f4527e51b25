// index-copies-unasked: an index projects everything, and its readers ask for little.
//
// Sees, per index that projects ALL or a list: which attributes the requests on it name in
// projection, filter and key condition. Speaks when there were `unasked_reads` requests or more,
// every one of them named its attributes or only counted, and half of an entry or more was never
// named, by bytes: a warning when that is 1 KB of an average entry or more, otherwise a note, and
// only when half of the attributes or more were never named as well.
// Why: each KB of an entry costs a write unit with every change, and storage.
#include <algorithm>
#include <set>

#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/terms.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "index-copies-unasked";

struct Asked {
  uint64_t requests = 0;
  bool everything = false;
  std::set<std::string> names;
  const RequestKind* kind = nullptr;
};

void AddNames(const RequestKind& kind, std::string_view member, std::set<std::string>& names) {
  for (const Term& term : TermsOf(kind, member)) {
    names.insert(term.attribute);
  }
}

Asked AskedOf(const TableCase& table, const Index& index) {
  Asked asked;
  for (const RequestKind* kind : table.kinds) {
    if (kind->index != index.name || kind->traffic.requests() == 0) continue;
    asked.requests += kind->traffic.requests();
    if (asked.kind == nullptr || kind->traffic.requests() > asked.kind->traffic.requests())
      asked.kind = kind;
    const bool names_them = !kind->Expression("ProjectionExpression").empty();
    if (kind->varying || (!names_them && !kind->counts_only)) asked.everything = true;
    AddNames(*kind, "ProjectionExpression", asked.names);
    AddNames(*kind, "FilterExpression", asked.names);
    AddNames(*kind, "KeyConditionExpression", asked.names);
  }
  return asked;
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  constexpr uint64_t kUnit = 1024;
  for (const TableCase& table : given.tables) {
    for (const Index& index : table.table->indexes()) {
      if (index.deleting || index.projection == ProjectionType::kKeysOnly) continue;
      const Asked asked = AskedOf(table, index);
      if (asked.everything || asked.requests < given.thresholds().unasked_reads) continue;
      const auto items = static_cast<uint64_t>(std::max<int64_t>(0, index.counters->items));
      const auto bytes = static_cast<uint64_t>(std::max<int64_t>(0, index.counters->bytes));
      if (items == 0) continue;
      std::string unasked;
      uint64_t unasked_count = 0;
      uint64_t projected = 0;
      uint64_t projected_bytes = 0;
      uint64_t unasked_bytes = 0;
      for (const auto& [name, facts] : table.facts.attributes) {
        if (!index.Projects(name)) continue;
        ++projected;
        projected_bytes += facts.bytes;
        if (asked.names.contains(name) || index.key.Find(name) != nullptr ||
            table.table->key().Find(name) != nullptr) {
          continue;
        }
        unasked_bytes += facts.bytes;
        if (++unasked_count <= 8) unasked.append(unasked.empty() ? "" : ", ").append(name);
      }
      if (unasked_bytes == 0 || unasked_bytes * 2 < projected_bytes) continue;
      // The share of the bytes, of the items that were looked at.
      const auto per_entry = static_cast<uint64_t>(static_cast<double>(bytes / items) *
                                                   static_cast<double>(unasked_bytes) /
                                                   static_cast<double>(projected_bytes));
      if (per_entry < kUnit && unasked_count * 2 < projected) continue;
      Finding& finding = findings.emplace_back(
          Of(*asked.kind, kId, per_entry >= kUnit ? Severity::kWarning : Severity::kNote,
             "Index " + index.name + " copies attributes that none of its readers asks for."));
      finding.count = asked.requests;
      finding.evidence.emplace_back("never asked for", unasked);
      finding.evidence.emplace_back("of an average entry, about", Bytes(per_entry));
      finding.evidence.emplace_back("size of an entry on average", Bytes(bytes / items));
      finding.evidence.emplace_back("entries", Figure(items));
      finding.consequence =
          "Each started KB of an entry is a write unit whenever the item changes, even if only a "
          "copied attribute changes, and the entry is stored a second time; reads that name few "
          "attributes still pay for the whole entry.";
      std::string wanted;
      for (const std::string& name : asked.names) {
        if (index.key.Find(name) != nullptr || table.table->key().Find(name) != nullptr) continue;
        wanted.append(wanted.empty() ? "" : ", ").append(name);
      }
      finding.advice =
          wanted.empty()
              ? "Use the projection KEYS_ONLY."
              : "Use the projection INCLUDE with " + wanted +
                    ". A projection cannot be changed: add a new index, move the readers, "
                    "delete the old one.";
    }
  }
}

}  // namespace

extern const Rule kIndexCopiesUnasked{kId, Judge};

}  // namespace dynarock::advisor
