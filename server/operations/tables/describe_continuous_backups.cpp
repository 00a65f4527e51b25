// DescribeContinuousBackups.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/shapes.h"
#include "server/operations/request/table_lookup.h"
#include "server/operations/tables/continuous_backups.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kMembers[] = {TableName()};
constexpr Shape kInput = Structure("DescribeContinuousBackupsInput", kMembers);

Result<void> Run(Call& call) {
  DYNAROCK_TRY(const NamedTable named, ResolveTableName(call, StringOr(call.input, "TableName")));
  const auto table = call.store.Find(named.name_space, named.name);
  // A table that is being created has no backups yet; one that is being deleted still has.
  if (table == nullptr || table->GoneAt(call.context.now_ms) ||
      table->StatusAt(call.context.now_ms) == Status::kCreating) {
    return Fail(TableNotFound(named.name));
  }
  WriteContinuousBackups(call.out, table->description().recovery, call.context.now_ms);
  return {};
}

}  // namespace

const Operation kDescribeContinuousBackups{
    .name = "DescribeContinuousBackups", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
