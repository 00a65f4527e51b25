// Loading and reading.
#include "storage/stream/stream.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "storage/key/key_part.h"
#include "storage/stream/stream_state.h"

namespace dynarock {

Streams::Streams(Engine& engine, const Clock& clock, StreamOptions options)
    : engine_(engine), clock_(clock), options_(std::move(options)) {}
Streams::~Streams() = default;

std::expected<void, std::string> Streams::Load(std::span<const StorageId> enabled) {
  const auto damaged = [] {
    return std::unexpected("damaged: the description of a stream or shard is unreadable");
  };
  const std::string stream_prefix = RecordKey(Record::kStream);
  const auto streams = engine_.NewIterator(stream_prefix, PrefixSuccessor(stream_prefix));
  for (streams->SeekToFirst(); streams->valid(); streams->Next()) {
    auto description = DecodeStream(streams->value());
    if (!description) return damaged();
    const StorageId id = description->id;
    auto stream = std::make_shared<Stream>(std::move(*description));
    const std::string shard_prefix = RecordKey(Record::kShard, id);
    const auto shards = engine_.NewIterator(shard_prefix, PrefixSuccessor(shard_prefix));
    SequenceNumber next = 1;
    for (shards->SeekToFirst(); shards->valid(); shards->Next()) {
      auto stored = DecodeShard(shards->value());
      if (!stored) return damaged();
      Shard& shard = stored->shard;
      shard.id = stream->ShardId(shard.number, shard.created_ms);
      next = std::max({next, shard.start, shard.end + 1, stored->trimmed + 1});
      // Records beyond a number that was lost with the machine are there all the same.
      const std::string prefix = IndexPrefix(id, shard.number);
      const auto records = engine_.NewIterator(prefix, PrefixSuccessor(prefix));
      records->SeekToLast();
      if (records->valid()) {
        next = std::max(next, NumberInKey(records->key()) + 1);
        stream->Created(CreatedInChange(records->value()));
      }
      if (shard.end == 0) {
        if (stream->open().size() <= shard.slot) stream->open().resize(shard.slot + 1);
        stream->open()[shard.slot] = shard.number;
      }
      stream->shards().push_back(std::move(*stored));
    }
    stream->set_next(next);
    streams_.emplace(id, std::move(stream));
  }
  for (const auto& [id, stream] : std::map(streams_)) {
    if (std::find(enabled.begin(), enabled.end(), id) == enabled.end()) Disable(id);
  }
  return {};
}

std::shared_ptr<Stream> Streams::FindStream(StorageId id) const {
  const std::shared_lock lock(mutex_);
  const auto it = streams_.find(id);
  return it == streams_.end() ? nullptr : it->second;
}

std::vector<StreamDescription> Streams::List(std::string_view name_space,
                                             std::string_view table) const {
  const int64_t cutoff = clock_.now_ms() - options_.retention_ms;
  std::vector<StreamDescription> found;
  const std::shared_lock lock(mutex_);
  for (const auto& [id, stream] : streams_) {
    if (stream->identity().name_space != name_space) continue;
    if (!table.empty() && stream->identity().table != table) continue;
    const std::lock_guard stream_lock(stream->mutex());
    const int64_t disabled = stream->description().disabled_ms;
    if (disabled == 0 || disabled > cutoff) found.push_back(stream->description());
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tie(a.table, a.label) < std::tie(b.table, b.label);
  });
  return found;
}

std::optional<StreamDescription> Streams::Find(std::string_view name_space, std::string_view table,
                                               std::string_view label) const {
  for (StreamDescription& stream : List(name_space, table)) {
    if (stream.label == label) return std::move(stream);
  }
  return std::nullopt;
}

std::vector<Shard> Streams::Shards(StorageId id) const {
  const auto stream = FindStream(id);
  if (stream == nullptr) return {};
  const int64_t cutoff = clock_.now_ms() - options_.retention_ms;
  std::vector<Shard> shards;
  {
    const std::lock_guard lock(stream->mutex());
    for (const StoredShard& stored : stream->shards()) {
      if (stored.shard.end == 0 || stored.shard.closed_ms > cutoff) shards.push_back(stored.shard);
    }
  }
  std::sort(shards.begin(), shards.end(),
            [](const Shard& a, const Shard& b) { return a.id < b.id; });
  return shards;
}

SequenceNumber Streams::Oldest(StorageId id, const Shard& shard) const {
  const int64_t cutoff = clock_.now_ms() - options_.retention_ms;
  const SequenceNumber after_newest = AfterNewest(id);
  const std::string prefix = IndexPrefix(id, shard.number);
  const auto iterator = engine_.NewIterator(prefix, PrefixSuccessor(prefix));
  for (iterator->SeekToFirst(); iterator->valid(); iterator->Next()) {
    const SequenceNumber number = NumberInKey(iterator->key());
    if (number >= after_newest) break;
    if (CreatedInChange(iterator->value()) > cutoff) return number;
  }
  return std::max(shard.start, after_newest);
}

SequenceNumber Streams::AfterNewest(StorageId id) const {
  const auto stream = FindStream(id);
  if (stream == nullptr) return 1;
  const std::lock_guard lock(stream->mutex());
  return stream->visible() + 1;
}

Result<Streams::Page> Streams::Read(StorageId id, uint32_t number, SequenceNumber from,
                                    size_t limit, size_t max_bytes) const {
  const auto stream = FindStream(id);
  if (stream == nullptr) return Fail(NoSuchShard());
  const int64_t cutoff = clock_.now_ms() - options_.retention_ms;
  Shard shard;
  SequenceNumber visible = 0;
  {
    const std::lock_guard lock(stream->mutex());
    const StoredShard* stored = stream->Find(number);
    if (stored == nullptr) return Fail(NoSuchShard());
    if (from <= stored->trimmed) return Fail(TrimmedData());
    shard = stored->shard;
    visible = stream->visible();
  }
  if (shard.end != 0 && shard.closed_ms <= cutoff) return Fail(TrimmedData());

  // Whatever is visible was committed before this state is taken.
  const std::string prefix = IndexPrefix(id, number);
  const auto iterator = engine_.NewIterator(prefix, PrefixSuccessor(prefix));
  Page page;
  size_t bytes = 0;
  const SequenceNumber last = shard.end == 0 ? visible : std::min(visible, shard.end);
  SequenceNumber next = std::max(from, last + 1);  // all there is to read
  for (iterator->Seek(ChangeKey(id, number, from)); iterator->valid(); iterator->Next()) {
    const SequenceNumber at = NumberInKey(iterator->key());
    if (at > last) break;
    const std::string_view value = iterator->value();
    if (CreatedInChange(value) <= cutoff) return Fail(TrimmedData());
    if (page.records.size() == limit ||
        (bytes + value.size() > max_bytes && !page.records.empty())) {
      next = at;
      break;
    }
    bytes += value.size();
    page.records.push_back(DecodeChange(stream->identity(), at, value));
  }
  if (shard.end == 0 || next <= shard.end) page.next = next;
  return page;
}

}  // namespace dynarock
