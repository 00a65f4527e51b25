// GetShardIterator.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html
#include <algorithm>
#include <array>

#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/streams/shard_iterator.h"
#include "server/operations/streams/stream_arn.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr std::array<std::string_view, 4> kTypeNames = {"AFTER_SEQUENCE_NUMBER", "LATEST",
                                                        "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"};
constexpr EnumSet kTypes{kTypeNames};

// The service does not print a number of wrong length.
Result<void> CheckNumberLength(const JsonValue* value, Violations& violations) {
  constexpr size_t kShortest = 21;
  constexpr size_t kLongest = 40;
  if (value == nullptr) return {};
  const size_t length = Text(*value).size();
  if (length < kShortest) {
    violations.AddWithoutValue("sequenceNumber", LengthAtLeastRule(kShortest));
  }
  if (length > kLongest) {
    violations.AddWithoutValue("sequenceNumber", LengthAtMostRule(kLongest));
  }
  return {};
}

constexpr Member kMembers[] = {
    StreamArnMember(),
    {"ShardId", &kStringShape, {.required = true, .min_length = 28, .max_length = 65}},
    {"ShardIteratorType", &kStringShape, RequiredOneOf(kTypes)},
    {"SequenceNumber", &kStringShape, {.check = CheckNumberLength}},
};
constexpr Shape kInput = Structure("GetShardIteratorInput", kMembers);

// No record of the shard can have such a number.
Error InvalidSequenceNumber() {
  return Validation("Invalid SequenceNumber for the shard");
}

bool WantsNumber(std::string_view type) {
  return type.ends_with("_SEQUENCE_NUMBER");
}

// What can be said of the number without the shard.
Result<void> CheckNumber(std::string_view type, const JsonValue* number) {
  if (!WantsNumber(type)) {
    if (number == nullptr) return {};
    return Fail(InvalidParameter("SequenceNumber should not be passed for this iterator type"));
  }
  if (number == nullptr) return Fail(InvalidParameter("SequenceNumber cannot be null"));
  return {};
}

// The position a number stands for. Numbers before the shard's first are no record's, nor are those
// beyond its last or, while it is open, the next.
Result<SequenceNumber> PositionOf(const Streams& streams, const StreamDescription& stream,
                                  const Shard& shard, std::string_view type,
                                  std::string_view text) {
  const auto number = ParseSequence(text);
  const SequenceNumber last =
      shard.end != 0 ? shard.end : std::max(shard.start, streams.AfterNewest(stream.id));
  if (!number || *number < shard.start || *number > last) return Fail(InvalidSequenceNumber());
  const SequenceNumber position = type == "AT_SEQUENCE_NUMBER" ? *number : *number + 1;
  // Whether the records there are still kept, a reading of none of them tells.
  const auto page = streams.Read(stream.id, shard.number, position, /*limit=*/0, /*max_bytes=*/0);
  if (!page) return Fail(page.error());
  return position;
}

Result<void> Run(Call& call) {
  const std::string_view type = StringOr(call.input, "ShardIteratorType");
  const JsonValue* number = FindMember(call.input, "SequenceNumber");
  DYNAROCK_CHECK(CheckNumber(type, number));
  DYNAROCK_TRY(const StreamDescription stream, FindStream(call, StringOr(call.input, "StreamArn")));
  const Store& store = call.store;
  const Streams& streams = store.streams();
  const auto shards = streams.Shards(stream.id);
  const auto shard = std::find_if(shards.begin(), shards.end(), [&](const Shard& candidate) {
    return candidate.id == StringOr(call.input, "ShardId");
  });
  if (shard == shards.end()) {
    return Fail(NoSuchShard());
  }

  ShardIterator iterator{.stream_arn = stream.Arn(),
                         .shard = shard->number,
                         .position = std::nullopt,
                         .issued_ms = call.context.now_ms};
  if (WantsNumber(type)) {
    DYNAROCK_TRY(iterator.position, PositionOf(streams, stream, *shard, type, Text(*number)));
  } else if (type == "LATEST") {
    iterator.position = streams.AfterNewest(stream.id);
  }
  call.out.BeginObject();
  call.out.Member("ShardIterator", FormatShardIterator(iterator));
  call.out.EndObject();
  return {};
}

}  // namespace

const Operation kGetShardIterator{
    .name = "GetShardIterator", .input = &kInput, .run = Run, .streams = true};

}  // namespace dynarock::operations
