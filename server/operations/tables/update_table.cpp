// UpdateTable. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
#include <chrono>

#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"
#include "server/operations/tables/definition_shapes.h"
#include "server/operations/tables/description_json.h"
#include "server/operations/tables/reserved_units.h"
#include "server/operations/tables/table_update.h"
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
    {"TableClass", &kStringShape, {.check = CheckTableClass}},
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

// How long an answer may wait for an index to be filled, so that a waiter's first look finds it
// ready.
constexpr std::chrono::milliseconds kPatience{2000};

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
  TableUpdate update(call.input);
  DYNAROCK_CHECK(update.Read());
  DYNAROCK_TRY(const NamedTable named, ResolveTableName(call, StringOr(call.input, "TableName")));
  Store& store = call.store;
  const auto edit = [&](TableDescription& table) -> Result<void> {
    DYNAROCK_CHECK(
        update.Apply({.now_ms = store.now_ms(), .transient_ms = store.transient_ms()}, table));
    if (!update.raises_units()) return {};
    DYNAROCK_CHECK(CheckTableQuotas(table));
    return CheckAccountQuotas(table, ReservedByOthers(store, named.name_space, table));
  };
  DYNAROCK_TRY(const Catalog::Replaced replaced,
               store.UpdateTable(named.name_space, named.name, edit));
  NoteTableChange(call, replaced.before, replaced.after);
  AwaitIndex(store, *replaced.after, update.created_index());

  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("TableDescription");
  WriteTableDescription(out, update.Answer(replaced.after->description()), replaced.after.get(),
                        {.now_ms = store.now_ms(),
                         .with_stream = StreamToShow(store, replaced.after->description())});
  out.EndObject();
  return {};
}

}  // namespace

const Operation kUpdateTable{
    .name = "UpdateTable", .input = &kInput, .run = Run, .inline_bytes = 0};

}  // namespace dynarock::operations
