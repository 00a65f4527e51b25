// Consumed capacity and item collection metrics. Source: Developer Guide, "DynamoDB read and write
// operations" and "Item collections"; the figures of indexes as observed on the service.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "storage/item/encoded.h"
#include "storage/item/json.h"
#include "storage/table/store.h"

namespace dynarock::operations {

enum class CapacityMode { kNone, kTotal, kIndexes };

// ReturnConsumedCapacity.
CapacityMode ReadCapacityMode(const JsonValue& input);

// Whole units for bytes: ceil(bytes / 1 KB) resp. ceil(bytes / 4 KB), at least 1.
int64_t WriteUnits(uint64_t bytes);
int64_t ReadUnits(uint64_t bytes);

// Units of the table for one write: the larger of the item before and after, at least 1.
int64_t TableWriteUnits(const WriteOutcome& outcome);

// What one operation consumed on one table.
struct Consumed {
  struct Arm {
    std::string_view index;
    bool local = false;
    double units = 0;
  };
  double table = 0;
  std::vector<Arm> indexes;  // in the order of the table's indexes, each once

  void Add(const WriteOutcome& outcome);
  double total() const;
};

// Writes {"TableName":..,"CapacityUnits":..,...} as the mode asks. Not for kNone.
void WriteConsumed(JsonWriter& out, CapacityMode mode, std::string_view table_name,
                   const Consumed& consumed);

// Writes {"ItemCollectionKey":{...},"SizeEstimateRangeGB":[low,high]}.
void WriteCollectionMetrics(JsonWriter& out, const Table& table, ItemView key, uint64_t bytes);

}  // namespace dynarock::operations
