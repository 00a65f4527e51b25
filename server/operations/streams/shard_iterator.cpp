#include "server/operations/streams/shard_iterator.h"

#include "storage/item/base64.h"
#include "storage/key/keyspace.h"

namespace dynarock::operations {

namespace {

constexpr std::string_view kVersion = "|1|";
constexpr size_t kCheckedSize = 1 + 4 + 8 + 8;
constexpr size_t kSize = kCheckedSize + 8;
constexpr char kOldest = 0;
constexpr char kNumbered = 1;

// FNV-1a, its bits mixed once more.
uint64_t Check(std::string_view arn, std::string_view state) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (const std::string_view part : {arn, state}) {
    for (const char c : part) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001B3u;
    hash = (hash ^ 0xFF) * 0x100000001B3u;
  }
  return (hash ^ hash >> 29) * 0xBF58476D1CE4E5B9u;
}

}  // namespace

std::string FormatShardIterator(const ShardIterator& iterator) {
  std::string state(1, iterator.position ? kNumbered : kOldest);
  AppendU32(state, iterator.shard);
  AppendU64(state, iterator.position.value_or(0));
  AppendU64(state, static_cast<uint64_t>(iterator.issued_ms));
  AppendU64(state, Check(iterator.stream_arn, state));
  std::string text = iterator.stream_arn;
  text += kVersion;
  AppendBase64(state, text);
  return text;
}

std::optional<ShardIterator> ParseShardIterator(std::string_view text) {
  const size_t at = text.rfind(kVersion);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view arn = text.substr(0, at);
  const std::string_view encoded = text.substr(at + kVersion.size());
  if (encoded.empty() || !CheckBase64(encoded)) return std::nullopt;
  const std::string state = DecodeBase64(encoded);
  if (state.size() != kSize) return std::nullopt;
  if (ReadU64(state, kCheckedSize) != Check(arn, std::string_view(state).substr(0, kCheckedSize))) {
    return std::nullopt;
  }
  ShardIterator iterator;
  iterator.stream_arn = arn;
  iterator.shard = ReadU32(state, 1);
  if (state.front() == kNumbered) iterator.position = ReadU64(state, 5);
  iterator.issued_ms = static_cast<int64_t>(ReadU64(state, 13));
  return iterator;
}

}  // namespace dynarock::operations
