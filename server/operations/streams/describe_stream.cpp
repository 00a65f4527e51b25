// DescribeStream.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html
#include <array>

#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/streams/stream_arn.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr int64_t kMost = 100;

constexpr std::array<std::string_view, 1> kFilterTypeNames = {"CHILD_SHARDS"};
constexpr EnumSet kFilterTypes{kFilterTypeNames};

constexpr Member kFilterMembers[] = {
    {"Type", &kStringShape, OneOf(kFilterTypes)},
    {"ShardId", &kStringShape, kShardIdRule},
};
constexpr Shape kFilter = Structure("ShardFilter", kFilterMembers);
constexpr Member kMembers[] = {
    StreamArnMember(),
    {"Limit", &kIntegerShape, {.min_value = 1, .max_value = kMost}},
    {"ExclusiveStartShardId", &kStringShape, kShardIdRule},
    {"ShardFilter", &kFilter},
};
constexpr Shape kInput = Structure("DescribeStreamInput", kMembers);

// Empty: no filter.
Result<std::string_view> ReadParent(const JsonValue& input) {
  const JsonValue* filter = FindMember(input, "ShardFilter");
  if (filter == nullptr) return std::string_view();
  if (FindMember(*filter, "Type") == nullptr || FindMember(*filter, "ShardId") == nullptr) {
    return Fail(InvalidParameter("ShardFilter must have both a Type and a ShardId"));
  }
  return StringOr(*filter, "ShardId");
}

std::string_view StatusOf(const Call& call, const StreamDescription& stream) {
  const Store& store = call.store;
  const auto table = store.Find(stream.name_space, stream.table);
  const bool newest = table != nullptr && table->description().stream.id == stream.id;
  const Status status = newest ? table->StatusAt(call.context.now_ms) : Status::kActive;
  const bool changing =
      status == Status::kUpdating && table->description().changing.Has(Changing::kStream);
  if (stream.disabled_ms != 0) return changing ? "DISABLING" : "DISABLED";
  if (changing || status == Status::kCreating) return "ENABLING";
  return status == Status::kDeleting ? "DISABLING" : "ENABLED";
}

void WriteShard(JsonWriter& out, const Shard& shard) {
  out.BeginObject();
  out.Member("ShardId", shard.id);
  out.Key("SequenceNumberRange");
  out.BeginObject();
  out.Member("StartingSequenceNumber", SequenceText(shard.start));
  if (shard.end != 0) out.Member("EndingSequenceNumber", SequenceText(shard.end));
  out.EndObject();
  if (!shard.parent_id.empty()) out.Member("ParentShardId", shard.parent_id);
  out.EndObject();
}

// Shards are by id, and ids ascend with time: a page goes on after an id whose shard is trimmed
// meanwhile.
void WriteShards(JsonWriter& out, const std::vector<Shard>& shards, std::string_view after,
                 std::string_view parent, size_t limit) {
  std::string_view last;
  bool more = false;
  size_t count = 0;
  out.Key("Shards");
  out.BeginArray();
  for (const Shard& shard : shards) {
    if (shard.id <= after || (!parent.empty() && shard.parent_id != parent)) continue;
    more = count == limit;
    if (more) break;
    WriteShard(out, shard);
    last = shard.id;
    ++count;
  }
  out.EndArray();
  if (more) out.Member("LastEvaluatedShardId", last);
}

Result<void> Run(Call& call) {
  DYNAROCK_TRY(const std::string_view parent, ReadParent(call.input));
  DYNAROCK_TRY(const StreamDescription stream, FindStream(call, StringOr(call.input, "StreamArn")));
  const auto limit = static_cast<size_t>(Integer(call.input, "Limit").value_or(kMost));

  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("StreamDescription");
  out.BeginObject();
  out.Member("StreamArn", stream.Arn());
  out.Member("StreamLabel", stream.label);
  out.Member("StreamStatus", StatusOf(call, stream));
  out.Member("StreamViewType", StreamViewTypeName(stream.view_type));
  out.Key("CreationRequestDateTime");
  out.EpochMillis(stream.created_ms);
  out.Member("TableName", stream.table);
  out.Key("KeySchema");
  out.BeginArray();
  for (const KeyElement& element : stream.key) {
    out.BeginObject();
    out.Member("AttributeName", element.attribute);
    out.Member("KeyType", element.role == KeyRole::kHash ? "HASH" : "RANGE");
    out.EndObject();
  }
  out.EndArray();
  WriteShards(out, call.store.streams().Shards(stream.id),
              StringOr(call.input, "ExclusiveStartShardId"), parent, limit);
  out.EndObject();
  out.EndObject();
  return {};
}

}  // namespace

const Operation kDescribeStream{
    .name = "DescribeStream", .input = &kInput, .run = Run, .streams = true};

}  // namespace dynarock::operations
