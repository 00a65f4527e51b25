// Tables and their items: the engine, the catalog and the background work behind one door. Thread
// safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog/catalog.h"
#include "storage/clock/clock.h"
#include "storage/engine/engine.h"
#include "storage/engine/memory_gauge.h"
#include "storage/stream/stream.h"
#include "storage/table/cursor.h"
#include "storage/table/index_entry.h"
#include "storage/table/position.h"
#include "storage/table/row_key.h"
#include "storage/table/write.h"

namespace dynarock {

struct StoreOptions {
  EngineOptions engine;
  // How long CREATING, UPDATING and DELETING last at least. 0: a change is final when anybody
  // looks.
  int64_t transient_ms = 0;
  // The same for the states of a global index that UpdateTable creates (after the table's own
  // UPDATING), changes or deletes; none: as long as transient_ms.
  std::optional<int64_t> transient_index_ms;
  // How often expired items are looked for; TTL and shards are tended by one thread.
  int64_t ttl_interval_ms = 5000;
  StreamOptions streams;
  const Clock* clock = &Clock::System();  // must outlive the Store
  // Refuses writes that make data grow when memory is short. Null: no limit. Must outlive the
  // Store.
  MemoryGauge* memory = nullptr;
};

class Store {
 public:
  // The error is one line for a person (Engine::Open), or says what of the catalog is damaged.
  static std::expected<std::unique_ptr<Store>, std::string> Open(const StoreOptions& options);
  // Stops without flushing when Close was not called.
  ~Store();
  // Stops background work, flushes, and leaves the directory ready for a quick start. No call may
  // follow.
  void Close();

  // Null: there is no limit.
  const MemoryGauge* memory() const { return memory_; }
  const Clock& clock() const { return clock_; }
  int64_t now_ms() const { return clock_.now_ms(); }

  // ---- Tables. `name_space` is "" or whatever isolates its tables from others.

  // Null when there is none. Ask Table::UsableAt before items are touched.
  std::shared_ptr<const Table> Find(std::string_view name_space, std::string_view name) const {
    return catalog_.Find(name_space, name);
  }
  // At most `limit` tables whose names follow `after`, by name bytes.
  std::vector<std::shared_ptr<const Table>> List(std::string_view name_space,
                                                 std::string_view after, size_t limit) const {
    return catalog_.List(name_space, after, limit);
  }

  // Tables of all namespaces.
  std::vector<std::shared_ptr<const Table>> All() const { return catalog_.All(); }

  // Makes a table with all its settings, TTL and recovery among them, in one step. Error:
  // ResourceInUse "Table already exists: {name}".
  Result<std::shared_ptr<const Table>> CreateTable(std::string_view name_space,
                                                   TableDescription description);

  // Changes a table. `edit` gets the description as of now (DescriptionAt) and may
  //  - change any setting, and the attribute definitions;
  //  - append a global index with id 0: it becomes CREATING and is backfilled;
  //  - set a global index's status to kDeleting: its data is freed;
  //  - turn TTL and streams on and off (the ids and labels are given here);
  //  - set the status of the table, with `changing`, or of a global index to kUpdating: it is ACTIVE
  //    again after the transient time.
  // What it fails with is returned and nothing changes; whether a table in transit may change is
  // its decision too. Error of its own: ResourceNotFound "Requested resource not found: Table:
  // {name} not found".
  using Edit = FunctionRef<Result<void>(TableDescription& description)>;
  Result<Catalog::Replaced> UpdateTable(std::string_view name_space, std::string_view name,
                                        Edit edit);
  // How long states last that are no table's or index's status.
  int64_t transient_ms() const { return transient_ms_; }

  // Takes a table away; its data is freed in the background. Returns the table as it was. Errors:
  // as UpdateTable; ResourceInUse "Attempt to change a resource which is still in use: ..." while
  // the table, its stream, an index or its tags are in transit; Validation when deletion protection
  // is on.
  Result<std::shared_ptr<const Table>> DropTable(std::string_view name_space,
                                                 std::string_view name);

  // Waits until no backfill or count of this table is under way; false when `timeout` passes first.
  bool WaitForBackground(const Table& table, std::chrono::milliseconds timeout);
  // The same for everything, freeing of dropped data included.
  bool WaitForBackground(std::chrono::milliseconds timeout);

  // ---- Items.

  // The one write path: decides under the items' latches, derives all index changes, commits
  // everything as one batch. All or nothing: the first failing decide (in order) fails the call.
  // Keys must differ from each other. Error: what a decide returned; TransactionConflict when a
  // transaction holds an item; ResourceNotFound "Requested resource not found" when a table was
  // dropped meanwhile; ItemCollectionSizeLimit when memory is short and an item would grow.
  Result<std::vector<WriteOutcome>> Write(std::span<const WriteAction> actions,
                                          WriteOptions wants = {});
  Result<WriteOutcome> Write(const WriteAction& action, WriteOptions wants = {});

  // TransactWriteItems: like Write, but every action is decided, failures are collected, and other
  // transactions and writes that meet its items meanwhile are told of the conflict. Changes nothing
  // when any action fails. With a token: the same request is done once within 10 minutes after its
  // end; `receipt` makes, from the outcomes, what a repetition is given, and it commits with the
  // items. Errors: TransactionInProgress; IdempotentParameterMismatch; ResourceNotFound as Write.
  using Receipt = FunctionRef<std::string(std::span<const WriteOutcome> outcomes)>;
  Result<TransactionOutcome> Transact(std::span<const WriteAction> actions, WriteOptions options,
                                      const TokenUse* token, Receipt receipt);
  // Whether a running transaction holds the item: what a transactional read must not meet.
  bool InTransaction(const RowKey& key) const;

  const Streams& streams() const { return streams_; }

  // What the passing of time asks for, which a thread does in the background: deletes expired items
  // (they stay readable until then, as on the service); rolls shards over and trims streams;
  // forgets old tokens.
  void DeleteExpired();
  void TendStreams();
  void TrimTokens();

  // False when there is no such item. `item.bytes()` is an ItemView's bytes, without a copy.
  bool Get(const RowKey& key, Pinned& item, const View& view = {}) const;
  // The state now, for several reads that must agree.
  View Snapshot() const;
  Cursor Read(const ReadPlan& plan) const { return Cursor(*engine_, plan); }

 private:
  struct Parts;
  Store(const StoreOptions& options, std::unique_ptr<Engine> engine);
  Result<void> Write(std::span<const WriteAction> actions, WriteOptions options,
                     std::span<WriteOutcome> outcomes);
  // Gives a description whose stream was just enabled its stream.
  void AddStream(std::string_view name_space, TableDescription& table, Batch& more);
  void AddTtlEntries(StorageId storage);
  // Whether memory is there for what becomes of an item.
  Result<void> CheckMemory(const Change& change, const WriteOutcome& before);
  Error MemoryIsShort() const;
  uint64_t CollectionSize(const Table& table, const RowKey& key) const;

  const Clock& clock_;
  const int64_t transient_ms_;
  const int64_t transient_index_ms_;
  MemoryGauge* const memory_;
  std::unique_ptr<Engine> engine_;
  Catalog catalog_;
  Streams streams_;
  std::unique_ptr<Parts> parts_;  // latches, transactions in flight and background work
};

}  // namespace dynarock
