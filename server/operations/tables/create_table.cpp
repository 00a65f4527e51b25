// CreateTable. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html
#include "server/operations/operation_list.h"
#include "server/operations/services.h"
#include "server/operations/shapes.h"
#include "server/operations/table_arn.h"
#include "server/operations/tables/definition.h"
#include "server/operations/tables/definition_shapes.h"
#include "server/operations/tables/description_json.h"
#include "server/operations/tables/settings.h"
#include "server/operations/tables/tags.h"
#include "server/operations/tables/throughput.h"
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
    {"LocalSecondaryIndexes", &kLocalIndexes, kOptionalList},
    {"GlobalSecondaryIndexes", &kGlobalIndexes, kOptionalList},
    {"StreamSpecification", &kStreamSpecification},
    {"SSESpecification", &kEncryptionSpecification},
    {"Tags", &kTags, kOptionalList},
    {"TableClass", &kStringShape, OneOf(kTableClasses)},
    {"DeletionProtectionEnabled", &kBooleanShape},
    {"WarmThroughput", &kWarmThroughput},
    {"OnDemandThroughput", &kOnDemandThroughput},
    {"ResourcePolicy", &kStringShape, Unsupported()},
    {"GlobalTableSourceArn", &kStringShape, Unsupported()},
    {"GlobalTableSettingsReplicationMode", &kStringShape, Unsupported()},
    {"VectorIndexes", &kVectorIndexes, Unsupported()},
};
constexpr Shape kInput = Structure("CreateTableInput", kMembers);

Result<void> ReadBilling(const JsonValue& input, TableDescription& table) {
  const auto units = ReadUnits(input);
  if (StringOr(input, "BillingMode") == "PAY_PER_REQUEST") {
    if (units) {
      return Fail(
          InvalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                           "BillingMode is PAY_PER_REQUEST"));
    }
    table.billing = BillingMode::kPayPerRequest;
    table.shows_billing = true;
    return {};
  }
  if (!units) {
    return Fail(
        InvalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when "
                         "BillingMode is PROVISIONED"));
  }
  DYNAROCK_CHECK(CheckUnits(*units, {}));
  table.throughput.read = units->read;
  table.throughput.write = units->write;
  return {};
}

Result<void> ReadLocalIndexes(const JsonValue& list, IndexNames& names, TableDescription& table) {
  if (list.Empty()) return Fail(InvalidParameter("List of LocalSecondaryIndexes is empty"));
  if (table.key.size() < 2) {
    return Fail(
        InvalidParameter("Table KeySchema does not have a range key, which is required when "
                         "specifying a LocalSecondaryIndex"));
  }
  for (const JsonValue& element : list.GetArray()) {
    DYNAROCK_TRY(IndexDescription index, ReadLocalIndex(element, table.key, table.attributes));
    DYNAROCK_CHECK(names.Add(index.name));
    table.local_indexes.push_back(std::move(index));
  }
  if (table.local_indexes.size() > kMostLocalIndexes) {
    return Fail(InvalidParameter("Number of LocalSecondaryIndexes exceeds per-table limit of " +
                                 std::to_string(kMostLocalIndexes)));
  }
  return {};
}

Result<void> ReadGlobalIndexes(const JsonValue& list, IndexNames& names, TableDescription& table) {
  if (list.Empty()) return Fail(InvalidParameter("List of GlobalSecondaryIndexes is empty"));
  for (const JsonValue& element : list.GetArray()) {
    DYNAROCK_TRY(IndexDescription index, ReadGlobalIndex(element, table.attributes));
    DYNAROCK_CHECK(ReadIndexUnits(element, table.billing, index));
    DYNAROCK_CHECK(names.Add(index.name));
    table.global_indexes.push_back(std::move(index));
  }
  return {};
}

// The schema, in the order in which the service finds fault with it (recorded by dynalite).
Result<void> ReadSchema(const JsonValue& input, TableDescription& table) {
  const JsonValue* local = FindMember(input, "LocalSecondaryIndexes");
  const JsonValue* global = FindMember(input, "GlobalSecondaryIndexes");
  const bool only_keys = local == nullptr && global == nullptr;
  table.attributes = ReadDefinitions(FindMember(input, "AttributeDefinitions"));
  table.key = ReadKeySchema(*FindMember(input, "KeySchema"));
  DYNAROCK_CHECK(CheckTableKeys(table.key, table.attributes, only_keys));
  IndexNames names;
  if (local != nullptr) DYNAROCK_CHECK(ReadLocalIndexes(*local, names, table));
  if (global != nullptr) DYNAROCK_CHECK(ReadGlobalIndexes(*global, names, table));
  DYNAROCK_CHECK(CheckIndexTotals(table));
  DYNAROCK_CHECK(CheckAllUsed(table));
  return CheckDefinedOnce(table.attributes);
}

Result<void> ReadStreamSettings(const JsonValue& input, TableDescription& table) {
  Error view_without_stream = InvalidParameter(
      "Table is being created with a stream disabled, UpdateViewType should not "
      "be specified");
  DYNAROCK_TRY(const auto stream, ReadStream(input, std::move(view_without_stream)));
  if (!stream || !stream->enabled) return {};
  table.stream.enabled = true;
  table.stream.view_type = stream->view_type;
  return {};
}

Result<void> ReadCapacity(const JsonValue& input, TableDescription& table) {
  DYNAROCK_CHECK(MergeOnDemand(input, table.billing, Asking::kCreate, {}, table.on_demand));
  DYNAROCK_CHECK(MergeWarm(input, table.billing, table.throughput, {}, table.warm));
  const JsonValue* list = FindMember(input, "GlobalSecondaryIndexes");
  for (size_t i = 0; i < table.global_indexes.size(); ++i) {
    DYNAROCK_CHECK(ReadIndexCapacity((*list)[static_cast<rapidjson::SizeType>(i)], table.billing,
                                     Asking::kCreate, table.global_indexes[i]));
  }
  return {};
}

Result<TableDescription> ReadTable(const Call& call) {
  const JsonValue& input = call.input;
  TableDescription table;
  table.name = StringOr(input, "TableName");
  table.region = call.caller.region;
  table.account = kAccount;
  DYNAROCK_CHECK(ReadBilling(input, table));
  DYNAROCK_CHECK(ReadSchema(input, table));
  DYNAROCK_CHECK(ReadStreamSettings(input, table));
  DYNAROCK_CHECK(ReadCapacity(input, table));
  DYNAROCK_TRY(table.encryption, ReadEncryption(input));
  if (const JsonValue* tags = FindMember(input, "Tags")) {
    DYNAROCK_TRY(table.tags, ReadTags(*tags));
  }
  table.table_class = StringOr(input, "TableClass");
  table.deletion_protection = BoolOr(input, "DeletionProtectionEnabled", false);
  if (table.billing == BillingMode::kPayPerRequest) {
    table.last_update_to_pay_per_request_ms = call.services.store.now_ms();
  }
  return table;
}

Result<void> Run(Call& call) {
  DYNAROCK_TRY(TableDescription wanted, ReadTable(call));
  Store& store = call.services.store;
  DYNAROCK_TRY(const auto table, store.CreateTable(NameSpace(call), std::move(wanted)));

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
       .with_deletion_protection = FindMember(call.input, "DeletionProtectionEnabled") != nullptr});
  out.EndObject();
  return {};
}

}  // namespace

const Operation kCreateTable{
    .name = "CreateTable", .input = &kInput, .run = Run, .inline_bytes = 0};

}  // namespace dynarock::operations
