// ListStreams.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html
#include <utility>

#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/streams/stream_arn.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr int64_t kMost = 100;

constexpr Member kMembers[] = {
    {"TableName", &kStringShape, {.min_length = 3, .max_length = 255, .name_pattern = true}},
    {"Limit", &kIntegerShape, {.min_value = 1, .max_value = kMost}},
    {"ExclusiveStartStreamArn", &kStringShape, {.min_length = 37, .max_length = 1024}},
};
constexpr Shape kInput = Structure("ListStreamsInput", kMembers);

// Where a page begins: after a stream that may be gone meanwhile, by table name and label.
Result<void> DropUpTo(std::string_view arn, std::vector<StreamDescription>& streams) {
  const auto parsed = ParseStreamArn(arn);
  if (!parsed) return Fail(Validation("Invalid StreamArn"));
  using Place = std::pair<std::string_view, std::string_view>;
  const Place last(parsed->table.table, parsed->label);
  std::erase_if(streams, [&](const StreamDescription& stream) {
    return Place(stream.table, stream.label) <= last;
  });
  return {};
}

Result<void> Run(Call& call) {
  const auto limit = static_cast<size_t>(Integer(call.input, "Limit").value_or(kMost));
  auto streams = call.store.streams().List(NameSpace(call), StringOr(call.input, "TableName"));
  if (const JsonValue* start = FindMember(call.input, "ExclusiveStartStreamArn")) {
    DYNAROCK_CHECK(DropUpTo(Text(*start), streams));
  }
  const bool more = streams.size() > limit;
  if (more) streams.resize(limit);

  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Streams");
  out.BeginArray();
  for (const StreamDescription& stream : streams) {
    out.BeginObject();
    out.Member("StreamArn", stream.Arn());
    out.Member("TableName", stream.table);
    out.Member("StreamLabel", stream.label);
    out.EndObject();
  }
  out.EndArray();
  if (more) out.Member("LastEvaluatedStreamArn", streams.back().Arn());
  out.EndObject();
  return {};
}

}  // namespace

const Operation kListStreams{.name = "ListStreams", .input = &kInput, .run = Run, .streams = true};

}  // namespace dynarock::operations
