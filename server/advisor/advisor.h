// The advisor: watches every request, remembers what matters in bounded memory, and says what of it
// will cost or hurt in production.
//
// Each request is shown to the detectors (watch/), which have one concern each. They only add to
// counts (request_kind.h), fixed tables of what was seen moments ago (recent.h) and samples of items
// (table_watch.h). The rules (rules/) judge these when somebody asks for a report.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/advisor/rules/case.h"
#include "server/advisor/rules/settings.h"
#include "server/advisor/watch/copies.h"
#include "server/advisor/watch/deletions.h"
#include "server/advisor/watch/error_watch.h"
#include "server/advisor/watch/follow_ups.h"
#include "server/advisor/watch/orphan_search.h"
#include "server/advisor/watch/pages.h"
#include "server/advisor/watch/read_after_write.h"
#include "server/advisor/watch/request_kinds.h"
#include "server/advisor/watch/request_numbers.h"
#include "server/advisor/watch/seen.h"
#include "server/advisor/watch/stored.h"
#include "server/advisor/watch/table_families.h"
#include "server/advisor/watch/table_lives.h"
#include "server/advisor/watch/table_watches.h"
#include "server/advisor/watch/unprocessed.h"
#include "server/findings/report.h"
#include "server/findings/report_source.h"
#include "server/protocol/observation.h"
#include "storage/clock/clock.h"

namespace dynarock::advisor {

// Thread safe.
class Advisor final : public protocol::Observer,
                      public findings::ReportSource,
                      private trace::Witness {
 public:
  // `stored`: what rules ask about items when a report is made. Null: they say nothing. `clock`:
  // what the report says about time; rates and what follows in quick succession are measured apart
  // from it. Both outlive the advisor.
  explicit Advisor(Settings settings = {}, const Stored* stored = nullptr,
                   const Clock& clock = Clock::System());

  void Observe(const protocol::Observation& observation) override;
  bool WantsTrace() const override { return true; }
  trace::Witness* witness() override { return this; }

  // Leaves requests out until Resume, such as those that load fixtures. Both may be called at any
  // time, from any thread.
  void Pause();
  void Resume();

  // Everything seen so far, judged. Takes milliseconds.
  findings::Report Snapshot() const override;

 private:
  bool WantsPage() override;
  void SeePageItem(ItemView item, trace::Trace& trace) override;
  void SeeItem(ItemView item, trace::Access& access, trace::Trace& trace) override;
  // What deleted items left behind is looked up while the tables are there.
  void BeforeDelete(const Table& table) override;

  // Notes the indexes that were added to a table.
  void LookAtChange(const trace::TableChange& change);
  // `sums`: of the request, null where it has one access.
  void LookAt(const SeenRequest& seen, const trace::Access& access, RequestSums* sums);
  void LookAtRead(RequestKind& kind, const SeenRequest& seen, const trace::Access& access,
                  uint64_t number, bool alone);
  void LookAtWrite(RequestKind& kind, const SeenRequest& seen, const trace::Access& access,
                   const TableWatch* watch);
  // What the rules judge, all of it as it is now.
  Case Collect(int64_t now_ms) const;
  std::vector<TableCase> TableCases() const;
  int64_t PausedMs() const;

  const Settings settings_;
  const Stored* const stored_;
  const Clock& clock_;
  const std::chrono::steady_clock::time_point start_;
  const int64_t start_wall_ms_;
  TableFamilies names_;
  RequestKinds kinds_{names_};
  TableWatches tables_{names_};
  TableLives lives_;
  Pages pages_;
  FollowUps follow_ups_;
  ReadsAfterWrites reads_after_writes_;
  Copies copies_;
  ErrorWatch errors_{names_};
  Unprocessed unprocessed_{names_};
  Deletions deletions_;
  mutable std::mutex trails_mutex_;
  Trails trails_;  // of the deletions that are remembered, before the last table was dropped
  mutable std::mutex pause_mutex_;
  std::chrono::steady_clock::time_point paused_since_;  // while paused
  std::chrono::steady_clock::duration paused_for_{};    // before
  mutable std::mutex added_mutex_;
  std::set<std::pair<std::string, std::string>> added_;  // table and index, by UpdateTable
  RequestNumbers requests_;
};

}  // namespace dynarock::advisor
