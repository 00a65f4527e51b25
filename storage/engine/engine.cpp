#include "storage/engine/engine.h"

#include "storage/engine/rocks_engine.h"

namespace dynarock {

std::expected<std::unique_ptr<Engine>, std::string> Engine::Open(const EngineOptions& options) {
  return options.data_dir.empty() ? RocksEngine::OpenInMemory(options)
                                  : RocksEngine::OpenOnDisk(options);
}

}  // namespace dynarock
