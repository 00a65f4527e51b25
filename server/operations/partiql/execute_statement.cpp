// ExecuteStatement.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteStatement.html
#include <algorithm>

#include "expression/errors.h"
#include "server/operations/partiql/select.h"
#include "server/operations/partiql/statement_request.h"
#include "server/operations/partiql/statement_write.h"
#include "server/operations/request/errors.h"
#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/request/write_parameters.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

// In the order in which the service checks them; where NextToken stands among them is not known.
constexpr Member kMembers[] = {
    ReturnOnFailureMember(),
    {"Limit", &kIntegerShape, {.min_value = 1}},
    {"Statement", &kStringShape, kStatementText},
    ReturnConsumedCapacityMember(),
    {"Parameters", &kParameterList, {.min_length = 1}},
    {"ConsistentRead", &kBooleanShape},
    {"NextToken", &kStringShape, {.min_length = 1, .max_length = 32768}},
};
constexpr Shape kInput = Structure("ExecuteStatementInput", kMembers);

Result<void> AnswerWrite(Call& call, const expression::Statement& statement) {
  StatementWrite write(statement,
                       StringOr(call.input, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD");
  DYNAROCK_CHECK(write.CheckSize());
  DYNAROCK_TRY(const auto table, FindStatementTable(call, statement));
  DYNAROCK_TRY(RowKey key, write.Bind(*table));
  const CapacityMode mode = ReadCapacityMode(call.input);
  WriteNote note(call, write.access_kind(),
                 {table, statement.table, call.input, /*transactional=*/false, /*partiql=*/true},
                 write.key_item());
  auto written =
      call.store.Write({table, std::move(key), write},
                       {.index_units = mode != CapacityMode::kNone || call.trace != nullptr,
                        .conflict = call.context.transaction_conflict});
  if (!written) {
    note.Failed(static_cast<double>(write.attempted_units()));
    Error error = std::move(written).error();
    // Observed on the service in 2026 by dynoxide.
    error.capital_message = !error.item.empty();
    return Fail(std::move(error));
  }
  WriteOutcome& outcome = *written;
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Items");
  out.BeginArray();
  if (const auto returned = write.Returned(outcome)) WriteItem(ItemView(*returned), out.Slot());
  out.EndArray();
  if (mode != CapacityMode::kNone) {
    Consumed consumed;
    consumed.Add(outcome);
    out.Key("ConsumedCapacity");
    WriteConsumed(out, mode, statement.table, consumed);
  }
  out.EndObject();
  note.Done(std::move(outcome));
  return {};
}

Result<void> Run(Call& call) {
  ValueArena arena;
  DYNAROCK_TRY(const auto parameters, ReadStatementParameters(call.input, arena));
  DYNAROCK_TRY(const expression::Statement statement, ReadStatement(call, call.input, parameters));
  if (statement.kind == expression::Statement::Kind::kExists) {
    return Fail(expression::ExistsOutsideTransaction());
  }
  if (statement.reads()) return AnswerSelect(call, statement);
  return AnswerWrite(call, statement);
}

// A SELECT without WHERE reads the whole table.
bool MayScan(std::string_view body) {
  constexpr std::string_view kWhere = "WHERE";
  return std::search(body.begin(), body.end(), kWhere.begin(), kWhere.end(), [](char a, char b) {
           return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 'a' + 'A') : a) == b;
         }) == body.end();
}

}  // namespace

const Operation kExecuteStatement{
    .name = "ExecuteStatement", .input = &kInput, .run = Run, .takes_long = MayScan};

}  // namespace dynarock::operations
