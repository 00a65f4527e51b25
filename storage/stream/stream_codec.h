// Streams, shards and change records as bytes.
//
//   value of kStream, kShard := version u8 | fields (storage/catalog/field_codec.h)
//   change record            := flags u8 | created at, in ms, u64 | [length u32 | keys]
//                               | [length u32 | new image] | [length u32 | old image]
//
//   flags: bits 0-1  the StreamEvent
//          bit 2     deleted by TTL
//          bit 3     keys are there: only where no image holds them
//          bit 4     the new image is there
//          bit 5     the old image is there
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/stream/stream.h"

namespace dynarock {

std::string EncodeStream(const StreamDescription& stream);
// nullopt when the bytes are damaged or of an unknown version.
std::optional<StreamDescription> DecodeStream(std::string_view bytes);

// A shard as its record holds it.
struct StoredShard {
  Shard shard;                 // its own id is derived
  SequenceNumber trimmed = 0;  // the highest number whose record was trimmed
};
std::string EncodeShard(const StoredShard& shard);
std::optional<StoredShard> DecodeShard(std::string_view bytes);

// The engine key of a change record, and of all records of a shard.
std::string ChangeKey(StorageId stream, uint32_t shard, SequenceNumber number);
inline SequenceNumber NumberInKey(std::string_view key) {
  return ReadU64(key, kIndexPrefixSize);
}

// What a record of this change holds in a stream of that view type.
void EncodeChange(const StreamDescription& stream, const StreamChange& change, int64_t created_ms,
                  std::string& out);
int64_t CreatedInChange(std::string_view bytes);
StreamRecord DecodeChange(const StreamDescription& stream, SequenceNumber number,
                          std::string_view bytes);

}  // namespace dynarock
