// The Engine on RocksDB.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include "storage/engine/data_dir.h"
#include "storage/engine/engine.h"
#include "storage/engine/write_guard.h"

namespace dynarock {

class RocksEngine final : public Engine {
 public:
  static std::expected<std::unique_ptr<Engine>, std::string> OpenInMemory(
      const EngineOptions& options);
  static std::expected<std::unique_ptr<Engine>, std::string> OpenOnDisk(
      const EngineOptions& options);
  ~RocksEngine() override;

  bool Get(std::string_view key, Pinned& value, const View& view) const override;
  bool Get(std::string_view key, std::string& value, const View& view) const override;
  bool Contains(std::string_view key, const View& view) const override;
  void Write(Batch& batch) override;
  View Snapshot() const override;
  std::unique_ptr<Iterator> NewIterator(std::string lower, std::string upper,
                                        const View& view) const override;
  void DropRange(const std::string& begin, const std::string& end) override;
  void Reclaim() override;
  void Interrupt() override;
  size_t ApproximateSize(const std::string& begin, const std::string& end) const override;
  void Flush() override;
  void Close() override;

 private:
  RocksEngine() = default;
  rocksdb::ReadOptions ReadOptionsFor(const View& view) const;
  void CompactRange(const std::string& begin, const std::string& end);
  void CompactAll();
  // Throws for a change that failed.
  void CheckChange(const rocksdb::Status& status) const;
  bool DropSmallRange(const std::string& begin, const std::string& end);

  bool in_memory_ = false;
  rocksdb::WriteOptions write_options_;
  std::optional<DataDir> dir_;         // on disk
  std::unique_ptr<WriteGuard> guard_;  // on disk
  std::unique_ptr<rocksdb::Env> env_;  // in memory
  std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace dynarock
