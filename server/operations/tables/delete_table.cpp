// DeleteTable. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html
#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"
#include "server/operations/tables/description_json.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {TableName()};
constexpr Shape kInput = Structure("DeleteTableInput", kMembers);

Result<void> Run(Call& call) {
  DYNAROCK_TRY(const NamedTable named, ResolveTableName(call, StringOr(call.input, "TableName")));
  Store& store = call.store;
  DeleteNote note(call, named);
  DYNAROCK_TRY(const auto table, store.DropTable(named.name_space, named.name));
  note.Done();
  call.out.BeginObject();
  call.out.Key("TableDescription");
  WriteDeletedTable(call.out, *table, {.now_ms = store.now_ms()});
  call.out.EndObject();
  return {};
}

}  // namespace

const Operation kDeleteTable{
    .name = "DeleteTable", .input = &kInput, .run = Run, .inline_bytes = 0};

}  // namespace dynarock::operations
