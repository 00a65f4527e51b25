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

constexpr Member kMembers[] = {
    StreamArnMember(),
    {"ShardId", &kStringShape, {.required = true, .min_length = 28, .max_length = 65}},
    {"ShardIteratorType", &kStringShape, RequiredOneOf(kTypes)},
    {"SequenceNumber", &kStringShape, {.min_length = 21, .max_length = 40}},
};
constexpr Shape kInput = Structure("GetShardIteratorInput", kMembers);

// As DynamoDB Local says it; no sample of the service exists.
Error InvalidSequenceNumber() {
  return InvalidParameter("Invalid SequenceNumber");
}

bool WantsNumber(std::string_view type) {
  return type.ends_with("_SEQUENCE_NUMBER");
}

// What can be said of the number without the shard.
Result<void> CheckNumber(std::string_view type, const JsonValue* number) {
  if (!WantsNumber(type)) {
    if (number == nullptr) return {};
    return Fail(Validation("Iterator of this type should not have sequence number"));
  }
  if (number == nullptr) return Fail(InvalidSequenceNumber());
  const std::string_view text = Text(*number);
  const bool digits =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return Fail(InvalidSequenceNumber());
  return {};
}

// A number of 21 to 40 digits, which need not be one of ours, with leading zeros for comparing.
std::string Padded(std::string_view digits) {
  constexpr size_t kMostDigits = 40;
  return std::string(kMostDigits - digits.size(), '0').append(digits);
}

// The position a number stands for: records of the shard before its first are as good as trimmed,
// and those it will never have, or does not have yet, nobody can know.
Result<SequenceNumber> PositionOf(const Streams& streams, const StreamDescription& stream,
                                  const Shard& shard, std::string_view type,
                                  std::string_view digits) {
  if (Padded(digits) < Padded(SequenceText(shard.start))) return Fail(TrimmedData());
  const auto number = ParseSequence(digits);
  const SequenceNumber last =
      shard.end != 0 ? shard.end : std::max(shard.start, streams.AfterNewest(stream.id));
  if (!number || *number > last) return Fail(InvalidSequenceNumber());
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
