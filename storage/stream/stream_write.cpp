// Numbering changes, rolling shards over, trimming.
#include <algorithm>
#include <cstdio>
#include <utility>

#include "storage/key/key_part.h"
#include "storage/stream/stream_state.h"

namespace dynarock {

std::string Stream::ShardId(uint32_t number, int64_t created_ms) const {
  // Any eight digits that differ between shards made in one millisecond will do.
  const auto mixed = static_cast<uint32_t>(
      (identity().id * 0x9E3779B97F4A7C15u + number * 0xC2B2AE3D27D4EB4Fu) >> 32);
  char text[48];
  std::snprintf(text, sizeof text, "shardId-%020lld-%08x", static_cast<long long>(created_ms),
                mixed);
  return text;
}

void Stream::OpenShard(uint32_t slot, const Shard* parent, int64_t now_ms, Batch& batch) {
  StoredShard stored;
  Shard& shard = stored.shard;
  shard.number = shards_.empty() ? 1 : shards_.back().shard.number + 1;
  shard.slot = slot;
  shard.start = next_;
  shard.created_ms = now_ms;
  if (parent != nullptr) {
    shard.parent = parent->number;
    shard.parent_id = parent->id;
    // Ids begin with the creation time, and a child's comes after its parent's.
    shard.created_ms = std::max(now_ms, parent->created_ms + 1);
  }
  shard.id = ShardId(shard.number, shard.created_ms);
  PutShard(stored, batch);
  if (open_.size() <= slot) open_.resize(slot + 1);
  open_[slot] = shard.number;
  shards_.push_back(std::move(stored));
}

const Shard& Stream::CloseShard(uint32_t slot, int64_t now_ms, Batch& batch) {
  StoredShard& stored = *Find(open_[slot]);
  // A shard that never had a record still ends with a number of its own.
  if (next_ == stored.shard.start) ++next_;
  stored.shard.end = next_ - 1;
  stored.shard.closed_ms = Created(now_ms);
  PutShard(stored, batch);
  return stored.shard;
}

// ---- Streams: for the store.

namespace {

// The part of the hash space that a row falls into.
uint32_t SlotOf(std::string_view row_key, size_t slots) {
  return static_cast<uint32_t>((HashInKey(row_key) >> 32) * slots >> 32);
}

void RollShards(Stream& stream, int64_t now_ms, Engine& engine) {
  Batch batch;
  const auto shards = stream.shards();
  const auto open = stream.open();
  const SequenceNumber next = stream.next();
  for (uint32_t slot = 0; slot < stream.open().size(); ++slot) {
    const Shard parent = stream.CloseShard(slot, now_ms, batch);
    stream.OpenShard(slot, &parent, now_ms, batch);
  }
  try {
    engine.Write(batch);
  } catch (...) {
    // Records in shards that are not on the disk would be lost at the next start.
    stream.shards() = shards;
    stream.open() = open;
    stream.set_next(next);
    throw;
  }
}

bool TimeToRoll(Stream& stream, int64_t now_ms, int64_t shard_ms) {
  return !stream.open().empty() &&
         now_ms - stream.Find(stream.open().front())->shard.created_ms >= shard_ms;
}

}  // namespace

Streams::Ticket::Ticket(Ticket&& other) noexcept
    : stream_(std::move(other.stream_)), first_(other.first_) {}
Streams::Ticket& Streams::Ticket::operator=(Ticket&& other) noexcept {
  std::swap(stream_, other.stream_);
  std::swap(first_, other.first_);
  return *this;
}
Streams::Ticket::~Ticket() {
  if (stream_ == nullptr) return;
  const std::lock_guard lock(stream_->mutex());
  stream_->Done(first_);
}

Streams::Ticket Streams::Append(StorageId id, std::span<const StreamChange> changes, Batch& batch) {
  Ticket ticket;
  auto stream = FindStream(id);
  if (stream == nullptr || changes.empty()) return ticket;
  static thread_local std::string value;
  const std::lock_guard lock(stream->mutex());
  const int64_t now = clock_.now_ms();
  if (stream->open().empty()) return ticket;
  if (TimeToRoll(*stream, now, options_.shard_ms)) RollShards(*stream, now, engine_);
  const int64_t created = stream->Created(now);
  SequenceNumber number = stream->Take(changes.size());
  ticket.first_ = number;
  for (const StreamChange& change : changes) {
    const uint32_t shard = stream->open()[SlotOf(change.row_key, stream->open().size())];
    EncodeChange(stream->identity(), change, created, value);
    batch.Put(ChangeKey(id, shard, number++), value);
  }
  ticket.stream_ = std::move(stream);
  return ticket;
}

std::string Streams::NewLabel(std::string_view name_space, std::string_view table) const {
  int64_t now = clock_.now_ms();
  const auto text = [](int64_t ms) {
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char day[32];
    std::strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &utc);
    char label[40];
    std::snprintf(label, sizeof label, "%s.%03d", day, static_cast<int>(ms % 1000));
    return std::string(label);
  };
  std::string label = text(now);
  while (Find(name_space, table, label)) label = text(++now);
  return label;
}

void Streams::Create(StreamDescription description, Batch& batch) {
  const auto special = options_.shards_of.find(description.table);
  const uint32_t shards = special == options_.shards_of.end() ? options_.shards : special->second;
  batch.Put(RecordKey(Record::kStream, description.id), EncodeStream(description));
  auto stream = std::make_shared<Stream>(std::move(description));
  for (uint32_t slot = 0; slot < shards; ++slot) {
    stream->OpenShard(slot, nullptr, stream->identity().created_ms, batch);
  }
  const std::unique_lock lock(mutex_);
  streams_.emplace(stream->identity().id, std::move(stream));
}

void Streams::Disable(StorageId id) {
  const auto stream = FindStream(id);
  if (stream == nullptr) return;
  const std::lock_guard lock(stream->mutex());
  if (stream->description().disabled_ms != 0) return;
  const int64_t now = clock_.now_ms();
  Batch batch;
  for (uint32_t slot = 0; slot < stream->open().size(); ++slot)
    stream->CloseShard(slot, now, batch);
  stream->open().clear();
  stream->description().disabled_ms = stream->Created(now);
  batch.Put(RecordKey(Record::kStream, id), EncodeStream(stream->description()));
  try {
    engine_.Write(batch);
  } catch (const EngineError&) {
    // Its table's change is done, and that no table writes this stream is seen at the next start.
  }
}

void Streams::Forget(StorageId id) {
  const std::unique_lock lock(mutex_);
  streams_.erase(id);
}

void Streams::Tend() {
  std::vector<std::shared_ptr<Stream>> all;
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [id, stream] : streams_) all.push_back(stream);
  }
  for (const auto& stream : all) {
    {
      const std::lock_guard lock(stream->mutex());
      const int64_t now = clock_.now_ms();
      if (TimeToRoll(*stream, now, options_.shard_ms)) RollShards(*stream, now, engine_);
    }
    TrimStream(*stream);
  }
}

void Streams::TrimStream(Stream& stream) {
  const int64_t cutoff = clock_.now_ms() - options_.retention_ms;
  const StorageId id = stream.identity().id;
  std::vector<StoredShard> shards;
  {
    const std::lock_guard lock(stream.mutex());
    shards = stream.shards();
  }
  std::vector<uint32_t> gone;
  for (const StoredShard& stored : shards) {
    const Shard& shard = stored.shard;
    const std::string prefix = IndexPrefix(id, shard.number);
    if (shard.end != 0 && shard.closed_ms <= cutoff) {
      engine_.DropRange(prefix, PrefixSuccessor(prefix));
      gone.push_back(shard.number);
      continue;
    }
    if (shard.created_ms > cutoff) continue;
    // Records are in order of time, so the ones to go come first.
    constexpr size_t kMostAtOnce = 1000;
    bool more = true;
    while (more) {
      Batch batch;
      size_t count = 0;
      SequenceNumber last = 0;
      const auto iterator = engine_.NewIterator(prefix, PrefixSuccessor(prefix));
      for (iterator->SeekToFirst();
           iterator->valid() && count < kMostAtOnce && CreatedInChange(iterator->value()) <= cutoff;
           iterator->Next(), ++count) {
        batch.Delete(iterator->key());
        last = NumberInKey(iterator->key());
      }
      more = count == kMostAtOnce;
      if (count == 0) break;
      const std::lock_guard lock(stream.mutex());
      StoredShard* now = stream.Find(shard.number);
      if (now == nullptr) break;
      now->trimmed = last;
      stream.PutShard(*now, batch);
      engine_.Write(batch);
    }
  }
  if (gone.empty()) return;
  bool empty = false;
  {
    const std::lock_guard lock(stream.mutex());
    Batch batch;
    for (const uint32_t number : gone) {
      batch.Delete(RecordKey(Record::kShard, id, number));
      std::erase_if(stream.shards(),
                    [&](const StoredShard& stored) { return stored.shard.number == number; });
    }
    empty = stream.shards().empty();
    if (empty) batch.Delete(RecordKey(Record::kStream, id));
    engine_.Write(batch);
  }
  if (!empty) return;
  const std::unique_lock lock(mutex_);
  streams_.erase(id);
}

}  // namespace dynarock
