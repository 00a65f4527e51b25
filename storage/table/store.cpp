#include "storage/table/store.h"

#include <utility>

#include "storage/table/store_parts.h"

namespace dynarock {

Store::Store(const StoreOptions& options, std::unique_ptr<Engine> engine)
    : clock_(*options.clock),
      transient_ms_(options.transient_ms),
      transient_index_ms_(options.transient_index_ms.value_or(options.transient_ms)),
      memory_(options.memory),
      engine_(std::move(engine)),
      catalog_(*engine_, clock_),
      streams_(*engine_, clock_, options.streams),
      parts_(std::make_unique<Parts>(*this, options, *engine_, catalog_, streams_, clock_)) {}

std::expected<std::unique_ptr<Store>, std::string> Store::Open(const StoreOptions& options) {
  auto engine = Engine::Open(options.engine);
  if (!engine) return std::unexpected(std::move(engine).error());
  try {
    std::unique_ptr<Store> store(new Store(options, std::move(*engine)));
    if (auto loaded = store->catalog_.Load(); !loaded) {
      return std::unexpected("cannot use data directory " + options.engine.data_dir + ": " +
                             loaded.error());
    }
    std::vector<StorageId> streaming;
    for (const auto& table : store->catalog_.All()) {
      const TableDescription& description = table->description();
      if (description.stream.enabled) streaming.push_back(description.stream.id);
      if (description.ttl.enabled && description.ttl_entries.id == 0) {
        store->AddTtlEntries(table->storage_id());
      }
    }
    if (auto loaded = store->streams_.Load(streaming); !loaded) {
      return std::unexpected("cannot use data directory " + options.engine.data_dir + ": " +
                             loaded.error());
    }
    store->parts_->background.Start(!store->catalog_.counters_loaded());
    store->parts_->sweeper.Start(!store->catalog_.All().empty());
    return store;
  } catch (const EngineError& error) {
    return std::unexpected("cannot use data directory " + options.engine.data_dir +
                           ": damaged: " + error.what());
  }
}

Store::~Store() {
  parts_->stopping = true;
  parts_->sweeper.Stop();
  parts_->background.Stop();
}

void Store::Close() {
  parts_->stopping = true;
  parts_->sweeper.Stop();
  parts_->background.Stop();
  if (parts_->background.counters_true()) catalog_.SaveCounters();
  engine_->Close();
}

// A data directory from before there were TTL entries.
void Store::AddTtlEntries(StorageId storage) {
  const auto replaced =
      catalog_.Replace(storage, [](TableDescription& description, Batch&) -> Result<void> {
        description.ttl_entries = {.id = description.next_index_id++, .backfilling = true};
        return {};
      });
  static_cast<void>(replaced);  // it cannot fail: nobody else is there yet
}

bool Store::WaitForBackground(const Table& table, std::chrono::milliseconds timeout) {
  return parts_->background.Wait(table.storage_id(), timeout);
}

bool Store::WaitForBackground(std::chrono::milliseconds timeout) {
  return parts_->background.Wait(std::nullopt, timeout);
}

bool Store::Get(const RowKey& key, Pinned& item, const View& view) const {
  return engine_->Get(key.bytes, item, view);
}

View Store::Snapshot() const {
  return engine_->Snapshot();
}

}  // namespace dynarock
