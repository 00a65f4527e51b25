// ExecuteTransaction.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExecuteTransaction.html
#include <algorithm>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "server/operations/partiql/select.h"
#include "server/operations/partiql/statement_request.h"
#include "server/operations/partiql/statement_write.h"
#include "server/operations/request/members.h"
#include "server/operations/request/operation_list.h"
#include "server/operations/transactions/fingerprint.h"
#include "server/operations/transactions/transaction.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr Member kStatementMembers[] = {
    {"Statement", &kStringShape, kStatementText},
    {"Parameters", &kParameterList, {.min_length = 1}},
    ReturnOnFailureMember(),
};
constexpr Shape kStatement = Structure("ParameterizedStatement", kStatementMembers);
constexpr Shape kStatements = ListOf(kStatement);
constexpr Rule kNotNull = Required();
constexpr Member kMembers[] = {
    {"TransactStatements",
     &kStatements,
     {.required = true,
      .min_length = 1,
      .max_length = kMaxTransactionActions,
      .element = &kNotNull}},
    {"ClientRequestToken", &kStringShape, {.min_length = 1, .max_length = 36}},
    ReturnConsumedCapacityMember(),
};
constexpr Shape kInput = Structure("ExecuteTransactionInput", kMembers);

using Statements = std::vector<expression::Statement>;

Error FailedValidation(size_t statement, Error why) {
  return Wrapped("Validation failed in TransactStatements[" + std::to_string(statement) + "]: ",
                 std::move(why));
}

Result<void> CheckStatement(const expression::Statement& statement) {
  if (statement.returning != expression::Returning::kNone) {
    return Fail(Validation("RETURNING clause is not supported in ExecuteTransaction."));
  }
  if (statement.index) {
    return Fail(Validation("Reads on indices are not supported within transactions."));
  }
  return {};
}

// All parameters, then all statements: what is wrong with a value is told without its statement.
Result<Statements> ReadStatements(Call& call, ValueArena& arena) {
  const JsonValue& elements = *FindMember(call.input, "TransactStatements");
  std::vector<std::vector<ValueView>> parameters;
  for (const JsonValue& element : elements.GetArray()) {
    DYNAROCK_TRY(auto values, ReadStatementParameters(element, arena));
    parameters.push_back(std::move(values));
  }
  Statements statements;
  for (size_t i = 0; i < parameters.size(); ++i) {
    auto statement = ReadStatement(call, elements[i], parameters[i]);
    if (!statement) return Fail(FailedValidation(i, std::move(statement).error()));
    if (auto good = CheckStatement(*statement); !good) {
      return Fail(FailedValidation(i, std::move(good).error()));
    }
    statements.push_back(*std::move(statement));
  }
  return statements;
}

Result<void> CheckKinds(const Statements& statements) {
  const auto reads = [](const expression::Statement& statement) { return statement.reads(); };
  const auto count = std::count_if(statements.begin(), statements.end(), reads);
  if (count != 0 && count != static_cast<std::ptrdiff_t>(statements.size())) {
    return Fail(
        Validation("ExecuteTransaction API does not support both read and write operations in the "
                   "same request."));
  }
  return {};
}

Result<void> AnswerReads(Call& call, const Statements& statements,
                         std::vector<TransactionAction>& actions) {
  std::vector<expression::NamedItem> named;
  for (size_t i = 0; i < statements.size(); ++i) {
    auto found = expression::FindNamedItem(statements[i], KeyNames(*actions[i].table));
    if (!found) return Fail(FailedValidation(i, std::move(found).error()));
    if (!*found || (*found)->rest) {
      return Fail(FailedValidation(
          i, Validation("Select statements within ExecuteTransaction must specify the primary key "
                        "in the where clause.")));
    }
    if (auto ordered = CheckOrderedByKey(statements[i], actions[i].table->key()); !ordered) {
      return Fail(FailedValidation(i, std::move(ordered).error()));
    }
    actions[i].SetKey(KeyOfKey(*actions[i].table, ItemView((*found)->key)));
    named.push_back(**std::move(found));
  }
  DYNAROCK_CHECK(CheckItemsDiffer(actions));
  DYNAROCK_CHECK(CheckBound(actions));
  DYNAROCK_TRY(const auto rows, RunReads(call, actions));
  const JsonValue& elements = *FindMember(call.input, "TransactStatements");
  for (size_t i = 0; i < statements.size(); ++i) {
    NoteTransactGet(call,
                    {actions[i].table, statements[i].table, elements[i],
                     /*transactional=*/true, /*partiql=*/true},
                    ItemView(named[i].key), rows[i]);
  }
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Responses");
  out.BeginArray();
  for (size_t i = 0; i < statements.size(); ++i) {
    out.BeginObject();
    if (rows[i]) {
      out.Key("Item");
      WriteRow(statements[i], ItemView(rows[i]->bytes()), out.Slot());
    }
    out.EndObject();
  }
  out.EndArray();
  WriteTransactionCapacity(out, ReadCapacityMode(call.input), actions, rows);
  out.EndObject();
  return {};
}

Result<void> AnswerWrites(Call& call, const Statements& statements,
                          std::vector<TransactionAction>& actions) {
  const JsonValue& elements = *FindMember(call.input, "TransactStatements");
  std::deque<StatementWrite> writes;  // the actions refer to its elements
  for (size_t i = 0; i < statements.size(); ++i) {
    const JsonValue& element = elements[i];
    StatementWrite& write = writes.emplace_back(
        statements[i], StringOr(element, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD",
        StatementWrite::Within::kTransaction);
    actions[i].SetKey(write.Bind(*actions[i].table));
    if (statements[i].kind == expression::Statement::Kind::kExists && !write.has_condition()) {
      return Fail(FailedValidation(
          i, Validation("EXISTS() must contain a single item read with additional condition")));
    }
    actions[i].decide = write;
    if (!actions[i].failure) actions[i].key_item = write.key_item();
  }
  DYNAROCK_CHECK(CheckItemsDiffer(actions));
  DYNAROCK_CHECK(CheckBound(actions));
  std::optional<TransactionToken> token;
  if (const JsonValue* text = FindMember(call.input, "ClientRequestToken")) {
    token = TransactionToken{.operation = "ExecuteTransaction",
                             .token = Text(*text),
                             .fingerprint = Fingerprint(elements)};
  }
  std::vector<WriteNote> notes;
  for (size_t i = 0; i < statements.size(); ++i) {
    notes.emplace_back(call, writes[i].access_kind(),
                       AccessTarget{actions[i].table, statements[i].table, elements[i],
                                    /*transactional=*/true, /*partiql=*/true},
                       writes[i].key_item());
  }
  // Indexes are not in what this operation reports, but observers count them.
  WriteOptions options;
  options.index_units = call.trace != nullptr;
  auto run = RunWrites(call, actions, options, token ? &*token : nullptr);
  if (!run) {
    NoteTransactFailure(notes);
    return Fail(std::move(run).error());
  }
  TransactionWritten& written = *run;
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Responses");
  out.BeginArray();
  out.EndArray();
  WriteTransactionCapacity(out, ReadCapacityMode(call.input), actions, written,
                           /*with_indexes=*/false);
  out.EndObject();
  NoteTransactWrites(notes, written);
  return {};
}

Result<void> Run(Call& call) {
  ValueArena arena;
  DYNAROCK_TRY(const Statements statements, ReadStatements(call, arena));
  DYNAROCK_CHECK(CheckKinds(statements));
  for (const expression::Statement& statement : statements) {
    DYNAROCK_CHECK(StatementWrite(statement, false).CheckSize());
  }
  std::vector<TransactionAction> actions(statements.size());
  for (size_t i = 0; i < statements.size(); ++i) {
    actions[i].table_name = statements[i].table;
    auto table = FindStatementTable(call, statements[i]);
    if (table) {
      actions[i].table = *std::move(table);
    } else {
      actions[i].failure = std::move(table).error();
    }
  }
  DYNAROCK_CHECK(CheckBound(actions));
  if (statements.front().reads()) return AnswerReads(call, statements, actions);
  return AnswerWrites(call, statements, actions);
}

}  // namespace

const Operation kExecuteTransaction{.name = "ExecuteTransaction", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
