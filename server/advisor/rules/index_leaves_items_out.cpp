// index-leaves-items-out: the migration gap. Items that lack a key attribute which others of their
// kind have, so that an index does not hold them.
//
// Sees, per index and kind of item (its attributes but for the index's key), how many had the key
// and how many had not, and in which order. A sparse index is a good design, so it speaks only when
// it does not look like one: the items without it were all written before the first with it (the
// attribute came later, nobody went back, or not to all): a warning, unless items only ever got it
// by updates, or its name says that it comes later, if at all ("assignee"), and the index was there
// from the beginning; or they are the smaller part (a fifth at most), among the others, and no
// update takes the key away: a note, since the attribute may be optional. `left_out_items` items or
// more. Items of an earlier run (--data-dir) were not seen: they count when UpdateTable added the
// index and every item written since had the key. A warning also when an index was added to a table
// with items, and its backfill left some out. Why: queries of the index miss these items without
// any error.
#include <algorithm>

#include "server/advisor/rules/rules.h"
#include "server/advisor/words/entity_names.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "index-leaves-items-out";

struct Gap {
  uint64_t without = 0;  // items that lack the key
  uint64_t with = 0;
  uint64_t mended = 0;  // that lacked it once
  bool came_later = false;
  bool alone = true;  // no other items lack the key
};

// `left_out`: items that the index does not hold.
Gap GapOf(const TableCase& table, const IndexFacts& facts, uint64_t entries, uint64_t left_out) {
  const bool sampled = table.facts.looked_at < table.facts.writes;
  Gap gap;
  const bool added =
      std::find(table.added.begin(), table.added.end(), facts.name) != table.added.end();
  // Nothing was seen of the items from before the index: they are of an earlier run. What the
  // backfill took up would make more entries than there were writes.
  if (added && !facts.came_later && facts.without == 0 && facts.with > 0 &&
      entries <= table.facts.writes) {
    return {.without = left_out, .with = facts.with, .came_later = true};
  }
  gap.alone = facts.before.empty();
  for (const auto& [kind, seen] : facts.kinds) {
    uint64_t left = seen.without - std::min(seen.without, seen.mended);
    if (sampled && seen.mended * 10 >= seen.without * 9) left = 0;
    if (left == 0) continue;
    gap.alone = gap.alone && seen.with > 0;
    if (seen.with == 0) continue;
    const bool later = seen.last_without < seen.first_with;
    // Items that leave the index one by one, or enter it so, make it a sparse one.
    if (!later && (left * 4 > seen.with || facts.taken_out > 0)) continue;
    if (seen.created_with == 0 && !facts.came_later) continue;
    gap.without += left;
    gap.with += seen.with;
    gap.mended += seen.mended;
    gap.came_later = gap.came_later || later;
  }
  return gap;
}

// How many writes an attribute had another type in, those that were not looked at included.
uint64_t OfOtherTypes(const AttributeFacts& facts, Type type) {
  uint64_t count = 0;
  for (size_t other = 0; other < facts.types.size(); ++other) {
    if (static_cast<Type>(other) != type) count += facts.types[other].about;
  }
  return count;
}

// Items from before the index whose key attribute has a type that the index cannot hold: writes of
// such items are refused once it is there, so that only a backfill meets them.
void JudgeTypes(const TableCase& table, const Index& index, uint64_t left_out,
                std::vector<Finding>& findings) {
  for (size_t i = 0; i < index.key.size(); ++i) {
    const KeyAttribute& attribute = index.key.at(i);
    const auto facts = table.facts.attributes.find(attribute.name);
    if (facts == table.facts.attributes.end()) continue;
    const uint64_t wrong = std::min(OfOtherTypes(facts->second, attribute.type), left_out);
    for (size_t type = 0; type < facts->second.types.size(); ++type) {
      const AttributeFacts::OfType& seen = facts->second.types[type];
      if (seen.count == 0 || static_cast<Type>(type) == attribute.type) continue;
      Sighting sighting = facts->second.other_type;
      sighting.count = std::min(seen.count, left_out);
      const std::string other(TypeName(static_cast<Type>(type)));
      Finding& finding = findings.emplace_back(
          Of(table, sighting, kId, Severity::kWarning,
             "The backfill of index " + index.name + " skipped items whose \"" + attribute.name +
                 "\" is " + other + " instead of " + std::string(TypeName(attribute.type)) + "."));
      finding.index = index.name;
      if (seen.example != nullptr) finding.example = *seen.example;
      finding.evidence.emplace_back("value", seen.shown);
      finding.evidence.emplace_back("items not in the index", Figure(left_out));
      const std::string about = table.facts.looked_at < table.facts.writes ? "about " : "";
      finding.evidence.emplace_back("left out for the type", about + Figure(wrong));
      finding.evidence.emplace_back("left out because they lack a key attribute",
                                    about + Figure(left_out - wrong));
      finding.evidence.emplace_back("writes looked at with type " + other, Figure(seen.count));
      finding.consequence =
          "A backfill leaves out items whose key attribute has another type, without any error; "
          "from now on writes of such items are refused.";
      finding.advice = "Rewrite these items with the right type; the index takes them up then.";
      return;
    }
  }
}

// An attribute that items get later, or never: "assignee", "completedAt". Not "createdAt".
bool MayBeOptional(const Index& index, std::string_view missing) {
  const std::string_view name = missing.empty() ? index.key.hash.front().name : missing;
  const std::vector<std::string> words = WordsOf(name);
  const auto says = [&](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  return BeginsWithNothing(name) && !says("created") && !says("updated") && !says("modified");
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const TableCase& table : given.tables) {
    const auto count = [](const Counters& counters) {
      return static_cast<uint64_t>(std::max<int64_t>(0, counters.items));
    };
    const uint64_t items = count(table.table->state().counters);
    for (const Index& index : table.table->indexes()) {
      const uint64_t held = count(*index.counters);
      if (!index.backfilling && !index.deleting && held < items) {
        JudgeTypes(table, index, items - held, findings);
      }
    }
    for (const auto& [name, facts] : table.facts.indexes) {
      const Index* index = table.table->FindIndex(name);
      if (index == nullptr) continue;
      const uint64_t entries = count(*index->counters);
      // What was left out may have been mended since.
      if (entries >= items) continue;
      const Gap gap = GapOf(table, facts, entries, items - entries);
      if (gap.without < given.thresholds().left_out_items) continue;
      // Of a sample: where all that was left out is of these kinds, it is as many as the index
      // lacks; else as many as were seen at least.
      const uint64_t lacking = items - entries;
      const bool sample = table.facts.looked_at < table.facts.writes;
      const bool sampled = sample && !gap.alone;
      const uint64_t left_out = sample && gap.alone ? lacking : std::min(gap.without, lacking);
      const std::string key =
          "\"" + (facts.missing.empty() ? index->key.hash.front().name : facts.missing) + "\"";
      const bool optional = !facts.came_later && MayBeOptional(*index, facts.missing);
      Finding& finding = findings.emplace_back(
          Of(table, facts.left_out, kId,
             gap.came_later && !optional ? Severity::kWarning : Severity::kNote,
             (sampled ? "At least " : "") + Counted(left_out, "item") + " lack " + key +
                 " and are not in index " + name + ", while others of their kind are."));
      finding.index = name;
      finding.count = left_out;
      if (finding.first_seen_ms == 0) finding.first_seen_ms = table.first_ms;
      if (finding.last_seen_ms == 0) finding.last_seen_ms = table.last_ms;
      finding.evidence.emplace_back("items of the table", Figure(items));
      finding.evidence.emplace_back("entries of the index", Figure(entries));
      finding.evidence.emplace_back("not in the index", Figure(items - entries));
      finding.evidence.emplace_back("such writes with the attribute, of those looked at",
                                    Figure(gap.with));
      finding.evidence.emplace_back("such items without it, of those looked at",
                                    Figure(gap.without));
      if (gap.mended > 0) {
        finding.evidence.emplace_back("that had lacked it and have it now, of those looked at",
                                      Figure(gap.mended));
      }
      finding.evidence.emplace_back(
          "order", gap.came_later ? "all without it came before the first with it" : "mixed");
      finding.consequence =
          "Queries of the index never return these items, without any error: lists are "
          "incomplete, and jobs that work through the index pass them over.";
      finding.advice =
          gap.came_later
              ? "Migrate the old items: a job that scans the table (Segment, TotalSegments) and "
                "sets " +
                    key +
                    " where it is missing (attribute_not_exists), before readers rely on the index."
              : "Make every writer set " + key +
                    ", and mend the items that lack it; if they are left out on purpose, silence "
                    "this rule for the index.";
    }
  }
}

}  // namespace

extern const Rule kIndexLeavesItemsOut{kId, Judge};

}  // namespace dynarock::advisor
