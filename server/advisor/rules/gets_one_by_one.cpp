// gets-one-by-one: N+1 reads. A list of items is read, and then one GetItem per item.
//
// Sees GetItems (and BatchGetItems of one key) whose key is a value of an item that a Query or Scan
// had returned up to ten seconds before, or an element of a list of an item that was read by key,
// five or more for one page (three for a small one): a warning from `fetched_one_by_one` pages or
// 20 GetItems on; a note when the lists have less than five items, which are fetched by their own
// key, as tests do. Values that make a key with a prefix before them count ("u17" for "USER#u17",
// as does "MEMBER#u17"). Items that the same client writes next do not: a worker that takes up one
// after the other. Queries by such values are the same when they name a whole primary key, else a
// note, from ten on: there is no batch of Queries. And runs of ten or more GetItems, at most 20 ms
// apart, by one client with no other request in between, at most one in eight of an item that the
// run had read before, wherever the keys come from: a note from `loop_gets` GetItems on, since that
// may as well be the traffic of many users. Why: BatchGetItem reads 100 items in one round trip.
#include <algorithm>

#include "server/advisor/rules/rules.h"
#include "server/advisor/watch/terms.h"

namespace dynarock::advisor {

namespace {

constexpr std::string_view kId = "gets-one-by-one";

constexpr uint64_t kManyGets = 20;
constexpr std::string_view kConsequence =
    "Each GetItem is a round trip of some milliseconds. In a loop over a list of 100 items that "
    "is a second or more for what one request could read.";
constexpr std::string_view kAdvice =
    "Collect the keys and read up to 100 of them with one BatchGetItem (send UnprocessedKeys "
    "again); or store what the list shows in the items themselves, so that one Query returns it "
    "all.";

bool AllProjected(const Case& given, const RequestKind& list) {
  if (list.index.empty()) return true;
  const TableCase* table = given.FindTable(list.table);
  const Index* index = table == nullptr ? nullptr : table->table->FindIndex(list.index);
  return index == nullptr || index->projection == ProjectionType::kAll;
}

void ShowList(const RequestKind& list, uint64_t runs, Finding& finding) {
  finding.evidence.emplace_back("lists", Figure(runs));
  finding.evidence.emplace_back("list read by", list.operation + " " + list.table +
                                                    (list.index.empty() ? "" : " " + list.index) +
                                                    " " + list.Text());
}

// Where the list had the items themselves, they need not be read again.
std::string Advice(const Case& given, const RequestKind& get, const RequestKind* list) {
  if (list == nullptr || list->follow_ups.fetches <= list->follow_ups.follows ||
      list->table != get.table || !AllProjected(given, *list)) {
    return std::string(kAdvice);
  }
  if (!list->Expression("ProjectionExpression").empty()) {
    return "Ask the list for the attributes that are needed, in its ProjectionExpression (it costs "
           "the same), and drop the GetItems.";
  }
  return std::string("The list returned these items whole") +
         (list->index.empty() ? "" : " (index " + list->index + " projects ALL)") +
         ": use them, and drop the GetItems.";
}

void JudgeLinked(const Case& given, const RequestKind& get, uint64_t linked,
                 std::vector<Finding>& findings) {
  const RequestKind* list = get.follow_ups.list;
  Finding& finding = findings.emplace_back(
      Of(get, kId, Severity::kWarning,
         get.operation == "BatchGetItem"
             ? "After reading a list, the application fetches each item with a BatchGetItem of a "
               "single key (N+1)."
             : "After reading a list, the application fetches each item with its own GetItem "
               "(N+1)."));
  finding.count = std::min(linked, get.traffic.entries());
  finding.evidence.emplace_back("GetItems after a list", Figure(finding.count));
  if (list != nullptr)
    ShowList(*list, list->follow_ups.follow_runs + list->follow_ups.fetch_runs, finding);
  finding.consequence = kConsequence;
  finding.advice = Advice(given, get, list);
}

// Whether a Query names one item: each attribute of the table's key is compared with =.
bool IsOfOneItem(const Case& given, const RequestKind& query) {
  const TableCase* table = given.FindTable(query.table);
  if (table == nullptr || !query.index.empty()) return false;
  size_t equal = 0;
  for (const Term& term : TermsOf(query, "KeyConditionExpression")) {
    equal += term.op == "=" ? 1 : 0;
  }
  return equal == table->table->key().size();
}

void JudgeQueries(const Case& given, const RequestKind& query, std::vector<Finding>& findings) {
  constexpr uint64_t kManyQueries = 10;
  const RequestKind* list = query.follow_ups.list;
  if (list == nullptr || list->follow_ups.query_runs < given.thresholds().fetched_one_by_one ||
      query.follow_ups.query_gets < kManyQueries) {
    return;
  }
  const bool one_item = IsOfOneItem(given, query);
  Finding& finding = findings.emplace_back(
      Of(query, kId, one_item ? Severity::kWarning : Severity::kNote,
         one_item ? "After reading a list, the application fetches each item with a Query of its "
                    "whole key (N+1)."
                  : "After reading a list, the application sends one Query for each of its items "
                    "(N+1)."));
  finding.count = query.follow_ups.query_gets;
  finding.evidence.emplace_back("Queries after a list", Figure(finding.count));
  ShowList(*list, list->follow_ups.query_runs, finding);
  finding.consequence =
      "Each Query is a round trip of some milliseconds. In a loop over a list of 100 items that is "
      "a second or more.";
  finding.advice =
      one_item ? "A Query that names a whole primary key is a GetItem: collect the keys and read "
                 "up to 100 of them with one BatchGetItem (send UnprocessedKeys again)."
               : "There is no batch of Queries. Keep what is shown together under one partition "
                 "key, so that one Query brings it, or what the list shows of each (a count, the "
                 "newest) in its items; else send the Queries at the same time.";
}

void JudgeShort(const RequestKind& get, std::vector<Finding>& findings) {
  Finding& finding = findings.emplace_back(Of(
      get, kId, Severity::kNote,
      "After reading a short list, the application reads each item again with its own GetItem."));
  finding.count = get.follow_ups.short_gets;
  finding.evidence.emplace_back("GetItems after a list of less than five", Figure(finding.count));
  finding.consequence = std::string("Where the list is longer: ") + std::string(kConsequence);
  finding.advice = "Use what the list returned, or read the keys with one BatchGetItem.";
}

void JudgeLoop(const RequestKind& get, const GetLoop::Sum& loop, std::vector<Finding>& findings) {
  Finding& finding = findings.emplace_back(
      Of(get, kId, Severity::kNote,
         Figure(loop.gets) + " GetItems came one right after the other, nearly each for another " +
             "item."));
  finding.count = loop.gets;
  finding.evidence.emplace_back("runs of ten and more", Figure(loop.runs));
  finding.evidence.emplace_back("longest run", Figure(loop.longest));
  finding.evidence.emplace_back("different items of a run, on average",
                                Figure((loop.gets - loop.repeats) / loop.runs));
  finding.consequence = std::string("If this is a loop: ") + std::string(kConsequence);
  finding.advice = kAdvice;
}

void JudgeGets(const Case& given, const RequestKind& get, std::vector<Finding>& findings) {
  uint64_t fetched = get.follow_ups.fetch_gets;
  uint64_t runs = 0;
  for (const RequestKind* list : given.kinds) {
    runs += list->follow_ups.follow_runs;
    if (list->table != get.table) continue;
    if (AllProjected(given, *list)) {
      runs += list->follow_ups.fetch_runs;
    } else {
      // Fetching what an index leaves out is fetch-after-index-query.
      fetched -= std::min<uint64_t>(fetched, list->follow_ups.fetches);
    }
  }
  const uint64_t linked = get.follow_ups.follow_gets + fetched;
  const bool worked = get.follow_ups.worked * 2 >= linked;
  if (!worked && (runs >= given.thresholds().fetched_one_by_one || linked >= kManyGets)) {
    return JudgeLinked(given, get, linked, findings);
  }
  if (get.follow_ups.short_gets >= given.thresholds().loop_gets) return JudgeShort(get, findings);
  const GetLoop::Sum loop = get.loop.sum();
  if (get.follow_ups.fetch_gets == 0 && get.operation != "BatchGetItem" &&
      loop.gets >= given.thresholds().loop_gets) {
    JudgeLoop(get, loop, findings);
  }
}

void Judge(const Case& given, std::vector<Finding>& findings) {
  for (const RequestKind* kind : given.kinds) {
    if (kind->single_get) {
      JudgeGets(given, *kind, findings);
    } else if (kind->access_kind == trace::AccessKind::kQuery) {
      JudgeQueries(given, *kind, findings);
    }
  }
}

}  // namespace

extern const Rule kGetsOneByOne{kId, Judge};

}  // namespace dynarock::advisor
