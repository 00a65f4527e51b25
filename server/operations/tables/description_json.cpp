#include "server/operations/tables/description_json.h"

#include <algorithm>
#include <utility>

#include "server/operations/tables/settings.h"
#include "server/operations/tables/throughput.h"

namespace dynarock::operations {

namespace {

void WriteTime(JsonWriter& out, std::string_view name, int64_t milliseconds) {
  out.Key(name);
  out.EpochMillis(milliseconds);
}

void WriteKeySchema(JsonWriter& out, const KeySchema& key) {
  out.Key("KeySchema");
  out.BeginArray();
  for (const KeyElement& element : key) {
    out.BeginObject();
    out.Member("AttributeName", element.attribute);
    out.Member("KeyType", element.role == KeyRole::kHash ? "HASH" : "RANGE");
    out.EndObject();
  }
  out.EndArray();
}

void WriteDefinitions(JsonWriter& out, const std::vector<AttributeDefinition>& definitions) {
  out.Key("AttributeDefinitions");
  out.BeginArray();
  for (const AttributeDefinition& definition : definitions) {
    out.BeginObject();
    out.Member("AttributeName", definition.name);
    out.Member("AttributeType", TypeName(definition.type));
    out.EndObject();
  }
  out.EndArray();
}

void WriteProjection(JsonWriter& out, const Projection& projection) {
  out.Key("Projection");
  out.BeginObject();
  out.Member("ProjectionType", projection.type == ProjectionType::kAll        ? "ALL"
                               : projection.type == ProjectionType::kKeysOnly ? "KEYS_ONLY"
                                                                              : "INCLUDE");
  if (!projection.non_key_attributes.empty()) {
    out.Key("NonKeyAttributes");
    out.BeginArray();
    for (const std::string& name : projection.non_key_attributes) out.String(name);
    out.EndArray();
  }
  out.EndObject();
}

void WriteThroughput(JsonWriter& out, const Throughput& throughput, int64_t now_ms) {
  out.Key("ProvisionedThroughput");
  out.BeginObject();
  if (throughput.last_increase_ms) {
    WriteTime(out, "LastIncreaseDateTime", *throughput.last_increase_ms);
  }
  if (throughput.last_decrease_ms) {
    WriteTime(out, "LastDecreaseDateTime", *throughput.last_decrease_ms);
  }
  out.Member("NumberOfDecreasesToday", DecreasesToday(throughput, now_ms));
  out.Member("ReadCapacityUnits", throughput.read);
  out.Member("WriteCapacityUnits", throughput.write);
  out.EndObject();
}

void WriteOnDemand(JsonWriter& out, const std::optional<OnDemandThroughput>& on_demand) {
  if (!on_demand) return;
  out.Key("OnDemandThroughput");
  out.BeginObject();
  if (on_demand->max_read) out.Member("MaxReadRequestUnits", *on_demand->max_read);
  if (on_demand->max_write) out.Member("MaxWriteRequestUnits", *on_demand->max_write);
  out.EndObject();
}

// `owner`: the table or a global index.
void WriteWarm(JsonWriter& out, const TableDescription& shown, const auto& owner,
               const DescriptionOptions& options) {
  if (options.of_creation && !owner.warm) return;
  const Units units = WarmUnits(shown.billing, owner.throughput, owner.warm);
  out.Key("WarmThroughput");
  out.BeginObject();
  out.Member("ReadUnitsPerSecond", units.read);
  out.Member("WriteUnitsPerSecond", units.write);
  // Whoever waits for this throughput waits for ACTIVE, which does not depend on the table's
  // creation.
  const bool changing = options.of_creation || options.now_ms < owner.warm_settles_ms;
  out.Member("Status", changing ? "UPDATING" : "ACTIVE");
  out.EndObject();
}

const Counters* CountersOf(const Table* table, const IndexDescription& index) {
  if (table == nullptr) return nullptr;
  const auto found = std::find_if(table->indexes().begin(), table->indexes().end(),
                                  [&](const Index& i) { return i.id == index.id; });
  return found == table->indexes().end() ? nullptr : found->counters.get();
}

// Counters are kept without locks and may be below zero for a moment.
int64_t Shown(const std::atomic<int64_t>& counter) {
  return std::max<int64_t>(0, counter.load(std::memory_order_relaxed));
}

// The members local and global indexes have in common.
void WriteIndexBasics(JsonWriter& out, const TableDescription& table, const IndexDescription& index,
                      const Counters* counters) {
  out.Member("IndexName", index.name);
  WriteKeySchema(out, index.key);
  WriteProjection(out, index.projection);
  out.Member("IndexSizeBytes", counters == nullptr ? 0 : Shown(counters->bytes));
  out.Member("ItemCount", counters == nullptr ? 0 : Shown(counters->items));
  out.Member("IndexArn", table.IndexArn(index.name));
}

void WriteLocalIndexes(JsonWriter& out, const TableDescription& shown, const Table* table) {
  if (shown.local_indexes.empty()) return;
  out.Key("LocalSecondaryIndexes");
  out.BeginArray();
  for (const IndexDescription& index : shown.local_indexes) {
    out.BeginObject();
    WriteIndexBasics(out, shown, index, CountersOf(table, index));
    out.EndObject();
  }
  out.EndArray();
}

// Of an index that was added to a table: first it is given room, then filled.
void WriteBackfilling(JsonWriter& out, const TableDescription& shown,
                      const IndexDescription& index) {
  if (index.status != Status::kCreating || shown.status == Status::kCreating) return;
  const bool allocating =
      shown.status == Status::kUpdating && shown.changing.Has(Changing::kIndexes);
  out.MemberBool("Backfilling", !allocating);
}

void WriteGlobalIndexes(JsonWriter& out, const TableDescription& shown, const Table* table,
                        const DescriptionOptions& options) {
  if (shown.global_indexes.empty()) return;
  out.Key("GlobalSecondaryIndexes");
  out.BeginArray();
  for (const IndexDescription& index : shown.global_indexes) {
    out.BeginObject();
    WriteIndexBasics(out, shown, index, CountersOf(table, index));
    out.Member("IndexStatus", StatusName(index.status));
    WriteBackfilling(out, shown, index);
    WriteThroughput(out, index.throughput, options.now_ms);
    WriteOnDemand(out, index.on_demand);
    WriteWarm(out, shown, index, options);
    out.EndObject();
  }
  out.EndArray();
}

void WriteBillingSummary(JsonWriter& out, const TableDescription& shown, const char* summary,
                         const char* mode, bool with_time) {
  out.Key(summary);
  out.BeginObject();
  out.Member(mode,
             shown.billing == BillingMode::kPayPerRequest ? "PAY_PER_REQUEST" : "PROVISIONED");
  if (shown.last_update_to_pay_per_request_ms && with_time) {
    WriteTime(out, "LastUpdateToPayPerRequestDateTime", *shown.last_update_to_pay_per_request_ms);
  }
  out.EndObject();
}

// The service sends the billing mode under two names; the second is not part of the API's model.
void WriteBilling(JsonWriter& out, const TableDescription& shown,
                  const DescriptionOptions& options) {
  if (!shown.shows_billing) return;
  const bool with_time = !options.of_creation;
  WriteBillingSummary(out, shown, "BillingModeSummary", "BillingMode", with_time);
  WriteBillingSummary(out, shown, "TableThroughputModeSummary", "TableThroughputMode", with_time);
}

// Encryption that is being turned off shows its status only.
void WriteEncryption(JsonWriter& out, const TableDescription& shown, int64_t now_ms) {
  if (!shown.encryption) return;
  const bool changing = now_ms < shown.encryption_settles_ms;
  if (!shown.encryption->enabled && !changing) return;
  out.Key("SSEDescription");
  out.BeginObject();
  out.Member("Status", changing ? "UPDATING" : "ENABLED");
  if (shown.encryption->enabled) {
    out.Member("SSEType", "KMS");
    out.Member("KMSMasterKeyArn", EncryptionKeyArn(shown));
  }
  out.EndObject();
}

void WriteStream(JsonWriter& out, const TableDescription& shown, bool with_stream) {
  if (shown.stream.enabled) {
    out.Key("StreamSpecification");
    out.BeginObject();
    out.MemberBool("StreamEnabled", true);
    out.Member("StreamViewType", StreamViewTypeName(shown.stream.view_type));
    out.EndObject();
  }
  if (!with_stream || shown.stream.id == 0) return;
  out.Member("LatestStreamLabel", shown.stream.label);
  out.Member("LatestStreamArn", shown.StreamArn());
}

void WriteTableClass(JsonWriter& out, const TableDescription& shown) {
  if (shown.table_class.empty()) return;
  out.Key("TableClassSummary");
  out.BeginObject();
  out.Member("TableClass", shown.table_class);
  if (shown.table_class_changed_ms) {
    WriteTime(out, "LastUpdateDateTime", *shown.table_class_changed_ms);
  }
  out.EndObject();
}

void WriteIdentity(JsonWriter& out, const TableDescription& shown, Status status,
                   const Table* table) {
  out.Member("TableName", shown.name);
  out.Member("TableStatus", StatusName(status));
  out.Member("TableSizeBytes", table == nullptr ? 0 : Shown(table->state().counters.bytes));
  out.Member("ItemCount", table == nullptr ? 0 : Shown(table->state().counters.items));
  out.Member("TableArn", shown.Arn());
  out.Member("TableId", shown.table_id);
}

}  // namespace

bool StreamToShow(const Store& store, const TableDescription& table) {
  return table.stream.enabled ||
         (table.stream.id != 0 && !store.streams().Shards(table.stream.id).empty());
}

void WriteTableDescription(JsonWriter& out, const TableDescription& shown, const Table* table,
                           const DescriptionOptions& options) {
  out.BeginObject();
  WriteDefinitions(out, shown.attributes);
  WriteIdentity(out, shown, shown.status, table);
  WriteKeySchema(out, shown.key);
  WriteTime(out, "CreationDateTime", shown.created_ms);
  WriteThroughput(out, shown.throughput, options.now_ms);
  WriteBilling(out, shown, options);
  WriteLocalIndexes(out, shown, table);
  WriteGlobalIndexes(out, shown, table, options);
  WriteStream(out, shown, options.with_stream);
  WriteEncryption(out, shown, options.now_ms);
  WriteTableClass(out, shown);
  if (options.with_deletion_protection) {
    out.MemberBool("DeletionProtectionEnabled", shown.deletion_protection);
  }
  WriteOnDemand(out, shown.on_demand);
  WriteWarm(out, shown, shown, options);
  out.EndObject();
}

void WriteDeletedTable(JsonWriter& out, const Table& table, const DescriptionOptions& options) {
  const TableDescription& shown = table.description();
  out.BeginObject();
  WriteIdentity(out, shown, Status::kDeleting, &table);
  WriteThroughput(out, shown.throughput, options.now_ms);
  if (shown.billing == BillingMode::kPayPerRequest) {
    WriteBillingSummary(out, shown, "BillingModeSummary", "BillingMode", /*with_time=*/true);
  }
  out.MemberBool("DeletionProtectionEnabled", shown.deletion_protection);
  out.EndObject();
}

}  // namespace dynarock::operations
