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
#include "storage/item/size.h"
#include "storage/table/store.h"

namespace dynarock::operations {

enum class CapacityMode { kNone, kTotal, kIndexes };

// ReturnConsumedCapacity.
CapacityMode ReadCapacityMode(const JsonValue& input);

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
  double failed = 0;         // attempts of a batch that failed: in the total, in no arm
  std::vector<Arm> indexes;  // in the order of the table's indexes, each once

  // `factor`: of the table's units; a transaction pays twice for the table, once for indexes.
  void Add(const WriteOutcome& outcome, int factor = 1);
  double total() const;
};

// Writes {"TableName":..,"CapacityUnits":..,...} as the mode asks. Not for kNone. `twin`: a member
// that repeats CapacityUnits at every level, ReadCapacityUnits or WriteCapacityUnits
// (transactions); empty: none.
void WriteConsumed(JsonWriter& out, CapacityMode mode, std::string_view table_name,
                   const Consumed& consumed, std::string_view twin = {});

// Writes {"ItemCollectionKey":{...},"SizeEstimateRangeGB":[low,high]}.
void WriteCollectionMetrics(JsonWriter& out, const Table& table, ItemView key, uint64_t bytes);

// One item collection that a request of several writes touched.
struct TouchedCollection {
  std::string_view table_name;  // as the request has it
  const Table* table = nullptr;
  ItemView key;  // an item with the key attributes
  uint64_t bytes = 0;
};
// Writes {"<table>":[{...},...],...}: each collection once, tables in the order they first appear.
void WriteCollections(JsonWriter& out, std::span<const TouchedCollection> touched);

}  // namespace dynarock::operations
