// gets-one-by-one: N+1 reads. A list of items is read, and then one GetItem per item.
//
// Sees GetItems whose key is a value of an item that a Query or Scan had returned up to ten seconds
// before, five or more for one page (three for a small one): a warning from `fetched_one_by_one`
// pages or 20 GetItems on; a note when the lists have less than five items, which are fetched by
// their own key, as tests do. And runs of ten or more GetItems of different items, at most 20 ms
// apart, by one client with no other request in between, wherever the keys come from: a note from
// `loop_gets` GetItems on, since that may as well be the traffic of many users. Why: BatchGetItem
// reads 100 items in one round trip.
#include <algorithm>

#include "server/advisor/rules.h"

namespace dynarock::advisor {

namespace {

constexpr uint64_t kManyGets = 20;
constexpr std::string_view kConsequence =
    "Each GetItem is a round trip of some milliseconds. In a loop over a list of 100 items that is "
    "a "
    "second or more for what one request could read.";
constexpr std::string_view kAdvice =
    "Collect the keys and read up to 100 of them with one BatchGetItem (send UnprocessedKeys "
    "again); "
    "or store what the list shows in the items themselves, so that one Query brings it all.";

// The list that the GetItems followed; null: none.
const Shape* ListBefore(const Case& given, const Shape& get) {
  const Shape* best = nullptr;
  uint64_t most = 0;
  for (const Shape* shape : given.shapes) {
    uint64_t gets = shape->follows;
    if (shape->table == get.table) gets += shape->fetches;
    if (gets > most) {
      best = shape;
      most = gets;
    }
  }
  return best;
}

bool AllProjected(const Case& given, const Shape& list) {
  if (list.index.empty()) return true;
  const TableCase* table = given.FindTable(list.table);
  const Index* index = table == nullptr ? nullptr : table->table->FindIndex(list.index);
  return index == nullptr || index->projection == ProjectionType::kAll;
}

void JudgeLinked(const Case& given, const Shape& get, std::vector<Finding>& findings) {
  const Shape* list = ListBefore(given, get);
  Finding& finding = findings.emplace_back(
      Of(get, kGetsOneByOne.id, Severity::kWarning,
         "A list is read, then its items' data with one GetItem each (N+1)."));
  finding.count = get.follow_gets + get.fetch_gets;
  finding.evidence.emplace_back("GetItems after a list", Figure(finding.count));
  if (list != nullptr) {
    finding.evidence.emplace_back("lists", Figure(list->follow_runs + list->fetch_runs));
    finding.evidence.emplace_back(
        "list read by", list->operation + " " + list->table +
                            (list->index.empty() ? "" : " " + list->index) + " " + list->Text());
  }
  finding.consequence = kConsequence;
  finding.advice = kAdvice;
}

void JudgeShort(const Shape& get, std::vector<Finding>& findings) {
  Finding& finding = findings.emplace_back(
      Of(get, kGetsOneByOne.id, Severity::kNote,
         "Short lists are read, then their items once more with one GetItem each."));
  finding.count = get.short_gets;
  finding.evidence.emplace_back("GetItems after a list of less than five", Figure(finding.count));
  finding.consequence = std::string("Where the list is longer: ") + std::string(kConsequence);
  finding.advice = "Use what the list brought, or read the keys with one BatchGetItem.";
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const Shape* shape : given.shapes) {
    if (!shape->single_get) continue;
    uint64_t linked = shape->follow_gets;
    uint64_t runs = 0;
    for (const Shape* list : given.shapes) {
      runs += list->follow_runs;
      // Fetching what an index leaves out is fetch-after-index-query.
      if (list->table == shape->table && list->fetch_runs > 0 && AllProjected(given, *list)) {
        runs += list->fetch_runs;
        linked = shape->follow_gets + shape->fetch_gets;
      }
    }
    if (linked > 0 && (runs >= given.thresholds().fetched_one_by_one || linked >= kManyGets)) {
      JudgeLinked(given, *shape, findings);
      continue;
    }
    if (shape->short_gets >= given.thresholds().loop_gets) {
      JudgeShort(*shape, findings);
      continue;
    }
    if (shape->fetch_gets > 0 || shape->loop_gets < given.thresholds().loop_gets) continue;
    Finding& finding = findings.emplace_back(
        Of(*shape, kGetsOneByOne.id, Severity::kNote,
           Figure(shape->loop_gets) +
               " GetItems came one right after the other, each for another item."));
    finding.count = shape->loop_gets;
    finding.evidence.emplace_back("runs of ten and more", Figure(shape->loop_runs));
    finding.evidence.emplace_back("longest run", Figure(shape->loop_longest));
    finding.consequence = std::string("If this is a loop: ") + std::string(kConsequence);
    finding.advice = kAdvice;
  }
}

}  // namespace

const Rule kGetsOneByOne{"gets-one-by-one", Judge};

}  // namespace dynarock::advisor
