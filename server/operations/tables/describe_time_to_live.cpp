// DescribeTimeToLive.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {TableName()};
constexpr Shape kInput = Structure("DescribeTimeToLiveInput", kMembers);

Result<void> Run(Call& call) {
  DYNAROCK_TRY(const auto table, FindTable(call, StringOr(call.input, "TableName")));
  if (!table->UsableAt(call.context.now_ms)) {
    const std::string state(StatusName(table->StatusAt(call.context.now_ms)));
    return Fail(Validation("Cannot describe time to live while table is in " + state +
                           " state: Current table state is " + state));
  }
  const TimeToLive& ttl = table->description().ttl;
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("TimeToLiveDescription");
  out.BeginObject();
  out.Member("TimeToLiveStatus", ttl.enabled ? "ENABLED" : "DISABLED");
  if (ttl.enabled) out.Member("AttributeName", ttl.attribute);
  out.EndObject();
  out.EndObject();
  return {};
}

}  // namespace

const Operation kDescribeTimeToLive{.name = "DescribeTimeToLive", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
