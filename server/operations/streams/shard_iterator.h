// Shard iterators: where reading a shard goes on. They hold all there is to know, so the server
// keeps none: `<stream ARN>|1|<base64>`, the last part being
//   kind u8 | shard number u32 | position u64 | issued at, in ms, u64 | check u64
// The check covers the ARN and the rest. It tells iterators from strings that are none; it is not a
// secret, and need not be one: whoever reads a shard may read all of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/stream/stream.h"

namespace dynarock::operations {

// The service's iterators live 15 minutes (GetShardIterator, API Reference).
inline constexpr int64_t kIteratorLifeMs = 15 * 60'000;

struct ShardIterator {
  std::string stream_arn;
  uint32_t shard = 0;
  // The number of the first record wanted; nullopt: the oldest there is when it is read
  // (TRIM_HORIZON).
  std::optional<SequenceNumber> position;
  int64_t issued_ms = 0;

  // `issued_ms` may be any number: whoever knows the check can write it.
  bool ExpiredAt(int64_t now_ms) const { return issued_ms < now_ms - kIteratorLifeMs; }
  bool operator==(const ShardIterator&) const = default;
};

std::string FormatShardIterator(const ShardIterator& iterator);
// nullopt: not one of ours.
std::optional<ShardIterator> ParseShardIterator(std::string_view text);

}  // namespace dynarock::operations
