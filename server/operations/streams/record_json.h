// A change record as GetRecords shows it. Members and their spelling: the API model
// (@aws-sdk/client-dynamodb-streams).
#pragma once

#include <string>
#include <string_view>

#include "storage/item/json.h"
#include "storage/stream/stream.h"

namespace dynarock::operations {

// 32 hex digits that no other record has.
std::string EventId(const StreamDescription& stream, SequenceNumber number);

void WriteRecord(JsonWriter& out, const StreamDescription& stream, const StreamRecord& record);

}  // namespace dynarock::operations
