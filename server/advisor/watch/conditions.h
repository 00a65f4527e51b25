// Writes that their condition refused.
#pragma once

#include "server/advisor/watch/counts.h"
#include "server/advisor/watch/seen.h"
#include "server/trace/trace.h"

namespace dynarock::advisor {

struct RequestKind;

struct ConditionCounts {
  Count condition_failed;
  FewKeys failed_keys;  // the items whose condition failed
  Offender failed;      // a request with a condition that failed
};

// Looks at a write of a request that failed, for whatever reason. Thread safe.
void LookAtCondition(RequestKind& kind, const SeenRequest& seen, const trace::Access& access);

}  // namespace dynarock::advisor
