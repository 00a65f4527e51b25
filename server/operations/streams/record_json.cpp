#include "server/operations/streams/record_json.h"

#include <cstdio>

#include "server/operations/request/table_arn.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

namespace {

std::string_view EventName(StreamEvent event) {
  switch (event) {
    case StreamEvent::kInsert:
      return "INSERT";
    case StreamEvent::kModify:
      return "MODIFY";
    case StreamEvent::kRemove:
      return "REMOVE";
  }
  return "";
}

// The finalizer of SplitMix64: one to one, so different numbers stay different.
uint64_t Mix(uint64_t value) {
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9u;
  value = (value ^ value >> 27) * 0x94D049BB133111EBu;
  return value ^ value >> 31;
}

void WriteImage(JsonWriter& out, std::string_view name, const std::string& item) {
  if (item.empty()) return;
  out.Key(name);
  WriteItem(ItemView(item), out.Slot());
}

void WriteChange(JsonWriter& out, const StreamDescription& stream, const StreamRecord& record) {
  out.BeginObject();
  out.Member("ApproximateCreationDateTime", record.created_ms / 1000);
  WriteImage(out, "Keys", record.keys);
  WriteImage(out, "NewImage", record.new_image);
  WriteImage(out, "OldImage", record.old_image);
  out.Member("SequenceNumber", SequenceText(record.number));
  out.Member("SizeBytes", static_cast<int64_t>(record.size()));
  out.Member("StreamViewType", StreamViewTypeName(stream.view_type));
  out.EndObject();
}

}  // namespace

// One half tells the records of a stream apart; the other mixes in which stream it is, of which
// server run.
std::string EventId(const StreamDescription& stream, SequenceNumber number) {
  const uint64_t seed = Mix(static_cast<uint64_t>(stream.created_ms)) + Mix(stream.id);
  char text[33];
  std::snprintf(text, sizeof text, "%016llx%016llx",
                static_cast<unsigned long long>(Mix(seed + number)),
                static_cast<unsigned long long>(Mix(~seed ^ Mix(number))));
  return text;
}

void WriteRecord(JsonWriter& out, const StreamDescription& stream, const StreamRecord& record) {
  out.BeginObject();
  out.Member("eventID", EventId(stream, record.number));
  out.Member("eventName", EventName(record.event));
  out.Member("eventVersion", "1.1");
  out.Member("eventSource", "aws:dynamodb");
  const auto table = ParseTableArn(stream.table_arn);
  out.Member("awsRegion", table ? table->region : std::string_view());
  out.Key("dynamodb");
  WriteChange(out, stream, record);
  if (record.expired) {
    // Upper case here, unlike in the events a Lambda function gets.
    out.Key("userIdentity");
    out.BeginObject();
    out.Member("PrincipalId", "dynamodb.amazonaws.com");
    out.Member("Type", "Service");
    out.EndObject();
  }
  out.EndObject();
}

}  // namespace dynarock::operations
