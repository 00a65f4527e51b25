// What goes into the one write path and what comes out of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog/table.h"
#include "storage/engine/engine.h"
#include "storage/item/encoded.h"
#include "storage/item/function_ref.h"
#include "storage/item/result.h"
#include "storage/table/row_key.h"

namespace dynarock {

// What becomes of one item.
struct Change {
  enum class Kind : uint8_t { kKeep, kPut, kDelete };
  Kind kind = Kind::kKeep;
  std::string item;  // kPut: the new item, encoded; its key attributes are the row's

  static Change Keep() { return {}; }
  static Change Put(std::string item) { return {Kind::kPut, std::move(item)}; }
  static Change Delete() { return {Kind::kDelete, {}}; }
};

// Called once, with the item latched; `old` is valid during the call and afterwards as
// WriteOutcome::old_item.
using Decide = FunctionRef<Result<Change>(std::optional<ItemView> old)>;

struct WriteAction {
  std::shared_ptr<const Table> table;
  RowKey key;
  Decide decide;
};

struct WriteOptions {
  // What the caller wants to know beyond the items.
  bool index_units = false;      // ReturnConsumedCapacity
  bool collection_size = false;  // ReturnItemCollectionMetrics
  // Leave items that a transaction holds as they are (WriteOutcome::held) rather than failing.
  bool leave_held = false;
  // The service deletes what has expired: stream records say so.
  bool expiry = false;
  // The first item counts as held by a transaction.
  bool conflict = false;
  // How long a transaction that is committed goes on holding its items, so that conflicts can be
  // provoked.
  int64_t hold_ms = 0;
};

// Write capacity units of one index, after the service's rules: absent to present ceil(new/1 KB),
// present to absent ceil(old/1 KB), changed in place the larger of both, moved to another index key
// the sum. No arm when nothing changed.
struct IndexUnits {
  std::string index;
  bool local = false;
  int64_t units = 0;
};

struct WriteOutcome {
  bool existed = false;
  bool held = false;  // left as it is: a transaction holds the item (WriteOptions::leave_held)
  Change::Kind change = Change::Kind::kKeep;
  // kPut: the item now stored.
  std::string new_item;
  std::vector<IndexUnits> index_units;  // by WriteOptions, in the order of Table::indexes()
  // By WriteOptions, and only for tables with local indexes: bytes of all items and local index
  // entries with the item's partition key, after the write.
  std::optional<uint64_t> collection_bytes;

  // The item before the write, if it existed.
  std::optional<ItemView> old_item() const {
    if (!existed) return std::nullopt;
    return ItemView(old.bytes());
  }
  // The item after the write, if there is one.
  std::optional<ItemView> item() const {
    if (change == Change::Kind::kPut) return ItemView(new_item);
    if (change == Change::Kind::kKeep) return old_item();
    return std::nullopt;
  }

  Pinned old;
};

// A ClientRequestToken and what it stands for. Views must outlive the call.
struct TokenUse {
  std::string_view name_space;
  std::string_view operation;  // tokens of different operations do not meet
  std::string_view token;
  std::string_view fingerprint;  // of the request: equal for requests that mean the same
};

// What a transaction came to.
struct TransactionOutcome {
  // Parallel to the actions. Committed only when no action failed.
  std::vector<std::optional<Error>> failures;
  std::vector<WriteOutcome> outcomes;
  bool committed = false;
  // The same request was committed under this token before: its receipt; nothing was done now.
  std::optional<std::string> receipt;
  // The items stay held for so long after the call (WriteOptions::hold_ms); the answer is to be held
  // back as well.
  int64_t hold_ms = 0;
};

}  // namespace dynarock
