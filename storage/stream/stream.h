// The streams of tables: change records in shards. Source of the rules: Developer Guide, "Change
// data capture for DynamoDB Streams"; layout of ids as the service shows them.
//
// A stream has one or more open shards; an item's changes go to the shard its partition hash falls
// into. After a while an open shard is closed and has one child, which goes on with its part. One
// counter numbers all records of a stream, under the stream's lock, and readers are shown a record
// only once every record with a lower number is committed or given up: who has seen number 6 never
// meets 5 afterwards.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog/description.h"
#include "storage/clock/clock.h"
#include "storage/engine/engine.h"
#include "storage/item/encoded.h"
#include "storage/item/result.h"

namespace dynarock {

struct StreamOptions {
  int64_t retention_ms = 24 * 3'600'000;                   // records older than this are trimmed
  int64_t shard_ms = 4 * 3'600'000;                        // how long a shard stays open
  uint32_t shards = 1;                                     // open shards of a stream
  std::map<std::string, uint32_t, std::less<>> shards_of;  // by table name, where they differ
};

// What a stream is. Outlives its table by the retention time.
struct StreamDescription {
  StorageId id = 0;
  std::string name_space;
  std::string table;
  std::string table_arn;
  std::string label;
  StreamViewType view_type = StreamViewType::kKeysOnly;
  KeySchema key;
  std::vector<std::string> key_names;  // sorted
  int64_t created_ms = 0;
  int64_t disabled_ms = 0;  // 0: enabled
  std::string Arn() const { return table_arn + "/stream/" + label; }
};

using SequenceNumber = uint64_t;
// 22 digits, as the service's; grows with the number.
std::string SequenceText(SequenceNumber number);
// nullopt: not a sequence number of ours.
std::optional<SequenceNumber> ParseSequence(std::string_view text);

struct Shard {
  uint32_t number = 0;       // counts from 1 within its stream
  uint32_t parent = 0;       // 0: none
  uint32_t slot = 0;         // which part of the hash space it serves
  SequenceNumber start = 0;  // the first number a record of it may have
  SequenceNumber end = 0;    // the last one; 0: open
  int64_t created_ms = 0;
  int64_t closed_ms = 0;
  std::string id;         // "shardId-00000001541626099285-f35f62ef"; ids ascend with time
  std::string parent_id;  // empty: none
};

enum class StreamEvent : uint8_t { kInsert = 0, kModify = 1, kRemove = 2 };

// One change, as read.
struct StreamRecord {
  StreamEvent event = StreamEvent::kInsert;
  bool expired = false;  // deleted by TTL: the record carries the service's identity
  SequenceNumber number = 0;
  int64_t created_ms = 0;
  std::string keys;       // the item's key attributes, encoded as an item
  std::string new_image;  // encoded; empty: absent
  std::string old_image;
  // DynamoDB's size of keys and images.
  uint64_t size() const;
};

// What a write tells a stream of one item.
struct StreamChange {
  std::string_view row_key;  // decides the shard
  std::optional<ItemView> old_item;
  std::optional<ItemView> new_item;
  bool expired = false;
};

class Stream;

// Thread safe.
class Streams {
 public:
  Streams(Engine& engine, const Clock& clock, StreamOptions options);
  ~Streams();

  // ---- Reading, for the API.

  // Streams of the namespace in order of table name and label, those of `table` only when it is not
  // empty. A disabled stream is listed until all its records are trimmed.
  std::vector<StreamDescription> List(std::string_view name_space, std::string_view table) const;
  std::optional<StreamDescription> Find(std::string_view name_space, std::string_view table,
                                        std::string_view label) const;
  // The shards that still can hold records, by id. Empty also when the stream is gone.
  std::vector<Shard> Shards(StorageId stream) const;

  // Where TRIM_HORIZON begins: the number of the oldest record not trimmed, or of the next one.
  SequenceNumber Oldest(StorageId stream, const Shard& shard) const;
  // Where LATEST begins: the number after the newest record a reader can be shown.
  SequenceNumber AfterNewest(StorageId stream) const;

  struct Page {
    std::vector<StreamRecord> records;
    // Where to go on; nullopt: the shard is closed and read to its end.
    std::optional<SequenceNumber> next;
  };
  // Records with numbers >= `from`, at most `limit` and about `max_bytes` of them. Errors:
  // TrimmedDataAccess when `from` points at records that are gone; ResourceNotFound when stream or
  // shard is gone.
  Result<Page> Read(StorageId stream, uint32_t shard, SequenceNumber from, size_t limit,
                    size_t max_bytes) const;

  // ---- For the store.

  // Reads the records. Streams that no table of `enabled` writes any more are closed.
  std::expected<void, std::string> Load(std::span<const StorageId> enabled);
  // A label for a new stream of a table, no stream of that name ever had: its creation time.
  std::string NewLabel(std::string_view name_space, std::string_view table) const;
  // Adds a stream; its records go into `batch`, which the caller commits with the table's.
  void Create(StreamDescription description, Batch& batch);
  // Takes a stream back whose records were not committed.
  void Forget(StorageId stream);
  // Closes all shards. Call it when no writer uses the stream any more.
  void Disable(StorageId stream);
  // Rolls shards over and trims records, where it is time.
  void Tend();

  // Numbers given to the records of one write and not yet committed. Committed or given up when
  // destroyed.
  class Ticket {
   public:
    Ticket() = default;
    Ticket(Ticket&&) noexcept;
    Ticket& operator=(Ticket&&) noexcept;
    ~Ticket();

   private:
    friend class Streams;
    std::shared_ptr<Stream> stream_;
    SequenceNumber first_ = 0;
  };
  // Numbers the changes, in order, and puts their records into `batch`. The items' latches are
  // held, and the batch is committed while the ticket lives.
  Ticket Append(StorageId stream, std::span<const StreamChange> changes, Batch& batch);

 private:
  std::shared_ptr<Stream> FindStream(StorageId id) const;
  void TrimStream(Stream& stream);

  Engine& engine_;
  const Clock& clock_;
  const StreamOptions options_;
  mutable std::shared_mutex mutex_;
  std::map<StorageId, std::shared_ptr<Stream>> streams_;
};

}  // namespace dynarock
