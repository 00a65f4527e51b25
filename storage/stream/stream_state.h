// One stream in memory. Inside the room only.
#pragma once

#include <algorithm>
#include <mutex>
#include <vector>

#include "storage/stream/stream.h"
#include "storage/stream/stream_codec.h"

namespace dynarock {

class Stream {
 public:
  explicit Stream(StreamDescription d) : description_(std::move(d)) {}

  std::mutex& mutex() { return mutex_; }
  // Never changes; without disabled_ms.
  const StreamDescription& identity() const { return description_; }

  // ---- Everything below with the mutex held.

  StreamDescription& description() { return description_; }
  std::vector<StoredShard>& shards() { return shards_; }  // by number
  StoredShard* Find(uint32_t number) {
    const auto it =
        std::lower_bound(shards_.begin(), shards_.end(), number,
                         [](const StoredShard& s, uint32_t n) { return s.shard.number < n; });
    return it == shards_.end() || it->shard.number != number ? nullptr : &*it;
  }
  // The open shards by slot; empty once disabled.
  std::vector<uint32_t>& open() { return open_; }

  SequenceNumber next() const { return next_; }
  void set_next(SequenceNumber next) { next_ = next; }
  SequenceNumber Take(size_t count) {
    const SequenceNumber first = next_;
    next_ += count;
    in_flight_.push_back(first);
    return first;
  }
  void Done(SequenceNumber first) {
    in_flight_.erase(std::find(in_flight_.begin(), in_flight_.end(), first));
  }
  // The highest number that readers may be shown.
  SequenceNumber visible() const { return in_flight_.empty() ? next_ - 1 : in_flight_.front() - 1; }
  // Creation times never go back, so that records are trimmed in their order.
  int64_t Created(int64_t now_ms) { return last_created_ms_ = std::max(last_created_ms_, now_ms); }

  // A new open shard in a slot, after `parent` (0: none). Its record goes into `batch`.
  void OpenShard(uint32_t slot, const Shard* parent, int64_t now_ms, Batch& batch);
  // Closes a slot's shard. Its record goes into `batch`.
  const Shard& CloseShard(uint32_t slot, int64_t now_ms, Batch& batch);
  void PutShard(const StoredShard& stored, Batch& batch) const {
    batch.Put(RecordKey(Record::kShard, identity().id, stored.shard.number), EncodeShard(stored));
  }
  // A shard's ids, from what its record holds.
  std::string ShardId(uint32_t number, int64_t created_ms) const;

 private:
  std::mutex mutex_;
  StreamDescription description_;
  std::vector<StoredShard> shards_;
  std::vector<uint32_t> open_;
  SequenceNumber next_ = 1;
  std::vector<SequenceNumber> in_flight_;  // first numbers of tickets, ascending
  int64_t last_created_ms_ = 0;
};

}  // namespace dynarock
