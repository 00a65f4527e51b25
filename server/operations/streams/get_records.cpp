// GetRecords.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
#include <algorithm>

#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/read_page.h"
#include "server/operations/streams/record_json.h"
#include "server/operations/streams/shard_iterator.h"
#include "server/operations/streams/stream_arn.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr int64_t kMost = 1000;

constexpr Member kMembers[] = {
    {"ShardIterator", &kStringShape, {.required = true, .min_length = 1, .max_length = 2048}},
    {"Limit", &kIntegerShape, {.min_value = 1, .max_value = kMost}},
};
constexpr Shape kInput = Structure("GetRecordsInput", kMembers);

Result<Streams::Page> Read(const Call& call, StorageId stream, const Shard& shard,
                           std::optional<SequenceNumber> position) {
  const Streams& streams = call.store.streams();
  const size_t limit = MostItems(call, Integer(call.input, "Limit").value_or(kMost));
  const uint64_t bytes = call.context.page_bytes;
  if (position) return streams.Read(stream, shard.number, *position, limit, bytes);
  // What was the oldest record a moment ago may be trimmed by now; then another one is.
  constexpr int kAttempts = 10;
  for (int attempt = 1;; ++attempt) {
    auto page = streams.Read(stream, shard.number, streams.Oldest(stream, shard), limit, bytes);
    const bool trimmed = !page && page.error().kind == ErrorKind::kTrimmedDataAccess;
    if (!trimmed || attempt == kAttempts) return page;
  }
}

Result<void> Run(Call& call) {
  auto iterator = ParseShardIterator(StringOr(call.input, "ShardIterator"));
  if (!iterator) return Fail(Validation("Invalid ShardIterator"));
  if (iterator->ExpiredAt(call.context.now_ms)) {
    return Fail(OfKind(ErrorKind::kExpiredIterator, "Shard iterator has expired"));
  }
  DYNAROCK_TRY(const StreamDescription stream, FindStream(call, iterator->stream_arn));
  const auto shards = call.store.streams().Shards(stream.id);
  const auto shard = std::find_if(shards.begin(), shards.end(), [&](const Shard& candidate) {
    return candidate.number == iterator->shard;
  });
  // There was such a shard when the iterator was made.
  if (shard == shards.end()) {
    return Fail(TrimmedData());
  }
  DYNAROCK_TRY(const Streams::Page page, Read(call, stream.id, *shard, iterator->position));

  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Records");
  out.BeginArray();
  for (const StreamRecord& record : page.records) WriteRecord(out, stream, record);
  out.EndArray();
  if (page.next) {
    iterator->position = page.next;
    iterator->issued_ms = call.context.now_ms;
    out.Member("NextShardIterator", FormatShardIterator(*iterator));
  }
  out.EndObject();
  return {};
}

}  // namespace

// A page may be 1 MB.
const Operation kGetRecords{
    .name = "GetRecords", .input = &kInput, .run = Run, .inline_bytes = 0, .streams = true};

}  // namespace dynarock::operations
