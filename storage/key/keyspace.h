// What lies where in the engine. Integers are big-endian, so that byte order is numeric order.
//
//   row           := storage id u64 | index id u32 = 0 | hash u64 | partition key | [sort key]
//                    -> item
//   index entry   := storage id u64 | index id u32 > 0 | hash u64
//                    | HASH value [1-4] | RANGE value [0-4]
//                    | hash of the table key u64 | partition key | [sort key]
//                    -> projected item
//   stream record := the stream's storage id u64 | shard number u32 | sequence number u64
//                    -> storage/stream/stream_codec.h
//   TTL entry     := storage id u64 | index id u32 > 0 | epoch second u64
//                    | the row's key without its first 12 bytes
//                    -> nothing
//   record        := storage id u64 = 0 | kind u8 | ...
//                    -> see Record
//
// Partition key, sort key, HASH and RANGE values are key parts (key_part.h); hashes are
// partition_hash.h's. A table's storage id is never used again, nor is an index id within its
// table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dynarock {

using StorageId = uint64_t;
using IndexId = uint32_t;

inline constexpr StorageId kRecords = 0;  // the storage id of the records
inline constexpr IndexId kTableRows = 0;  // the index id of a table's own rows

// What the records hold.
enum class Record : uint8_t {
  // nothing -> u64, the next storage id to give out
  kNextStorageId = 1,
  // storage id u64 -> table description (storage/catalog/description_codec.h)
  kTable = 2,
  // storage id u64 | index id u32 -> items u64 | bytes u64; written by a clean close
  kCounters = 3,
  // nothing -> nothing; the counters are true; removed on open
  kClean = 4,
  // storage id u64 | index id u32 -> key of the last row that the backfill has done
  kBackfill = 5,
  // storage id u64 | index id u32 -> nothing; a range to free, of index id 0 the whole storage id
  kDropped = 6,
  // the stream's storage id u64 -> storage/stream/stream_codec.h
  kStream = 7,
  // the stream's storage id u64 | shard number u32 -> storage/stream/stream_codec.h
  kShard = 8,
  // a ClientRequestToken -> what it was used for (storage/table/token_log.h)
  kToken = 9,
  // finished at, in ms, u64 | the token's record key -> nothing
  kTokenAge = 10,
};

// Writers and readers of the integers in keys and records.
void AppendU32(std::string& out, uint32_t value);
void AppendU64(std::string& out, uint64_t value);
uint32_t ReadU32(std::string_view bytes, size_t at = 0);
uint64_t ReadU64(std::string_view bytes, size_t at = 0);

// storage id | index id: every row or entry of the table or index begins with it.
inline constexpr size_t kIndexPrefixSize = 12;
void AppendIndexPrefix(std::string& out, StorageId storage, IndexId index);
std::string IndexPrefix(StorageId storage, IndexId index);
// storage id: everything of one table.
std::string StoragePrefix(StorageId storage);
// The partition hash inside a row or entry key.
inline uint64_t HashInKey(std::string_view key) {
  return ReadU64(key, kIndexPrefixSize);
}

// A record's key, with the parts the kind has.
std::string RecordKey(Record kind);
std::string RecordKey(Record kind, StorageId storage);
std::string RecordKey(Record kind, StorageId storage, IndexId index);

}  // namespace dynarock
