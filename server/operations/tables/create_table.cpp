// CreateTable. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"
#include "server/operations/tables/definition_shapes.h"
#include "server/operations/tables/description_json.h"
#include "server/operations/tables/new_table.h"
#include "server/operations/tables/reserved_units.h"
#include "server/operations/tables/unsupported_shapes.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Rule kOptionalList{.element = &kEach};

constexpr Member kMembers[] = {
    {"TableName", &kStringShape, {.check = CheckNewTableName, .alone = true}},
    {"BillingMode", &kStringShape, OneOf(kBillingModes)},
    {"ProvisionedThroughput", &kProvisionedThroughput},
    {"KeySchema", &kKeySchema, kSmallKeySchema},
    {"AttributeDefinitions", &kAttributeDefinitions, {.required = true, .element = &kEach}},
    {"GlobalSecondaryIndexes", &kGlobalIndexes, kOptionalList},
    {"LocalSecondaryIndexes", &kLocalIndexes, kOptionalList},
    {"StreamSpecification", &kStreamSpecification},
    {"SSESpecification", &kEncryptionSpecification},
    {"Tags", &kTags, kOptionalList},
    {"TableClass", &kStringShape, {.check = CheckTableClass}},
    {"DeletionProtectionEnabled", &kBooleanShape},
    {"WarmThroughput", &kWarmThroughput},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"ResourcePolicy", &kStringShape, Unsupported()},
    {"GlobalTableSourceArn", &kStringShape, Unsupported()},
    {"GlobalTableSettingsReplicationMode", &kStringShape, Unsupported()},
    {"VectorIndexes", &kVectorIndexes, Unsupported()},
};
constexpr Shape kInput = Structure("CreateTableInput", kMembers);

Result<void> Run(Call& call) {
  Store& store = call.store;
  DYNAROCK_TRY(TableDescription wanted,
               ReadNewTable(call.input, call.caller.region, store.now_ms()));
  if (wanted.warm) wanted.warm_settles_ms = store.now_ms() + store.transient_ms();
  if (wanted.billing == BillingMode::kProvisioned) {
    DYNAROCK_CHECK(CheckAccountQuotas(wanted, ReservedByOthers(store, NameSpace(call), wanted)));
  }
  NoteAsked(call, wanted);
  DYNAROCK_TRY(const auto table, store.CreateTable(NameSpace(call), std::move(wanted)));
  NoteTableChange(call, nullptr, table);

  // The answer shows the table on its way, even where it is ready already.
  TableDescription shown = table->description();
  shown.status = Status::kCreating;
  for (IndexDescription& index : shown.global_indexes) index.status = Status::kCreating;
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("TableDescription");
  WriteTableDescription(
      out, shown, nullptr,
      {.now_ms = store.now_ms(),
       .with_deletion_protection = FindMember(call.input, "DeletionProtectionEnabled") != nullptr,
       .of_creation = true});
  out.EndObject();
  return {};
}

}  // namespace

const Operation kCreateTable{
    .name = "CreateTable", .input = &kInput, .run = Run, .inline_bytes = 0};

}  // namespace dynarock::operations
