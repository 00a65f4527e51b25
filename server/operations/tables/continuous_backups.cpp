#include "server/operations/tables/continuous_backups.h"

#include <algorithm>
#include <string>

namespace dynarock::operations {

namespace {
constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kLagMs = 300'000;
}  // namespace

void WriteContinuousBackups(JsonWriter& out, const PointInTimeRecovery& recovery, int64_t now_ms) {
  out.BeginObject();
  out.Key("ContinuousBackupsDescription");
  out.BeginObject();
  out.Member("ContinuousBackupsStatus", "ENABLED");
  out.Key("PointInTimeRecoveryDescription");
  out.BeginObject();
  out.Member("PointInTimeRecoveryStatus", recovery.enabled ? "ENABLED" : "DISABLED");
  if (recovery.enabled) {
    const int64_t earliest = std::max(recovery.enabled_ms, now_ms - recovery.period_days * kDayMs);
    out.Member("RecoveryPeriodInDays", recovery.period_days);
    out.Key("EarliestRestorableDateTime");
    out.EpochMillis(earliest);
    out.Key("LatestRestorableDateTime");
    out.EpochMillis(std::max(earliest, now_ms - kLagMs));
  }
  out.EndObject();
  out.EndObject();
  out.EndObject();
}

Error TableNotFound(std::string_view name) {
  return OfKind(ErrorKind::kTableNotFound, "Table not found: " + std::string(name));
}

}  // namespace dynarock::operations
