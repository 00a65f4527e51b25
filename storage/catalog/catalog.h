// Which tables there are. Maps (namespace, table name) to the table's published version, and keeps
// it in the engine.
//
// Finding a table takes no lock: each thread holds the list it saw last and looks at one counter to
// know whether it is still the newest. Changes are serialised; a change is on disk before anybody
// sees it.
#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "storage/catalog/table.h"
#include "storage/clock/clock.h"
#include "storage/engine/engine.h"
#include "storage/item/function_ref.h"
#include "storage/item/result.h"

namespace dynarock {

class Catalog {
 public:
  // Both must outlive the catalog. All functions but Load are thread safe.
  Catalog(Engine& engine, const Clock& clock);
  ~Catalog();
  Catalog(const Catalog&) = delete;
  Catalog& operator=(const Catalog&) = delete;

  // Reads the records. The error is one line for a person: a description is damaged.
  std::expected<void, std::string> Load();

  // Null when there is none, or it has been deleted.
  std::shared_ptr<const Table> Find(std::string_view name_space, std::string_view name) const;
  std::shared_ptr<const Table> Find(StorageId id) const;

  // At most `limit` tables of the namespace whose names follow `after` ("": from the first), by
  // name bytes.
  std::vector<std::shared_ptr<const Table>> List(std::string_view name_space,
                                                 std::string_view after, size_t limit) const;
  std::vector<std::shared_ptr<const Table>> All() const;

  // Adds a table; gives it its storage id, table id, creation time and index ids.
  // Error: ResourceInUse "Table already exists: {name}", and of one that is CREATING "Attempt to
  // change a resource which is still in use: Table is being created: {name}".
  // `prepare` gets the description with its ids, may change it and add records that commit with it.
  using Edit = FunctionRef<Result<void>(TableDescription& description, Batch& more)>;
  Result<std::shared_ptr<const Table>> Create(std::string_view name_space,
                                              TableDescription description, Edit prepare);
  Result<std::shared_ptr<const Table>> Create(std::string_view name_space,
                                              TableDescription description);
  // A storage id for what outlives its table (a stream). Only inside an Edit, with its batch.
  StorageId NewStorageId(Batch& more);

  // Publishes a changed description. `edit` gets the current one and may fail; `more` may add
  // records that commit with it. On return no writer follows an older version. Error:
  // ResourceNotFound, long form; what `edit` returned.
  struct Replaced {
    std::shared_ptr<const Table> before;
    std::shared_ptr<const Table> after;
  };
  Result<Replaced> Replace(std::string_view name_space, std::string_view name, Edit edit);
  // By storage id, for background work; ResourceNotFound when the table is gone.
  Result<Replaced> Replace(StorageId id, Edit edit);

  // Takes the table away at once. On return no writer is inside. Its data is left to the kDropped
  // record that commits with it. False when it is gone already.
  bool Drop(StorageId id);

  // Writes the counters and the mark that they are true: the last thing before a clean close.
  void SaveCounters();
  // True when Load found that mark.
  bool counters_loaded() const { return counters_loaded_; }

 private:
  using Tables = std::vector<std::shared_ptr<const Table>>;  // by (namespace, name)

  const Tables& Current() const;
  Result<Replaced> ReplaceLocked(std::shared_ptr<const Table> before, Edit edit);
  void Publish(std::shared_ptr<const Tables> tables);

  Engine& engine_;
  const Clock& clock_;
  const uint64_t instance_;       // tells catalogs apart in each thread's memory
  std::mutex changes_;            // serialises changes
  mutable std::mutex published_;  // guards tables_
  std::shared_ptr<const Tables> tables_;
  std::atomic<uint64_t> version_{1};  // counts publications
  StorageId next_storage_id_ = 1;
  bool counters_loaded_ = false;
};

}  // namespace dynarock
