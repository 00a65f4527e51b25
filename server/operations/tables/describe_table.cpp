// DescribeTable.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"
#include "server/operations/tables/description_json.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {TableName()};
constexpr Shape kInput = Structure("DescribeTableInput", kMembers);

Result<void> Run(Call& call) {
  DYNAROCK_TRY(const auto table, FindTable(call, StringOr(call.input, "TableName")));
  const Store& store = call.store;
  const int64_t now = call.context.now_ms;
  call.out.BeginObject();
  call.out.Key("Table");
  WriteTableDescription(call.out, table->DescriptionAt(now), table.get(),
                        {.now_ms = now, .with_stream = StreamToShow(store, table->description())});
  call.out.EndObject();
  return {};
}

}  // namespace

const Operation kDescribeTable{.name = "DescribeTable", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
