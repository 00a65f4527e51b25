#include "server/operations/tables/change_kinds.h"

#include <string>
#include <string_view>

#include "server/operations/tables/errors.h"

namespace dynarock::operations {

namespace {

Result<void> Refuse(bool when, std::string_view text) {
  if (!when) return {};
  return Fail(InvalidParameter(text));
}

Result<void> Wait(bool when, const std::string& text) {
  if (!when) return {};
  return Fail(StillInUse(text));
}

// Of units or billing mode.
Result<void> CheckDuringThroughput(const ChangeKinds& asked, const TableDescription& table) {
  DYNAROCK_CHECK(Wait(asked.on_demand && table.changing.Has(Changing::kBillingMode),
                      "OnDemandThroughput cannot be updated while BillingMode update is in "
                      "progress"));
  DYNAROCK_CHECK(Wait(asked.billing || asked.throughput || asked.index_update,
                      "Table IOPS are currently being updated. Table: " + table.name));
  DYNAROCK_CHECK(Wait(
      asked.stream,
      "Can't enable or disable stream while table IOPS are being updated. Table: " + table.name));
  return Wait(
      asked.online_index(),
      "Can't create or delete indexes while table IOPS are being updated. Table: " + table.name);
}

Result<void> CheckDuringStream(const ChangeKinds& asked, const TableDescription& table) {
  const std::string which = " Table: " + table.name + " Stream: " + table.stream.label +
                            " Operation: " + (table.stream.enabled ? "ENABLE" : "DISABLE");
  DYNAROCK_CHECK(Wait(asked.stream, "A stream status change is currently in progress." + which));
  DYNAROCK_CHECK(Wait(asked.billing || asked.throughput,
                      "Can't change table IOPS when stream status is being updated." + which));
  DYNAROCK_CHECK(Wait(asked.online_index(),
                      "Can't create or delete an index when stream status is being updated."));
  return Wait(asked.on_demand,
              "OnDemandThroughput cannot be updated while stream status update is in progress");
}

Result<void> CheckDuringClass(const ChangeKinds& asked, const TableDescription& table) {
  const std::string which = "TableClassUpdateInProgress: " + table.table_class;
  const std::string of_table = " Table: " + table.name + " " + which;
  DYNAROCK_CHECK(
      Wait(asked.table_class,
           "Can't update table class when a table class update is in progress." + of_table));
  DYNAROCK_CHECK(
      Wait(asked.stream,
           "Can't change stream status when a table class update is in progress." + of_table));
  DYNAROCK_CHECK(Wait(asked.online_index(),
                      "Can't create or delete an index when a table class update is in progress."));
  return Wait(
      asked.on_demand,
      "OnDemandThroughput cannot be updated while TableClass update is in progress. " + which);
}

// While a global index is made or deleted.
Result<void> CheckDuringIndexes(const ChangeKinds& asked, const TableDescription& table) {
  for (const Status status : {Status::kCreating, Status::kDeleting}) {
    std::string names;
    for (const IndexDescription& index : table.global_indexes) {
      if (index.status == status) names += (names.empty() ? "" : ", ") + index.name;
    }
    if (names.empty()) continue;
    const bool made = status == Status::kCreating;
    const std::string done = made ? "created" : "deleted";
    DYNAROCK_CHECK(Wait(asked.billing || asked.throughput,
                        "Can't change table IOPS when an index is being " + done +
                            ". Table: " + table.name + " Indexes: [" + names + "]"));
    DYNAROCK_CHECK(Wait(asked.stream, "Can't change stream status when an index is being " + done));
    DYNAROCK_CHECK(Wait(asked.on_demand, "OnDemandThroughput cannot be updated while index " +
                                             std::string(made ? "creation" : "deletion") +
                                             " is in progress for indexes: [" + names + "]"));
  }
  return {};
}

}  // namespace

Result<void> CheckTogether(const ChangeKinds& asked) {
  const bool several = asked.count() > 1;
  DYNAROCK_CHECK(
      Refuse(asked.encryption && several,
             "Server-Side Encryption modification must be the only operation in the request"));
  DYNAROCK_CHECK(Refuse(asked.table_class && several,
                        "TableClass modification must be the only operation in the request"));
  DYNAROCK_CHECK(
      Refuse(asked.protection && several,
             "DeletionProtection modification must be the only operation in the request"));
  DYNAROCK_CHECK(
      Refuse(asked.index_create && asked.warm,
             "Create global secondary index cannot be specified when updating WarmThroughput"));
  DYNAROCK_CHECK(Refuse(asked.warm && several && !asked.on_demand,
                        "WarmThroughput must be the only operation in the request"));
  DYNAROCK_CHECK(Refuse(asked.on_demand && asked.count() > 1 + (asked.billing ? 1 : 0),
                        "OnDemandThroughput can only be combined with BillingMode in an "
                        "UpdateTable request"));
  DYNAROCK_CHECK(Refuse(asked.stream && (asked.throughput || asked.to_provisioned),
                        "You cannot modify stream status while updating table IOPS"));
  DYNAROCK_CHECK(Refuse(asked.online_index() && asked.throughput,
                        "You cannot create or delete index while updating table IOPS"));
  return Refuse(asked.online_index() && asked.stream,
                "You cannot create or delete index while changing stream status");
}

Result<void> CheckInTransit(const ChangeKinds& asked, const TableDescription& table,
                            int64_t now_ms) {
  if (table.status == Status::kCreating || table.status == Status::kDeleting) {
    if (asked.protection) {
      return Fail(ResourceInUse(
          "Table needs to be in ACTIVE status to modify deletion protection setting."));
    }
    return Fail(table.status == Status::kCreating ? TableBeingCreated(table.name)
                                                  : TableBeingDeleted(table.name));
  }
  DYNAROCK_CHECK(Wait(asked.encryption && now_ms < table.encryption_settles_ms,
                      "Server-Side Encryption is still being updated"));
  if (table.status == Status::kUpdating) {
    const Changes& changing = table.changing;
    if (changing.Has(Changing::kThroughput) || changing.Has(Changing::kBillingMode)) {
      DYNAROCK_CHECK(CheckDuringThroughput(asked, table));
    }
    if (changing.Has(Changing::kStream)) DYNAROCK_CHECK(CheckDuringStream(asked, table));
    if (changing.Has(Changing::kTableClass)) DYNAROCK_CHECK(CheckDuringClass(asked, table));
  }
  DYNAROCK_CHECK(CheckDuringIndexes(asked, table));
  // What nobody has seen together; the words are those of other states.
  const bool rest = asked.billing || asked.throughput || asked.table_class || asked.encryption ||
                    asked.warm || asked.stream;
  return Wait(table.status == Status::kUpdating && rest, "Table is being updated: " + table.name);
}

}  // namespace dynarock::operations
