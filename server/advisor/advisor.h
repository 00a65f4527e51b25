// The advisor: watches every request, remembers what matters in bounded memory, and says what of it
// will cost or hurt in production.
//
// Requests only add to counts (request_kind.h), fixed tables of what was seen moments ago (recent.h) and
// samples of items (table_watch.h); the rules (rules/) judge these when somebody asks for a report.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/advisor/rules/settings.h"
#include "server/advisor/watch/copies.h"
#include "server/advisor/watch/deletions.h"
#include "server/advisor/watch/error_watch.h"
#include "server/advisor/watch/orphan_search.h"
#include "server/advisor/watch/recent.h"
#include "server/advisor/watch/request_kind.h"
#include "server/advisor/watch/request_numbers.h"
#include "server/advisor/watch/stored.h"
#include "server/advisor/watch/table_families.h"
#include "server/advisor/watch/table_watch.h"
#include "server/advisor/watch/unprocessed.h"
#include "server/findings/report.h"
#include "server/findings/report_source.h"
#include "server/protocol/observation.h"
#include "storage/clock/clock.h"

namespace dynarock::advisor {

// Thread safe.
class Advisor final : public protocol::Observer, public findings::ReportSource {
 public:
  // `stored`: what rules ask about items when a report is made. Null: they say nothing. `clock`:
  // what the report says about time; rates and what follows in quick succession are measured apart
  // from it. Both outlive the advisor.
  explicit Advisor(Settings settings = {}, const Stored* stored = nullptr,
                   const Clock& clock = Clock::System());

  void Observe(const protocol::Observation& observation) override;
  // What deleted items left behind is looked up while the tables are there.
  void BeforeDrop() override;
  bool WantsTrace() const override { return true; }

  // Leaves requests out until Resume, such as those that load fixtures. Both may be called at any
  // time, from any thread.
  void Pause();
  void Resume();

  // Everything seen so far, judged. Takes milliseconds.
  findings::Report Snapshot() const override;

 private:
  TableWatch* WatchOf(const trace::Access& access, int64_t wall_ms);
  TableWatch* FindWatch(const Table& table, int64_t wall_ms);
  void LookAtUpdate(const protocol::Observation& observation);
  class RequestSums;
  // A request, as all look at it.
  struct Seen {
    const protocol::Observation& observation;
    Moment now;
    Sender sender;
    int64_t wall_ms;
  };
  // `sums`: of the request, null where it has one access.
  void LookAt(const Seen& seen, const trace::Access& access, RequestSums* sums);
  // Returns how many of the kind the thread's lane had before.
  static uint64_t CountAccess(RequestKind& kind, RequestSums* sums, const Seen& seen,
                              const trace::Access& access);
  void LookAtPage(RequestKind& kind, const Seen& seen, const trace::Access& access);
  void LookAtQuery(RequestKind& kind, const trace::Access& access, Moment now);
  static bool WatchesLoop(const RequestKind& kind, Moment now);
  void LookAtGet(RequestKind& kind, const Seen& seen, const trace::Access& access);
  void FollowList(RequestKind& kind, const Seen& seen, const trace::Access& access);
  Source* ListOfValue(const trace::Access& access, Moment now);
  void LookAtStaleness(RequestKind& kind, const Seen& seen, const trace::Access& access);
  void LookAtWrite(RequestKind& kind, const Seen& seen, const trace::Access& access,
                   const TableWatch* watch);
  void LookAtWritten(RequestKind& kind, const Seen& seen, const trace::Access& access,
                     const TableWatch* watch);
  void LookAtReplacement(RequestKind& kind, const Seen& seen, const trace::Access& access,
                         const TableWatch* watch);

  const Settings settings_;
  const Stored* const stored_;
  const Clock& clock_;
  const uint64_t number_;  // tells advisors apart in each thread's memory
  const std::chrono::steady_clock::time_point start_;
  const int64_t start_wall_ms_;
  TableFamilies names_;
  RequestKinds kinds_{names_};
  RecentWrites writes_;
  RecentReads consistent_reads_;  // whoever writes the item next has decided on what was read
  RecentReads hazards_;           // of items written moments before
  RecentReads follow_ups_;        // GetItems for the items of a list
  Copies copies_;
  Links links_;
  Tokens tokens_;
  ErrorWatch errors_{names_};
  Unprocessed unprocessed_{names_};
  Deletions deletions_;
  mutable std::mutex trails_mutex_;
  Trails trails_;  // of the deletions that are remembered, before the last table was dropped
  mutable std::mutex pause_mutex_;
  std::chrono::steady_clock::time_point paused_since_;  // while paused
  std::chrono::steady_clock::duration paused_for_{};    // before
  mutable std::mutex tables_mutex_;
  std::deque<TableWatch> tables_;
  std::unordered_map<std::string, TableWatch*> tables_by_name_;
  std::set<std::pair<std::string, std::string>> added_;  // table and index, by UpdateTable
  RequestNumbers requests_;
};

}  // namespace dynarock::advisor
