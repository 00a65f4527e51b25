// UpdateContinuousBackups.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html
#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"
#include "server/operations/tables/continuous_backups.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr int64_t kLongestDays = 35;

constexpr Member kSpecificationMembers[] = {
    {"PointInTimeRecoveryEnabled", &kBooleanShape, Required()},
    {"RecoveryPeriodInDays", &kIntegerShape, {.min_value = 1, .max_value = kLongestDays}},
};
constexpr Shape kSpecification =
    Structure("PointInTimeRecoverySpecification", kSpecificationMembers);
constexpr Member kMembers[] = {
    TableName(),
    {"PointInTimeRecoverySpecification", &kSpecification, Required()},
};
constexpr Shape kInput = Structure("UpdateContinuousBackupsInput", kMembers);

// Enabling again starts the restorable window anew; a change of the period alone keeps it.
PointInTimeRecovery Changed(const PointInTimeRecovery& before, const JsonValue& specification,
                            int64_t now_ms) {
  PointInTimeRecovery after = before;
  after.enabled = BoolOr(specification, "PointInTimeRecoveryEnabled", false);
  if (after.enabled && !before.enabled) after.enabled_ms = now_ms;
  const int64_t fallback = before.enabled ? before.period_days : kLongestDays;
  after.period_days =
      static_cast<int32_t>(Integer(specification, "RecoveryPeriodInDays").value_or(fallback));
  return after;
}

Result<void> Run(Call& call) {
  const JsonValue& specification = *FindMember(call.input, "PointInTimeRecoverySpecification");
  if (!BoolOr(specification, "PointInTimeRecoveryEnabled", false) &&
      FindMember(specification, "RecoveryPeriodInDays") != nullptr) {
    return Fail(
        Validation("Invalid Request: Cannot specify RecoveryPeriodInDays when disabling "
                   "point-in-time recovery."));
  }
  DYNAROCK_TRY(const NamedTable named, ResolveTableName(call, StringOr(call.input, "TableName")));
  Store& store = call.store;
  PointInTimeRecovery recovery;
  const auto edit = [&](TableDescription& table) -> Result<void> {
    if (table.status == Status::kCreating) return Fail(TableNotFound(named.name));
    recovery = Changed(table.recovery, specification, store.now_ms());
    table.recovery = recovery;
    return {};
  };
  const auto replaced = store.UpdateTable(named.name_space, named.name, edit);
  if (!replaced) {
    if (replaced.error().kind == ErrorKind::kResourceNotFound) {
      return Fail(TableNotFound(named.name));
    }
    return Fail(replaced.error());
  }
  NoteTableChange(call, replaced->before, replaced->after);
  WriteContinuousBackups(call.out, recovery, store.now_ms());
  return {};
}

}  // namespace

const Operation kUpdateContinuousBackups{
    .name = "UpdateContinuousBackups", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
