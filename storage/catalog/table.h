// One published version of a table: its description, prepared for fast use, and the state all
// versions share.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog/description.h"
#include "storage/catalog/gate.h"
#include "storage/item/type.h"
#include "storage/key/keyspace.h"

namespace dynarock {

// Number and size (as DynamoDB counts it) of the items of a table or the entries of an index.
struct Counters {
  std::atomic<int64_t> items{0};
  std::atomic<int64_t> bytes{0};
  void Add(int64_t more_items, int64_t more_bytes) {
    if (more_items != 0) items.fetch_add(more_items, std::memory_order_relaxed);
    if (more_bytes != 0) bytes.fetch_add(more_bytes, std::memory_order_relaxed);
  }
};

struct KeyAttribute {
  std::string name;
  Type type = Type::kString;
};

// The key of a table (1 HASH, at most 1 RANGE) or of an index (a global one: up to 4 and 4).
struct Key {
  std::vector<KeyAttribute> hash;
  std::vector<KeyAttribute> range;
  // The first RANGE attribute comes before the first HASH attribute in an item.
  bool range_sorts_first = false;
  // HASH, then RANGE.
  size_t size() const { return hash.size() + range.size(); }
  const KeyAttribute& at(size_t i) const {
    return i < hash.size() ? hash[i] : range[i - hash.size()];
  }
  const KeyAttribute* Find(std::string_view name) const;
};

// An index, prepared.
struct Index {
  IndexId id = 0;
  std::string name;
  bool local = false;
  Key key;
  ProjectionType projection = ProjectionType::kAll;
  // Not kAll: the names an entry holds, sorted: table key, index key, INCLUDE's attributes, each
  // once.
  std::vector<std::string> projected;
  // What ExclusiveStartKey and LastEvaluatedKey hold: table key and index key, sorted, each once.
  std::vector<std::string> position;
  // Entries of older rows are still being made.
  bool backfilling = false;
  // No longer written or to be read: its data is going away.
  bool deleting = false;
  std::shared_ptr<Counters> counters;

  // True when an entry holds the attribute.
  bool Projects(std::string_view attribute) const;
};

class Table;

// Shared by all versions of one table.
struct TableState {
  explicit TableState(StorageId id) : storage_id(id) {}
  const StorageId storage_id;
  Gate gate;
  // The version writers must follow; null once the table is dropped. Read inside the gate, set
  // while it is closed.
  std::shared_ptr<const Table> current;
  Counters counters;
};

// Immutable, except for what state() points at.
class Table {
 public:
  // `previous`: the version this one follows, whose index counters it keeps; null for a table just
  // made.
  Table(std::string name_space, TableDescription description, std::shared_ptr<TableState> state,
        const Table* previous);

  const std::string& name_space() const { return name_space_; }
  const std::string& name() const { return description_.name; }
  StorageId storage_id() const { return state_->storage_id; }
  // As stored. Use DescriptionAt where statuses matter.
  const TableDescription& description() const { return description_; }
  // The description as it is to be shown at that time: statuses settled, indexes that are gone left
  // out.
  TableDescription DescriptionAt(int64_t now_ms) const;
  Status StatusAt(int64_t now_ms) const;
  // True once a table that was being deleted is gone.
  bool GoneAt(int64_t now_ms) const {
    return description_.status == Status::kDeleting && now_ms >= description_.settles_ms;
  }
  // Items can be read and written: the status is ACTIVE or UPDATING. Costs nothing when nothing is
  // in transit.
  bool UsableAt(int64_t now_ms) const;

  const Key& key() const { return key_; }
  bool has_range() const { return !key_.range.empty(); }
  // Names of the table key, sorted.
  const std::vector<std::string>& position() const { return position_; }
  // Local indexes, then global ones, each in the order given.
  const std::vector<Index>& indexes() const { return indexes_; }
  bool has_local_indexes() const { return has_local_indexes_; }
  // Null when unknown or on its way out. Valid as long as this version.
  const Index* FindIndex(std::string_view name) const;
  const Index* FindIndex(IndexId id) const;

  TableState& state() const { return *state_; }
  const std::shared_ptr<TableState>& shared_state() const { return state_; }

 private:
  std::string name_space_;
  TableDescription description_;
  std::shared_ptr<TableState> state_;
  Key key_;
  std::vector<std::string> position_;
  std::vector<Index> indexes_;
  bool has_local_indexes_ = false;
  bool settled_ = true;  // no status is in transit
};

}  // namespace dynarock
