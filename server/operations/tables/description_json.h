// TableDescription as JSON. Which member is present when: as recorded by dynalite and captured on
// the service.
#pragma once

#include <cstdint>
#include <string_view>

#include "storage/catalog/description.h"
#include "storage/catalog/table.h"
#include "storage/item/json.h"
#include "storage/table/store.h"

namespace dynarock::operations {

// Whether the newest stream of a table can still be read. Only so long its ARN is shown.
bool StreamToShow(const Store& store, const TableDescription& table);

struct DescriptionOptions {
  int64_t now_ms = 0;
  bool with_deletion_protection = true;
  // LatestStreamArn and LatestStreamLabel (StreamToShow).
  bool with_stream = true;
  // The answer to CreateTable: warm throughput is shown only where it was asked for, and not yet
  // when the billing mode became what it is.
  bool of_creation = false;
};

// Writes `shown` as an object. Counts come from `table`; null: all are 0 (a table just made).
void WriteTableDescription(JsonWriter& out, const TableDescription& shown, const Table* table,
                           const DescriptionOptions& options);

// What DeleteTable answers with, with the status DELETING: identity, counts, throughput, deletion
// protection and the billing mode of an on-demand table.
void WriteDeletedTable(JsonWriter& out, const Table& table, const DescriptionOptions& options);

}  // namespace dynarock::operations
