// Values of options that are more than a word or a number.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/stream/stream.h"

namespace dynarock::program {

inline constexpr uint32_t kMaxStreamShards = 64;

// Adds one --stream-shards, N or TABLE=N; false when `entry` is neither, or N is not from 1 to
// kMaxStreamShards.
bool ReadStreamShards(std::string_view entry, StreamOptions& streams);

// "512MB", "2 GB", "1048576", "64m": a whole number of bytes, or of 1024 to the power of the unit
// (KB, MB, GB or TB, also K, KiB and so on, in any case); nullopt when `text` is none of these, or
// too large.
std::optional<uint64_t> ReadSize(std::string_view text);

// The origins of --cors, as browsers write them (lower case, without a slash at the end), or "*".
// The error is what follows "--cors: ".
std::expected<std::vector<std::string>, std::string> ReadCors(std::string_view list);

}  // namespace dynarock::program
