// Values of options that are more than a word or a number.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "storage/stream/stream.h"

namespace dynarock {

inline constexpr uint32_t kMaxStreamShards = 64;

// Adds one --stream-shards, N or TABLE=N; false when `entry` is neither, or N is not from 1 to
// kMaxStreamShards.
bool ReadStreamShards(std::string_view entry, StreamOptions& streams);

// The origins of --cors, as browsers write them (lower case, without a slash at the end), or "*".
// The error is what follows "--cors: ".
std::expected<std::vector<std::string>, std::string> ReadCors(std::string_view list);

}  // namespace dynarock
