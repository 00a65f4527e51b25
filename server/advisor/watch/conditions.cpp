#include "server/advisor/watch/conditions.h"

#include "server/advisor/watch/request_kind.h"
#include "server/advisor/watch/request_text.h"

namespace dynarock::advisor {

void LookAtCondition(RequestKind& kind, const SeenRequest& seen, const trace::Access& access) {
  const Error& error = *seen.observation.error;
  const auto place = static_cast<size_t>(&access - seen.observation.trace.accesses().data());
  const bool failed =
      error.kind == ErrorKind::kConditionalCheckFailed ||
      (place < error.reasons.size() && error.reasons[place].code == "ConditionalCheckFailed");
  if (!failed) return;
  ConditionCounts& counts = kind.conditions;
  counts.condition_failed.Add();
  if (access.table != nullptr) counts.failed_in.Add(access.table->storage_id());
  counts.failed_keys.Add(access.key_hash);
  if (counts.failed.Claim()) {
    counts.failed.Give(Compact(seen.observation.input), seen.observation.user_agent);
  }
}

}  // namespace dynarock::advisor
