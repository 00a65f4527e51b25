// Reads of items that are written at about the same time: eventually consistent ones that may miss
// the write, and strongly consistent ones that have a reason.
#pragma once

#include "server/advisor/watch/counts.h"
#include "server/advisor/watch/recent.h"
#include "server/advisor/watch/seen.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

struct RequestKind;

// A hazard is an eventually consistent read of an item that was written moments before, with few
// requests in between.
struct ReadAfterWriteCounts {
  Count hazards;
  Count direct_hazards;  // hazards that were the writer's next request
  // Hazards that were the writer's next request, after a write that had created the item; those
  // whose reader deleted the item next are not counted.
  Count created_hazards;
  Count deleted_hazards;    // hazards whose reader deleted the item within the next requests
  Count consistent_needed;  // strongly consistent reads of an item written seconds before or after
};

// Thread safe.
class ReadsAfterWrites {
 public:
  // `hazard_ms`: "moments before".
  explicit ReadsAfterWrites(uint64_t hazard_ms) : hazard_ms_(hazard_ms) {}

  // Before the rest of a request is looked at: memory that nobody has touched of late takes its
  // time to come.
  void Prefetch(const trace::Access& access, Moment now) const;
  void LookAtRead(RequestKind& kind, const SeenRequest& seen, const trace::Access& access);
  // A write that may have been refused.
  void LookAtAttempt(const SeenRequest& seen, const trace::Access& access);
  // A write that was done.
  void LookAtWritten(const SeenRequest& seen, const trace::Access& access);

 private:
  void LookAtConsistent(RequestKind& kind, const SeenRequest& seen, const trace::Access& access);
  void LookAtEventual(RequestKind& kind, const SeenRequest& seen, const trace::Access& access);

  const uint64_t hazard_ms_;
  RecentWrites writes_;
  RecentReads consistent_reads_;  // whoever writes the item next has decided on what was read
  RecentReads hazards_;
};

}  // namespace dynarock::advisor
