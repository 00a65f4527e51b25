#include "storage/table/store.h"

#include <utility>

#include "storage/table/store_parts.h"

namespace dynarock {

Store::Store(const StoreOptions& options, std::unique_ptr<Engine> engine)
    : clock_(*options.clock),
      transient_ms_(options.transient_ms),
      engine_(std::move(engine)),
      catalog_(*engine_, clock_),
      parts_(std::make_unique<Parts>(*engine_, catalog_, clock_)) {}

std::expected<std::unique_ptr<Store>, std::string> Store::Open(const StoreOptions& options) {
  auto engine = Engine::Open(options.engine);
  if (!engine) return std::unexpected(std::move(engine).error());
  try {
    std::unique_ptr<Store> store(new Store(options, std::move(*engine)));
    if (auto loaded = store->catalog_.Load(); !loaded) {
      return std::unexpected("cannot use data directory " + options.engine.data_dir + ": " +
                             loaded.error());
    }
    store->parts_->background.Start(!store->catalog_.counters_loaded());
    return store;
  } catch (const EngineError& error) {
    return std::unexpected("cannot use data directory " + options.engine.data_dir +
                           ": damaged: " + error.what());
  }
}

Store::~Store() {
  parts_->background.Stop();
}

void Store::Close() {
  parts_->background.Stop();
  if (parts_->background.counters_true()) catalog_.SaveCounters();
  engine_->Close();
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
