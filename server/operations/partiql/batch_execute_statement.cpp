// BatchExecuteStatement.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "expression/errors.h"
#include "server/operations/partiql/select.h"
#include "server/operations/partiql/statement_request.h"
#include "server/operations/partiql/statement_write.h"
#include "server/operations/request/capacity.h"
#include "server/operations/request/errors.h"
#include "server/operations/request/members.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/operation_list.h"
#include "storage/item/wire_json.h"

namespace dynarock::operations {

using namespace protocol;  // NOLINT: the vocabulary of shapes

namespace {

constexpr size_t kMaxStatements = 25;

constexpr Member kStatementMembers[] = {
    {"Statement", &kStringShape, kStatementText},
    {"Parameters", &kParameterList, {.min_length = 1}},
    {"ConsistentRead", &kBooleanShape},
    ReturnOnFailureMember(),
};
constexpr Shape kStatement = Structure("BatchStatementRequest", kStatementMembers);
constexpr Shape kStatements = ListOf(kStatement);
constexpr Rule kNotNull = Required();
constexpr Member kMembers[] = {
    {"Statements",
     &kStatements,
     {.required = true, .min_length = 1, .max_length = kMaxStatements, .element = &kNotNull}},
    ReturnConsumedCapacityMember(),
};
constexpr Shape kInput = Structure("BatchExecuteStatementInput", kMembers);

// One statement and what became of it.
struct Entry {
  const JsonValue* input = nullptr;
  ValueArena arena;
  std::optional<expression::Statement> statement;
  std::optional<StatementWrite> write;
  std::optional<expression::NamedItem> named;  // SELECT
  std::shared_ptr<const Table> table;
  RowKey key;
  std::optional<Error> error;
  std::optional<std::string> item;  // to show
  double units = 0;                 // of the table
  std::optional<WriteOutcome> outcome;
  std::optional<WriteNote> note;  // of a write

  void FailWith(Error why) { error = std::move(why); }
};

// A batch says the code of a resource's absence in its own way.
std::string CodeOf(const Error& error) {
  return error.kind == ErrorKind::kResourceNotFound ? "ResourceNotFound" : ReasonOf(error).code;
}

Result<expression::Statement> Read(const Call& call, Entry& entry) {
  DYNAROCK_TRY(const auto parameters, ReadStatementParameters(*entry.input, entry.arena));
  return ReadStatement(call, *entry.input, parameters);
}

Result<void> BindRead(Entry& entry) {
  DYNAROCK_CHECK(expression::CheckKeyTypes(*entry.statement, KeySchema(*entry.table)));
  if (!entry.statement->index) {
    DYNAROCK_TRY(entry.named, expression::FindNamedItem(*entry.statement, KeyNames(*entry.table)));
  }
  if (!entry.named || entry.named->rest) {
    return Fail(
        Validation("Select statements within BatchExecuteStatement must specify the primary key in "
                   "the where clause."));
  }
  DYNAROCK_CHECK(CheckOrderedByKey(*entry.statement, entry.table->key()));
  DYNAROCK_TRY(entry.key, KeyOfKey(*entry.table, ItemView(entry.named->key)));
  return {};
}

Result<void> Bind(const Call& call, Entry& entry) {
  const expression::Statement& statement = *entry.statement;
  if (statement.kind == expression::Statement::Kind::kExists) {
    return Fail(expression::ExistsOutsideTransaction());
  }
  if (!statement.reads()) {
    entry.write.emplace(statement,
                        StringOr(*entry.input, "ReturnValuesOnConditionCheckFailure") == "ALL_OLD");
    DYNAROCK_CHECK(entry.write->CheckSize());
  }
  DYNAROCK_TRY(entry.table, FindStatementTable(call, statement));
  if (statement.reads()) return BindRead(entry);
  DYNAROCK_TRY(entry.key, entry.write->Bind(*entry.table));
  return {};
}

AccessTarget TargetOf(const Entry& entry) {
  return {entry.table, entry.statement->table, *entry.input, /*transactional=*/false,
          /*partiql=*/true};
}

void RunRead(Call& call, Entry& entry) {
  const bool consistent = BoolOr(*entry.input, "ConsistentRead", false);
  Pinned row;
  const bool found = call.store.Get(entry.key, row, call.context.ViewOf(consistent));
  const ItemView item(found ? row.bytes() : std::string_view());
  entry.units = static_cast<double>(ReadUnits(found ? item.size() : 0)) * (consistent ? 1.0 : 0.5);
  NoteGet(call, TargetOf(entry), ItemView(entry.named->key),
          found ? std::optional(item) : std::nullopt, consistent, entry.units);
  if (found) {
    WriteRow(*entry.statement, item, entry.item.emplace());
  }
}

void Write(Call& call, Entry& entry, CapacityMode mode) {
  entry.note.emplace(call, entry.write->access_kind(), TargetOf(entry), entry.write->key_item());
  auto outcome =
      call.store.Write({entry.table, entry.key, *entry.write},
                       {.index_units = mode != CapacityMode::kNone || call.trace != nullptr,
                        .conflict = call.context.transaction_conflict});
  if (!outcome) {
    entry.units = static_cast<double>(entry.write->attempted_units());
    entry.note->Failed(entry.units);
    return entry.FailWith(std::move(outcome).error());
  }
  if (const auto returned = entry.write->Returned(*outcome)) {
    WriteItem(ItemView(*returned), entry.item.emplace());
  }
  entry.outcome = *std::move(outcome);
}

Result<void> CheckKinds(const std::vector<Entry>& entries) {
  const auto is = [](bool reads) {
    return [reads](const Entry& entry) {
      return entry.statement && entry.statement->reads() == reads;
    };
  };
  if (std::any_of(entries.begin(), entries.end(), is(true)) &&
      std::any_of(entries.begin(), entries.end(), is(false))) {
    return Fail(Validation("Read and write requests together in the same batch is not supported."));
  }
  return {};
}

Result<void> CheckKeysDiffer(const std::vector<Entry>& entries) {
  std::vector<std::string_view> keys;
  for (const Entry& entry : entries) {
    if (!entry.error) keys.push_back(entry.key.bytes);
  }
  std::sort(keys.begin(), keys.end());
  if (std::adjacent_find(keys.begin(), keys.end()) == keys.end()) return {};
  return Fail(DuplicateItemKeys());
}

void WriteResponse(JsonWriter& out, const Entry& entry) {
  out.BeginObject();
  if (entry.error) {
    const std::string code = CodeOf(*entry.error);
    out.Key("Error");
    out.BeginObject();
    out.Member("Code", code);
    out.Member("Message", entry.error->message);
    if (!entry.error->item.empty()) {
      out.Key("Item");
      WriteItem(ItemView(entry.error->item), out.Slot());
    }
    out.EndObject();
    const bool names_table = code != "ValidationError" || entry.error->cause == Cause::kKeyUpdated;
    if (entry.statement && names_table) {
      out.Member("TableName", entry.statement->table);
    }
  } else {
    if (entry.item) {
      out.Key("Item");
      out.Raw(*entry.item);
    }
    out.Member("TableName", entry.statement->table);
  }
  out.EndObject();
}

// One entry per table of which a statement succeeded. A failed write adds to the total, to no arm.
void WriteCapacity(JsonWriter& out, const std::vector<Entry>& entries, CapacityMode mode) {
  if (std::ranges::none_of(entries, [](const Entry& entry) { return !entry.error; })) return;
  out.Key("ConsumedCapacity");
  out.BeginArray();
  std::vector<std::string_view> seen;
  for (const Entry& first : entries) {
    if (first.error || std::find(seen.begin(), seen.end(), first.statement->table) != seen.end()) {
      continue;
    }
    const std::string_view table = seen.emplace_back(first.statement->table);
    Consumed consumed;
    for (const Entry& entry : entries) {
      if (!entry.statement || entry.statement->table != table) continue;
      if (entry.error) {
        consumed.failed += entry.units;
      } else if (entry.outcome) {
        consumed.Add(*entry.outcome);
      } else {
        consumed.table += entry.units;
      }
    }
    WriteConsumed(out, mode, table, consumed);
  }
  out.EndArray();
}

Result<void> Run(Call& call) {
  const JsonValue& statements = *FindMember(call.input, "Statements");
  std::vector<Entry> entries(statements.Size());
  for (size_t i = 0; i < entries.size(); ++i) {
    entries[i].input = &statements[i];
    auto statement = Read(call, entries[i]);
    if (statement) {
      entries[i].statement = *std::move(statement);
    } else {
      entries[i].FailWith(std::move(statement).error());
    }
  }
  DYNAROCK_CHECK(CheckKinds(entries));
  for (Entry& entry : entries) {
    if (entry.error) continue;
    if (auto bound = Bind(call, entry); !bound) entry.FailWith(std::move(bound).error());
  }
  DYNAROCK_CHECK(CheckKeysDiffer(entries));
  const CapacityMode mode = ReadCapacityMode(call.input);
  for (Entry& entry : entries) {
    if (entry.error) continue;
    if (entry.write) {
      Write(call, entry, mode);
    } else {
      RunRead(call, entry);
    }
  }
  JsonWriter& out = call.out;
  out.BeginObject();
  out.Key("Responses");
  out.BeginArray();
  for (const Entry& entry : entries) WriteResponse(out, entry);
  out.EndArray();
  if (mode != CapacityMode::kNone) WriteCapacity(out, entries, mode);
  out.EndObject();
  for (Entry& entry : entries) {
    if (entry.outcome) entry.note->Done(*std::move(entry.outcome));
  }
  return {};
}

}  // namespace

const Operation kBatchExecuteStatement{
    .name = "BatchExecuteStatement", .input = &kInput, .run = Run};

}  // namespace dynarock::operations
