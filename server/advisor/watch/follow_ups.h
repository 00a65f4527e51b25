// Requests that follow from the answer of another one: GetItems and Queries by the keys or other
// values of the items of a list.
#pragma once

#include <atomic>
#include <cstdint>

#include "server/advisor/watch/counts.h"
#include "server/advisor/watch/recent.h"
#include "server/advisor/watch/seen.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

struct RequestKind;

// A list is a page of Query or Scan, or the elements of a list in an item that was read by its key.
// A kind may be both: one whose answers are lists, and one that follows from lists.
struct FollowUpCounts {
  // As a list: what other requests did with the items of its answers.
  Count fetch_runs;   // lists several of whose items were fetched by their own keys with GetItem
  Count fetches;      // GetItems that make up fetch_runs
  Count follow_runs;  // lists after which several GetItems went by other values of the items
  Count follows;      // GetItems that make up follow_runs
  Count query_runs;   // lists after which several Queries went by values of the items
  Count queries;      // Queries that make up query_runs
  Count rewritten;    // items of an answer that were written or deleted next
  // As a list or as a GetItem: GetItems of an item of a list that the same client wrote next.
  Count worked;

  // As a GetItem or Query.
  Count fetch_gets;   // how often it was one of a list's `fetches`
  Count follow_gets;  // how often it was one of a list's `follows`
  Count query_gets;   // how often it was one of a list's `queries`
  Count short_gets;   // how often it fetched, by its own key, an item of a list of less than five
  std::atomic<RequestKind*> list{nullptr};  // the list that it followed from last

  FollowUpCounts() = default;
  FollowUpCounts(const FollowUpCounts& other);
};

// Thread safe.
class FollowUps {
 public:
  // A page of Query or Scan: it may follow from another list, and it is one.
  void LookAtPage(RequestKind& kind, const SeenRequest& seen, const trace::Access& access);
  // An item that a request read by itself.
  void LookAtGet(RequestKind& kind, const SeenRequest& seen, const trace::Access& access);
  // A write that was done.
  void LookAtWritten(const SeenRequest& seen, const trace::Access& access);

 private:
  Source* ListOfValue(const trace::Access& access, Moment now);
  void FollowWithQuery(RequestKind& kind, const trace::Access& access, Moment now);
  void FollowWithGet(RequestKind& kind, const SeenRequest& seen, const trace::Access& access);

  Links links_;
  RecentReads gets_;  // GetItems for the items of a list
};

}  // namespace dynarock::advisor
