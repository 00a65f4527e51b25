// Running prepared actions as one transaction, for every front end that has transactions:
// TransactWriteItems, TransactGetItems, ExecuteTransaction. Sources: Developer Guide, "Amazon
// DynamoDB Transactions: How it works"; texts, their order and the capacity as observed on the
// service.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/operations/request/capacity.h"
#include "server/operations/request/notes.h"
#include "server/operations/request/table_lookup.h"
#include "storage/item/error.h"
#include "storage/item/result.h"
#include "storage/table/row_key.h"
#include "storage/table/write.h"

namespace dynarock::operations {

inline constexpr size_t kMaxTransactionActions = 100;
inline constexpr uint64_t kMaxTransactionBytes = 4u << 20;  // what is sent, or the items read

// One item that a transaction writes, checks or reads. Views and references must outlive the run.
struct TransactionAction {
  std::string_view table_name;  // as the request has it: ConsumedCapacity shows it
  std::shared_ptr<const Table> table;
  RowKey key;                    // when `failure` is empty
  std::optional<Error> failure;  // found before running: becomes this action's reason
  // Writes: judges and changes the item. A check (ConditionCheck, EXISTS) returns Change::Keep().
  Decide decide = {};
  // Writes: an item with the table's key attributes, which ItemCollectionMetrics show. Needed only
  // for actions that may leave no item: deletes, checks and updates. Puts leave it empty.
  ItemView key_item = {};

  // Takes the key, or what is wrong with it.
  void SetKey(Result<RowKey> found) {
    if (found) {
      key = *std::move(found);
    } else {
      failure = std::move(found).error();
    }
  }
};

// "Transaction request cannot include multiple operations on one item" (Validation) when two
// actions without a failure have the same key. Numbers are compared by value.
Result<void> CheckItemsDiffer(std::span<const TransactionAction> actions);

// Actions that cannot run cancel the transaction before any condition is looked at: the first one
// alone is told, all others are None. An empty key value is an error of the whole request.
Result<void> CheckBound(std::span<const TransactionAction> actions);

// What the request's ClientRequestToken stands for.
struct TransactionToken {
  std::string_view operation;  // its own tokens: "TransactWriteItems", "ExecuteTransaction"
  std::string_view token;
  std::string fingerprint;  // Fingerprint() of what makes the request (fingerprint.h)
};

// Units a replay shows for one table.
struct ReplayUnits {
  std::string table_name;
  int64_t units = 0;
};

// What a write transaction that succeeded came to.
struct TransactionWritten {
  // Parallel to the actions; empty when the request was a repetition and nothing was done.
  std::vector<WriteOutcome> outcomes;
  std::optional<std::vector<ReplayUnits>> replay;
};

// Runs the actions as one transaction, all or nothing, and sets call.delay while the server holds
// items on purpose. `token`: nullptr when the request has none. The items must differ
// (CheckItemsDiffer). Errors:
//  - those of CheckBound;
//  - TransactionCanceled, one reason per action in order;
//  - an empty key value of a table or index, which the service reports as the whole request's
//    Validation error;
//  - TransactionInProgress, IdempotentParameterMismatch; ResourceNotFound when a table is dropped
//    meanwhile.
Result<TransactionWritten> RunWrites(Call& call, std::span<TransactionAction> actions,
                                     WriteOptions options, const TransactionToken* token);

// Reads the items of one moment. Returns, parallel to the actions, the rows; empty where there is
// no item. Errors: TransactionCanceled, with the actions' failures and, for an item that a running
// transaction holds, TransactionConflict; Validation when the items pass 4 MB together.
Result<std::vector<std::optional<Pinned>>> RunReads(Call& call,
                                                    std::span<const TransactionAction> actions);

// The member ConsumedCapacity of an answer, one entry per table; nothing for kNone. Tables are
// charged twice, indexes once; a replay is charged as reads. `with_indexes`: those are told as
// well.
void WriteTransactionCapacity(JsonWriter& out, CapacityMode mode,
                              std::span<const TransactionAction> actions,
                              const TransactionWritten& written, bool with_indexes);
void WriteTransactionCapacity(JsonWriter& out, CapacityMode mode,
                              std::span<const TransactionAction> actions,
                              std::span<const std::optional<Pinned>> rows);

// The member ItemCollectionMetrics, where the outcomes have any.
void WriteTransactionMetrics(JsonWriter& out, std::span<const TransactionAction> actions,
                             const TransactionWritten& written);

// Notes one item that RunReads read.
void NoteTransactGet(Call& call, const AccessTarget& target, ItemView key,
                     const std::optional<Pinned>& row);
// Notes what became of the actions of a transaction. `notes`: parallel to the outcomes. A
// repetition has none: nothing was done.
void NoteTransactWrites(std::span<WriteNote> notes, TransactionWritten& written);
// Notes that a transaction was cancelled.
void NoteTransactFailure(std::span<WriteNote> notes);

// The receipt that is stored with a token: what a repetition's answer needs.
std::string EncodeReceipt(std::span<const ReplayUnits> units);
std::vector<ReplayUnits> DecodeReceipt(std::string_view receipt);

}  // namespace dynarock::operations
