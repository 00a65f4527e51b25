#include "server/operations/tables/table_update.h"

#include <algorithm>
#include <limits>
#include <string>

#include "server/operations/request/members.h"
#include "server/operations/tables/errors.h"
#include "storage/clock/iso_time.h"

namespace dynarock::operations {

namespace {

constexpr int64_t kHourMs = 3'600'000;
constexpr int64_t kDayMs = 24 * kHourMs;
// Of encryption: so many changes in a day are free, later ones have to wait.
constexpr size_t kFreeEncryptionChanges = 4;
constexpr int64_t kEncryptionPauseMs = 6 * kHourMs;
constexpr size_t kMostClassChanges = 2;
constexpr int64_t kClassWindowMs = 30 * kDayMs;

constexpr int64_t kUnderWay = std::numeric_limits<int64_t>::max();  // in answers

void Forget(int64_t until_ms, std::vector<int64_t>& times) {
  std::erase_if(times, [&](int64_t at) { return at <= until_ms; });
}

Error EncryptionChangedTooOften(const std::vector<int64_t>& changes) {
  return SubscriberLimit("Encryption mode changes are limited in the 24h window ending at " +
                         IsoTime(changes.front() + kDayMs) +
                         ". After the first 4 change, each subsequent change in the same window "
                         "can be performed at most once every 21600 seconds. Number of updates "
                         "today: " +
                         std::to_string(changes.size()) + ". Last change at " +
                         IsoTime(changes.back()) + ". Next changes can be made at " +
                         IsoTime(changes.back() + kEncryptionPauseMs) + ".");
}

}  // namespace

Result<void> TableUpdate::Read() {
  const JsonValue* updates = FindMember(input_, "GlobalSecondaryIndexUpdates");
  const bool empty_list = updates != nullptr && updates->Empty();
  NoteKinds();
  if (kinds_.count() == 0 && (updates == nullptr || empty_list)) {
    return Fail(Validation(
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
        "GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, "
        "ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, "
        "OnDemandThroughput, WarmThroughput or TableClass is required"));
  }
  if (empty_list) {
    return Fail(InvalidParameter("List of GlobalSecondaryIndexUpdates is empty"));
  }
  billing_ = StringOr(input_, "BillingMode");
  units_ = ReadUnits(input_);
  DYNAROCK_CHECK(CheckThroughput());
  DYNAROCK_TRY(indexes_, IndexUpdates::Read(updates));
  indexes_.NoteKinds(kinds_);
  DYNAROCK_CHECK(CheckTogether(kinds_));
  DYNAROCK_TRY(stream_, ReadStream(input_, Asking::kUpdate));
  DYNAROCK_TRY(encryption_, ReadEncryption(input_));
  DYNAROCK_TRY(table_class_, ReadTableClass(input_));
  definitions_ = ReadDefinitions(FindMember(input_, "AttributeDefinitions"));
  return CheckDefinedOnce(definitions_);
}

void TableUpdate::NoteKinds() {
  kinds_.billing = Has("BillingMode");
  kinds_.to_provisioned = StringOr(input_, "BillingMode") == "PROVISIONED";
  kinds_.throughput = Has("ProvisionedThroughput");
  kinds_.stream = Has("StreamSpecification");
  kinds_.encryption = Has("SSESpecification");
  kinds_.table_class = Has("TableClass");
  kinds_.protection = Has("DeletionProtectionEnabled");
  kinds_.on_demand = Has("OnDemandThroughput");
  kinds_.warm = Has("WarmThroughput");
}

Result<void> TableUpdate::CheckThroughput() const {
  if (billing_ == "PROVISIONED" && !units_) {
    return Fail(InvalidParameter(
        "ProvisionedThroughput must be specified when BillingMode is PROVISIONED"));
  }
  if (billing_ == "PAY_PER_REQUEST" && units_) return Fail(ThroughputOnDemand());
  if (units_) DYNAROCK_CHECK(CheckUnits(*units_, {}));
  return {};
}

Result<void> TableUpdate::Apply(const Moment& moment, TableDescription& table) {
  shows_updating_ = false;
  DYNAROCK_CHECK(CheckInTransit(kinds_, table, moment.now_ms));
  const TableDescription before = table;
  DYNAROCK_CHECK(ApplyBilling(moment, table));
  DYNAROCK_CHECK(indexes_.Apply({.billing = table.billing,
                                 .billing_changes = table.billing != before.billing,
                                 .definitions = definitions_,
                                 .now_ms = moment.now_ms,
                                 .warm_settles_ms = moment.now_ms + moment.transient_ms},
                                table));
  if (kinds_.online_index()) Start(Changing::kIndexes, table);
  MergeDefinitions(table);
  DYNAROCK_CHECK(ApplyCapacity(moment, table));
  DYNAROCK_CHECK(ApplyStream(table));
  DYNAROCK_CHECK(ApplyEncryption(moment, table));
  DYNAROCK_CHECK(ApplyClass(moment.now_ms, table));
  table.deletion_protection =
      BoolOr(input_, "DeletionProtectionEnabled", table.deletion_protection);
  const Units now = ReservedUnits(table);
  const Units old = ReservedUnits(before);
  raises_ = now.read > old.read || now.write > old.write;
  Compose(before, table);
  return {};
}

void TableUpdate::Start(Changing what, TableDescription& table) {
  table.changing.Add(what);
  table.status = Status::kUpdating;
  shows_updating_ = true;
}

Result<void> TableUpdate::ApplyBilling(const Moment& moment, TableDescription& table) {
  const bool was_on_demand = table.billing == BillingMode::kPayPerRequest;
  const bool on_demand = billing_.empty() ? was_on_demand : billing_ == "PAY_PER_REQUEST";
  if (on_demand && units_) return Fail(ThroughputOnDemand());
  // Asked for again, it changes nothing; the answer says UPDATING all the same.
  if (on_demand && was_on_demand && kinds_.billing) shows_updating_ = true;
  if (on_demand != was_on_demand) {
    if (!on_demand) DYNAROCK_CHECK(indexes_.CheckUnitsForAll(table));
    on_demand ? SwitchToOnDemand(moment.now_ms, table) : SwitchToProvisioned(table);
    Start(Changing::kBillingMode, table);
    return {};
  }
  if (!units_) return {};
  KeepWarm(table.billing, table.throughput, table.warm);
  DYNAROCK_CHECK(ChangeUnits(*units_, moment.now_ms, {}, table.throughput));
  KeepWarm(table.billing, table.throughput, table.warm);
  Start(Changing::kThroughput, table);
  return {};
}

void TableUpdate::SwitchToOnDemand(int64_t now_ms, TableDescription& table) {
  table.shows_billing = true;
  table.last_update_to_pay_per_request_ms = now_ms;
  const auto change = [&](auto& owner) {
    KeepWarm(table.billing, owner.throughput, owner.warm);
    owner.throughput.read = owner.throughput.write = 0;
    owner.on_demand.reset();
    KeepWarm(BillingMode::kPayPerRequest, owner.throughput, owner.warm);
  };
  change(table);
  for (IndexDescription& index : table.global_indexes) change(index);
  table.billing = BillingMode::kPayPerRequest;
}

void TableUpdate::SwitchToProvisioned(TableDescription& table) {
  const auto change = [&](auto& owner) {
    KeepWarm(table.billing, owner.throughput, owner.warm);
    owner.on_demand.reset();
  };
  change(table);
  for (IndexDescription& index : table.global_indexes) change(index);
  table.billing = BillingMode::kProvisioned;
  table.throughput.read = units_->read;
  table.throughput.write = units_->write;
  KeepWarm(table.billing, table.throughput, table.warm);
}

Result<void> TableUpdate::ApplyCapacity(const Moment& moment, TableDescription& table) {
  const Capacity capacity{.billing = table.billing, .region = table.region};
  DYNAROCK_CHECK(MergeOnDemand(input_, capacity, Asking::kUpdate, table.on_demand));
  DYNAROCK_CHECK(MergeWarm(input_, capacity, Asking::kUpdate, table.throughput, table.warm));
  if (kinds_.warm) table.warm_settles_ms = moment.now_ms + moment.transient_ms;
  return {};
}

// The view type of a stream never changes.
Result<void> TableUpdate::ApplyStream(TableDescription& table) {
  if (!stream_) return {};
  if (stream_->enabled == table.stream.enabled) {
    return Fail(Validation((stream_->enabled ? "Table already has an enabled stream: TableName: "
                                             : "Table has no stream to disable: TableName: ") +
                           table.name));
  }
  table.stream.enabled = stream_->enabled;
  if (stream_->enabled) table.stream.view_type = stream_->view_type;
  Start(Changing::kStream, table);
  return {};
}

Result<void> TableUpdate::ApplyEncryption(const Moment& moment, TableDescription& table) {
  if (!encryption_) return {};
  const bool was_on = table.encryption && table.encryption->enabled;
  if (!encryption_->enabled && !was_on) {
    return Fail(InvalidParameter("Table is already encrypted by default"));
  }
  if (encryption_->enabled && was_on && encryption_->key_id == EncryptionKeyArn(table)) {
    return Fail(
        InvalidParameter("Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId "
                         "parameter if you want to change Master Key"));
  }
  std::vector<int64_t>& changes = table.encryption_changes_ms;
  Forget(moment.now_ms - kDayMs, changes);
  if (changes.size() >= kFreeEncryptionChanges &&
      moment.now_ms < changes.back() + kEncryptionPauseMs) {
    return Fail(EncryptionChangedTooOften(changes));
  }
  changes.push_back(moment.now_ms);
  table.encryption = encryption_;
  table.encryption_settles_ms = moment.now_ms + moment.transient_ms;
  return {};
}

Result<void> TableUpdate::ApplyClass(int64_t now_ms, TableDescription& table) {
  if (table_class_.empty()) return {};
  const bool same = table_class_ == (table.table_class.empty() ? "STANDARD" : table.table_class);
  if (same) {
    table.table_class = table_class_;
    shows_updating_ = true;  // in the answer only
    return {};
  }
  Forget(now_ms - kClassWindowMs, table.table_class_changes_ms);
  if (table.table_class_changes_ms.size() >= kMostClassChanges) {
    return Fail(SubscriberLimit("Updates to TableClass are limited to 2 times in 30 day(s)."));
  }
  table.table_class_changes_ms.push_back(now_ms);
  table.table_class = table_class_;
  table.table_class_changed_ms = now_ms;
  Start(Changing::kTableClass, table);
  return {};
}

// The request's definitions are added to the table's; a type that is there already stays; what no
// key uses goes.
void TableUpdate::MergeDefinitions(TableDescription& table) const {
  for (const AttributeDefinition& definition : definitions_) {
    if (table.FindAttribute(definition.name) == nullptr) table.attributes.push_back(definition);
  }
  const auto used = KeysUsed(table);
  std::erase_if(table.attributes,
                [&](const AttributeDefinition& d) { return !used.contains(d.name); });
  std::sort(table.attributes.begin(), table.attributes.end(),
            [](const auto& left, const auto& right) { return left.name < right.name; });
}

void TableUpdate::Compose(const TableDescription& before, const TableDescription& after) {
  answer_ = after;
  if (shows_updating_) answer_.status = Status::kUpdating;
  const bool billing_changes = after.billing != before.billing;
  if (!billing_changes) {
    answer_.throughput = before.throughput;
    answer_.warm = before.warm;
  }
  answer_.table_class = before.table_class;
  answer_.table_class_changed_ms = before.table_class_changed_ms;
  if (kinds_.warm) answer_.warm_settles_ms = kUnderWay;
  if (kinds_.encryption) {
    answer_.encryption_settles_ms = kUnderWay;
    // One key is followed by another: the old one is shown.
    const bool both = encryption_->enabled && before.encryption && before.encryption->enabled;
    if (both) answer_.encryption = before.encryption;
  }
  // An index that is made has no room yet, which is shown as the table's state.
  if (kinds_.index_create) answer_.changing.Add(Changing::kIndexes);
  EchoOnDemandThroughput(input_, answer_.on_demand);
  indexes_.Echo(before, billing_changes, answer_);
}

}  // namespace dynarock::operations
