// UpdateTable. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
//
// The service limits how often throughput may be decreased in a day; a test run would meet that
// limit soon, so only the decreases are counted, not refused.
#include <chrono>

#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"
#include "server/operations/tables/definition.h"
#include "server/operations/tables/definition_shapes.h"
#include "server/operations/tables/description_json.h"
#include "server/operations/tables/errors.h"
#include "server/operations/tables/index_updates.h"
#include "server/operations/tables/settings.h"
#include "server/operations/tables/throughput.h"
#include "server/operations/tables/unsupported_shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Rule kOptionalList{.element = &kEach};

constexpr Member kMembers[] = {
    TableName(),
    {"BillingMode", &kStringShape, OneOf(kBillingModes)},
    {"ProvisionedThroughput", &kProvisionedThroughput},
    {"AttributeDefinitions", &kAttributeDefinitions, kOptionalList},
    {"GlobalSecondaryIndexUpdates", &kGlobalIndexUpdates, kOptionalList},
    {"StreamSpecification", &kStreamSpecification},
    {"SSESpecification", &kEncryptionSpecification},
    {"TableClass", &kStringShape, OneOf(kTableClasses)},
    {"DeletionProtectionEnabled", &kBooleanShape},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"WarmThroughput", &kWarmThroughput},
    {"ReplicaUpdates", &kReplicaUpdates, Unsupported()},
    {"MultiRegionConsistency", &kStringShape, Unsupported()},
    {"GlobalTableWitnessUpdates", &kWitnessUpdates, Unsupported()},
    {"GlobalTableSettingsReplicationMode", &kStringShape, Unsupported()},
    {"DisassociationProtectionEnabled", &kBooleanShape, Unsupported()},
    {"VectorIndexUpdates", &kVectorIndexUpdates, Unsupported()},
};
constexpr Shape kInput = Structure("UpdateTableInput", kMembers);

constexpr int64_t kDayMs = 86'400'000;
constexpr size_t kMostSwitchesInADay = 4;
// How long an answer may wait for an index to be filled, so that a waiter's first look finds it
// ready.
constexpr std::chrono::milliseconds kPatience{2000};

// One request, first on its own (Read), then against the table (Apply).
class Update {
 public:
  explicit Update(const JsonValue& input) : input_(input) {}

  // What can be said without the table.
  Result<void> Read();
  Result<void> Apply(int64_t now_ms, TableDescription& table);

  // The table as the answer shows it: on its way, with the units it had. `after`: as it is now,
  // which tells what only the store knows, a new stream's label.
  const TableDescription& Answer(const TableDescription& after) {
    answer_.stream = after.stream;
    return answer_;
  }
  std::string_view encryption_status() const { return encrypts_ ? "UPDATING" : "ENABLED"; }
  std::string_view created_index() const { return indexes_.created(); }

 private:
  bool Has(std::string_view name) const { return FindMember(input_, name) != nullptr; }
  Result<void> ApplyBilling(int64_t now_ms, TableDescription& table);
  static Result<void> SwitchToOnDemand(int64_t now_ms, TableDescription& table);
  void SwitchToProvisioned(TableDescription& table) const;
  Result<void> ApplyCapacity(TableDescription& table);
  Result<void> ApplyStream(TableDescription& table);
  void ApplySettings(int64_t now_ms, TableDescription& table);
  void MergeDefinitions(TableDescription& table) const;
  void Compose(const TableDescription& before, const TableDescription& after);

  const JsonValue& input_;
  std::string_view billing_;
  std::optional<Units> units_;
  IndexUpdates indexes_;
  std::optional<StreamRequest> stream_;
  std::optional<ServerSideEncryption> encryption_;
  Definitions definitions_;

  bool changes_ = false;   // the table becomes UPDATING
  bool encrypts_ = false;  // its encryption does
  TableDescription answer_;
};

Result<void> Update::Read() {
  const JsonValue* indexes = FindMember(input_, "GlobalSecondaryIndexUpdates");
  bool something = indexes != nullptr && !indexes->Empty();
  for (const std::string_view name :
       {"ProvisionedThroughput", "BillingMode", "StreamSpecification", "SSESpecification",
        "TableClass", "OnDemandThroughput", "WarmThroughput", "DeletionProtectionEnabled"}) {
    something = something || Has(name);
  }
  if (!something) {
    return Fail(Validation(
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
        "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required"));
  }
  billing_ = StringOr(input_, "BillingMode");
  units_ = ReadUnits(input_);
  if (billing_ == "PROVISIONED" && !units_) {
    return Fail(InvalidParameter(
        "ProvisionedThroughput must be specified when BillingMode is PROVISIONED"));
  }
  if (units_) DYNAROCK_CHECK(CheckUnits(*units_, {}));
  DYNAROCK_TRY(indexes_, IndexUpdates::Read(indexes));
  // Text as of DynamoDB Local; no sample of the service exists.
  DYNAROCK_TRY(
      stream_,
      ReadStream(input_, Validation("Invalid StreamViewType: Stream StreamEnabled was false but a "
                                    "StreamViewType was present.")));
  DYNAROCK_TRY(encryption_, ReadEncryption(input_));
  definitions_ = ReadDefinitions(FindMember(input_, "AttributeDefinitions"));
  return CheckDefinedOnce(definitions_);
}

Result<void> Update::Apply(int64_t now_ms, TableDescription& table) {
  changes_ = encrypts_ = false;
  const TableDescription before = table;
  DYNAROCK_CHECK(ApplyBilling(now_ms, table));
  DYNAROCK_CHECK(indexes_.Apply({.billing = table.billing,
                                 .billing_changes = table.billing != before.billing,
                                 .definitions = definitions_,
                                 .now_ms = now_ms},
                                table));
  changes_ = changes_ || !indexes_.empty();
  MergeDefinitions(table);
  DYNAROCK_CHECK(ApplyCapacity(table));
  DYNAROCK_CHECK(ApplyStream(table));
  ApplySettings(now_ms, table);
  if (changes_) table.status = Status::kUpdating;
  Compose(before, table);
  return {};
}

Result<void> Update::ApplyBilling(int64_t now_ms, TableDescription& table) {
  const bool on_demand = billing_.empty() ? table.billing == BillingMode::kPayPerRequest
                                          : billing_ == "PAY_PER_REQUEST";
  const bool was_on_demand = table.billing == BillingMode::kPayPerRequest;
  if (on_demand && units_) return Fail(ThroughputOnDemand());
  if (on_demand && !was_on_demand) {
    changes_ = true;
    return SwitchToOnDemand(now_ms, table);
  }
  if (!on_demand && was_on_demand) {
    DYNAROCK_CHECK(indexes_.CheckUnitsForAll(table));
    changes_ = true;
    SwitchToProvisioned(table);
    return {};
  }
  if (!units_) return {};
  if (*units_ == Units{.read = table.throughput.read, .write = table.throughput.write}) {
    return Fail(ThroughputUnchanged(
        "the table", {}, {.read = table.throughput.read, .write = table.throughput.write},
        *units_));
  }
  changes_ = true;
  ChangeUnits(*units_, now_ms, table.throughput);
  return {};
}

Result<void> Update::SwitchToOnDemand(int64_t now_ms, TableDescription& table) {
  std::erase_if(table.on_demand_switches_ms, [&](int64_t at) { return at <= now_ms - kDayMs; });
  if (table.on_demand_switches_ms.size() >= kMostSwitchesInADay) {
    return Fail(
        LimitExceeded("Subscriber limit exceeded: Update to PayPerRequest mode are limited to once "
                      "in 1 day(s)."));
  }
  table.on_demand_switches_ms.push_back(now_ms);
  table.billing = BillingMode::kPayPerRequest;
  table.shows_billing = true;
  table.last_update_to_pay_per_request_ms = now_ms;
  table.throughput.read = table.throughput.write = 0;
  for (IndexDescription& index : table.global_indexes) {
    index.throughput.read = index.throughput.write = 0;
  }
  return {};
}

void Update::SwitchToProvisioned(TableDescription& table) const {
  table.billing = BillingMode::kProvisioned;
  table.throughput.read = units_->read;
  table.throughput.write = units_->write;
  table.on_demand.reset();
  for (IndexDescription& index : table.global_indexes) index.on_demand.reset();
}

Result<void> Update::ApplyCapacity(TableDescription& table) {
  DYNAROCK_CHECK(MergeOnDemand(input_, table.billing, Asking::kUpdate, {}, table.on_demand));
  DYNAROCK_CHECK(MergeWarm(input_, table.billing, table.throughput, {}, table.warm));
  changes_ = changes_ || Has("OnDemandThroughput") || Has("WarmThroughput");
  return {};
}

// Texts as ScyllaDB quotes the service. The view type of a stream never changes.
Result<void> Update::ApplyStream(TableDescription& table) {
  if (!stream_) return {};
  if (stream_->enabled == table.stream.enabled) {
    return Fail(Validation((stream_->enabled ? "Table already has an enabled stream: TableName: "
                                             : "Table has no stream to disable: TableName: ") +
                           table.name));
  }
  table.stream.enabled = stream_->enabled;
  if (stream_->enabled) table.stream.view_type = stream_->view_type;
  changes_ = true;
  return {};
}

void Update::ApplySettings(int64_t now_ms, TableDescription& table) {
  const ServerSideEncryption none;
  if (encryption_ && *encryption_ != table.encryption.value_or(none)) {
    table.encryption = encryption_;
    changes_ = encrypts_ = true;
  }
  if (const std::string_view wanted = StringOr(input_, "TableClass"); !wanted.empty()) {
    const bool same = wanted == (table.table_class.empty() ? "STANDARD" : table.table_class);
    table.table_class = wanted;
    if (!same) {
      table.table_class_changed_ms = now_ms;
      changes_ = true;
    }
  }
  table.deletion_protection =
      BoolOr(input_, "DeletionProtectionEnabled", table.deletion_protection);
}

// The request's definitions are added to the table's; a type that is there already stays; what no
// key uses goes.
void Update::MergeDefinitions(TableDescription& table) const {
  for (const AttributeDefinition& definition : definitions_) {
    if (table.FindAttribute(definition.name) == nullptr) table.attributes.push_back(definition);
  }
  const auto used = KeysUsed(table);
  std::erase_if(table.attributes,
                [&](const AttributeDefinition& d) { return !used.contains(d.name); });
}

void Update::Compose(const TableDescription& before, const TableDescription& after) {
  answer_ = after;
  answer_.throughput = before.throughput;
  for (IndexDescription& index : answer_.global_indexes) {
    for (const IndexDescription& old : before.global_indexes) {
      if (old.name == index.name) index.throughput = old.throughput;
    }
  }
  EchoOnDemandThroughput(input_, answer_.on_demand);
  indexes_.EchoOnDemand(answer_);
}

// Unless indexes are to be seen on their way, waits until the new one is filled.
void AwaitIndex(Store& store, const Table& table, std::string_view name) {
  if (name.empty()) return;
  for (const IndexDescription& index : table.description().global_indexes) {
    if (index.name == name && index.settles_ms <= store.now_ms()) {
      store.WaitForBackground(table, kPatience);
    }
  }
}

Result<void> Run(Call& call) {
  Update update(call.input);
  DYNAROCK_CHECK(update.Read());
  DYNAROCK_TRY(const NamedTable named, ResolveTableName(call, StringOr(call.input, "TableName")));
  Store& store = call.store;
  const auto edit = [&](TableDescription& table) { return update.Apply(store.now_ms(), table); };
  DYNAROCK_TRY(const Catalog::Replaced replaced,
               store.UpdateTable(named.name_space, named.name, edit));
  NoteTableChange(call, replaced.before, replaced.after);
  AwaitIndex(store, *replaced.after, update.created_index());

  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("TableDescription");
  WriteTableDescription(out, update.Answer(replaced.after->description()), replaced.after.get(),
                        {.now_ms = store.now_ms(),
                         .with_stream = StreamToShow(store, replaced.after->description()),
                         .encryption_status = update.encryption_status()});
  out.EndObject();
  return {};
}

}  // namespace

const Operation kUpdateTable{
    .name = "UpdateTable", .input = &kInput, .run = Run, .inline_bytes = 0};

}  // namespace dynarock::operations
