#include "server/operations/transactions/transaction.h"

#include <algorithm>
#include <utility>

#include "server/operations/request/errors.h"
#include "storage/item/size.h"

namespace dynarock::operations {

namespace {

constexpr int kFactor = 2;  // a transaction prepares each item, then commits or reads it

// An empty key value is told as an error of the whole request; in the newer layer the size of an
// update is, too (observed on the service).
bool ConcernsRequest(const Error& error, Layer layer) {
  return error.cause == Cause::kEmptyKey || error.cause == Cause::kEmptyIndexKey ||
         (layer == Layer::kNewer && error.cause == Cause::kItemToUpdateTooLarge);
}

bool SameTable(const TransactionAction& a, const TransactionAction& b) {
  return a.table->storage_id() == b.table->storage_id();
}

// Calls `visit` with the first action of each table, in order.
template <class Visit>
void ForEachTable(std::span<const TransactionAction> actions, Visit visit) {
  for (size_t i = 0; i < actions.size(); ++i) {
    const auto before = actions.first(i);
    if (std::none_of(before.begin(), before.end(), [&](const TransactionAction& other) {
          return SameTable(other, actions[i]);
        })) {
      visit(actions[i]);
    }
  }
}

// One entry of ConsumedCapacity per table. `add` adds the i-th action's part.
template <class Add>
void WriteCapacity(JsonWriter& out, CapacityMode mode, std::span<const TransactionAction> actions,
                   std::string_view twin, Add add) {
  ForEachTable(actions, [&](const TransactionAction& first) {
    Consumed consumed;
    for (size_t i = 0; i < actions.size(); ++i) {
      if (SameTable(first, actions[i])) add(consumed, i);
    }
    WriteConsumed(out, mode, first.table_name, consumed, twin);
  });
}

Error Canceled(std::vector<CancellationReason> reasons) {
  Error error = TransactionCanceled(std::move(reasons));
  for (size_t i = 0; i < error.reasons.size() && error.hint.empty(); ++i) {
    const CancellationReason& reason = error.reasons[i];
    if (reason.code == "None") continue;
    error.hint = "action " + std::to_string(i) + " (from 0): ";
    if (reason.code == "TransactionConflict") {
      error.hint +=
          "another transaction holds the item at this moment; SDKs do not repeat a cancelled "
          "transaction: send it again after a short random wait";
    } else {
      error.hint += reason.message;
      if (reason.code == "ConditionalCheckFailed" && reason.item.empty()) {
        error.hint += "; ReturnValuesOnConditionCheckFailure=ALL_OLD shows the stored item";
      }
    }
  }
  return error;
}

// What a repetition is charged: the larger of both images, read transactionally.
int64_t ReplayUnitsOf(const WriteOutcome& outcome) {
  uint64_t bytes = 0;
  if (const auto old = outcome.old_item()) bytes = old->size();
  if (const auto item = outcome.item()) bytes = std::max<uint64_t>(bytes, item->size());
  return ReadUnits(bytes) * kFactor;
}

}  // namespace

Result<void> CheckBound(std::span<const TransactionAction> actions) {
  for (size_t i = 0; i < actions.size(); ++i) {
    if (!actions[i].failure) continue;
    const Error& failure = *actions[i].failure;
    if (ConcernsRequest(failure, Layer::kOlder)) return Fail(failure);
    std::vector<CancellationReason> reasons(actions.size());
    reasons[i] = ReasonOf(failure);
    if (failure.kind == ErrorKind::kResourceNotFound) reasons[i].code = "ResourceNotFound";
    return Fail(Canceled(std::move(reasons)));
  }
  return {};
}

Result<void> CheckItemsDiffer(std::span<const TransactionAction> actions) {
  std::vector<std::string_view> keys;
  keys.reserve(actions.size());
  for (const TransactionAction& action : actions) {
    if (!action.failure) keys.push_back(action.key.bytes);
  }
  std::sort(keys.begin(), keys.end());
  if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) {
    return Fail(ItemTwiceInTransaction());
  }
  return {};
}

namespace {

// The cancellation, or the error that takes its place. `failures`: parallel to the actions.
Error Failed(std::vector<std::optional<Error>> failures, Layer layer) {
  std::vector<CancellationReason> reasons;
  reasons.reserve(failures.size());
  for (std::optional<Error>& failure : failures) {
    if (failure && ConcernsRequest(*failure, layer)) return *std::move(failure);
    reasons.push_back(failure ? ReasonOf(*std::move(failure)) : CancellationReason());
  }
  return Canceled(std::move(reasons));
}

std::vector<ReplayUnits> UnitsOf(std::span<const TransactionAction> actions,
                                 std::span<const WriteOutcome> outcomes) {
  std::vector<ReplayUnits> all;
  ForEachTable(actions, [&](const TransactionAction& first) {
    ReplayUnits& units = all.emplace_back(ReplayUnits{std::string(first.table_name), 0});
    for (size_t i = 0; i < actions.size(); ++i) {
      if (SameTable(first, actions[i])) units.units += ReplayUnitsOf(outcomes[i]);
    }
  });
  return all;
}

}  // namespace

Result<TransactionWritten> RunWrites(Call& call, std::span<TransactionAction> actions,
                                     WriteOptions options, const TransactionToken* token) {
  DYNAROCK_CHECK(CheckBound(actions));
  std::vector<WriteAction> writes;
  writes.reserve(actions.size());
  for (TransactionAction& action : actions) {
    writes.push_back({action.table, std::move(action.key), action.decide});
  }

  const std::string name_space = token == nullptr ? std::string() : NameSpace(call);
  TokenUse use;
  if (token != nullptr) {
    use = {.name_space = name_space,
           .operation = token->operation,
           .token = token->token,
           .fingerprint = token->fingerprint};
  }
  // Called only when nothing failed, so that outcomes and actions are parallel.
  const auto receipt = [&](std::span<const WriteOutcome> outcomes) {
    return EncodeReceipt(UnitsOf(actions, outcomes));
  };
  options.conflict = call.context.transaction_conflict;
  options.hold_ms = call.context.transaction_hold_ms;
  DYNAROCK_TRY(TransactionOutcome done,
               call.store.Transact(writes, options, token == nullptr ? nullptr : &use, receipt));
  call.delay = std::chrono::milliseconds(done.hold_ms);

  TransactionWritten written;
  if (done.receipt) {
    written.replay = DecodeReceipt(*done.receipt);
    return written;
  }
  if (done.committed) {
    written.outcomes = std::move(done.outcomes);
    return written;
  }
  return Fail(Failed(std::move(done.failures), call.context.layer));
}

Result<std::vector<std::optional<Pinned>>> RunReads(Call& call,
                                                    std::span<const TransactionAction> actions) {
  const Store& store = call.store;
  std::vector<CancellationReason> reasons(actions.size());
  bool failed = false;
  for (size_t i = 0; i < actions.size(); ++i) {
    if (actions[i].failure) {
      reasons[i] = ReasonOf(*actions[i].failure);
    } else if ((i == 0 && call.context.transaction_conflict) ||
               store.InTransaction(actions[i].key)) {
      reasons[i] = ReasonOf(TransactionConflict());
    } else {
      continue;
    }
    failed = true;
  }
  if (failed) return Fail(Canceled(std::move(reasons)));

  // A transaction commits as one batch, so one snapshot shows all or nothing of it.
  const View view = store.Snapshot();
  std::vector<std::optional<Pinned>> rows(actions.size());
  uint64_t total_bytes = 0;
  for (size_t i = 0; i < actions.size(); ++i) {
    Pinned row;
    if (!store.Get(actions[i].key, row, view)) continue;
    total_bytes += ItemView(row.bytes()).size();
    if (total_bytes > kMaxTransactionBytes) return Fail(TransactionTooLarge());
    rows[i] = std::move(row);
  }
  return rows;
}

void WriteTransactionCapacity(JsonWriter& out, CapacityMode mode,
                              std::span<const TransactionAction> actions,
                              const TransactionWritten& written, bool with_indexes) {
  if (mode == CapacityMode::kNone) return;
  out.Key("ConsumedCapacity");
  out.BeginArray();
  if (written.replay) {
    for (const ReplayUnits& units : *written.replay) {
      Consumed consumed;
      consumed.table = static_cast<double>(units.units);
      WriteConsumed(out, mode, units.table_name, consumed, "ReadCapacityUnits");
    }
  } else {
    WriteCapacity(out, mode, actions, "WriteCapacityUnits", [&](Consumed& consumed, size_t i) {
      consumed.Add(written.outcomes[i], kFactor);
      if (!with_indexes) consumed.indexes.clear();
    });
  }
  out.EndArray();
}

void WriteTransactionCapacity(JsonWriter& out, CapacityMode mode,
                              std::span<const TransactionAction> actions,
                              std::span<const std::optional<Pinned>> rows) {
  if (mode == CapacityMode::kNone) return;
  out.Key("ConsumedCapacity");
  out.BeginArray();
  WriteCapacity(out, mode, actions, "ReadCapacityUnits", [&](Consumed& consumed, size_t i) {
    const uint64_t bytes = rows[i] ? ItemView(rows[i]->bytes()).size() : 0;
    consumed.table += static_cast<double>(ReadUnits(bytes) * kFactor);
  });
  out.EndArray();
}

void WriteTransactionMetrics(JsonWriter& out, std::span<const TransactionAction> actions,
                             const TransactionWritten& written) {
  std::vector<TouchedCollection> touched;
  for (size_t i = 0; i < written.outcomes.size(); ++i) {
    const WriteOutcome& outcome = written.outcomes[i];
    if (!outcome.collection_bytes) continue;
    const auto item = outcome.item();
    touched.push_back({.table_name = actions[i].table_name,
                       .table = actions[i].table.get(),
                       .key = item ? *item : actions[i].key_item,
                       .bytes = *outcome.collection_bytes});
  }
  if (touched.empty()) return;
  out.Key("ItemCollectionMetrics");
  WriteCollections(out, touched);
}

void NoteTransactGet(Call& call, const AccessTarget& target, ItemView key,
                     const std::optional<Pinned>& row) {
  if (call.trace == nullptr) return;
  const auto item = row ? std::optional(ItemView(row->bytes())) : std::nullopt;
  NoteGet(call, target, key, item, /*consistent=*/true,
          static_cast<double>(ReadUnits(item ? item->size() : 0) * kFactor));
}

void NoteTransactWrites(std::span<WriteNote> notes, TransactionWritten& written) {
  for (size_t i = 0; i < written.outcomes.size(); ++i) {
    notes[i].Done(std::move(written.outcomes[i]), kFactor);
  }
}

void NoteTransactFailure(std::span<WriteNote> notes) {
  // What the service charges for a cancelled transaction depends on the items; 2 units each is the
  // least.
  for (WriteNote& note : notes) note.Failed(kFactor);
}

// receipt := (length u32 | table name | units u64) per table, little-endian
std::string EncodeReceipt(std::span<const ReplayUnits> units) {
  std::string receipt;
  for (const ReplayUnits& table : units) {
    const auto length = static_cast<uint32_t>(table.table_name.size());
    receipt.append(reinterpret_cast<const char*>(&length), sizeof length);
    receipt += table.table_name;
    receipt.append(reinterpret_cast<const char*>(&table.units), sizeof table.units);
  }
  return receipt;
}

std::vector<ReplayUnits> DecodeReceipt(std::string_view receipt) {
  std::vector<ReplayUnits> units;
  while (receipt.size() >= sizeof(uint32_t)) {
    const uint32_t length = encoded::LoadU32(receipt.data());
    receipt.remove_prefix(sizeof length);
    if (receipt.size() < length + sizeof(int64_t)) break;
    ReplayUnits& table = units.emplace_back();
    table.table_name = receipt.substr(0, length);
    std::memcpy(&table.units, receipt.data() + length, sizeof table.units);
    receipt.remove_prefix(length + sizeof table.units);
  }
  return units;
}

}  // namespace dynarock::operations
