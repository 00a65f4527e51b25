// Whether the disk takes writes: looks before they are tried, and gets RocksDB going again after it
// has met an error.
//
// RocksDB takes no writes after an error of the disk, and where its log ends in a torn record that
// is right: it has to write out what it holds in memory and begin another log. So the guard looks
// ahead, which keeps most troubles from ever reaching RocksDB, and does the rest when a write
// finds the disk mended.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include <rocksdb/db.h>
#include <rocksdb/listener.h>

#include "storage/engine/data_dir.h"
#include "storage/engine/engine.h"

namespace dynarock {

enum class DiskTrouble : uint8_t { kNone, kFull, kReadOnly, kGone, kOther };

// Thread safe.
class WriteGuard {
 public:
  using Tell = std::function<void(std::string_view)>;
  // `dir` outlives it.
  WriteGuard(const DataDir& dir, Tell tell);

  // RocksDB's options need it: it makes errors of the disk such that RocksDB can recover from them,
  // and keeps it from doing so by itself, seconds later.
  std::shared_ptr<rocksdb::EventListener> listener() const { return listener_; }

  // Before a write of so many bytes. Throws EngineError while the disk takes none. Looks at the
  // disk every kLookMs and every kLookBytes, so that it costs nothing beside a write.
  void Admit(rocksdb::DB& db, size_t bytes);
  // After a write or another change has failed: throws.
  [[noreturn]] void Failed(const rocksdb::Status& status);

  // What is wrong with the directory now, in a few system calls.
  DiskTrouble Look() const;

 private:
  static constexpr int64_t kLookMs = 100;
  static constexpr int64_t kLookBytes = 256 << 10;
  // In trouble: between two looks, and between two attempts to get RocksDB going.
  static constexpr int64_t kLookAgainMs = 10;
  static constexpr int64_t kResumeAgainMs = 200;

  void LookAndMend(rocksdb::DB& db);
  // Gets RocksDB going after an error; its status when that fails.
  rocksdb::Status Resume(rocksdb::DB& db);
  [[noreturn]] void Refuse(DiskTrouble trouble, const std::string& reason);

  const DataDir& dir_;
  const Tell tell_;
  // Set by RocksDB's threads and by failed writes: RocksDB may have to be resumed.
  const std::shared_ptr<std::atomic<bool>> stopped_ = std::make_shared<std::atomic<bool>>(false);
  const std::shared_ptr<rocksdb::EventListener> listener_;

  std::atomic<bool> troubled_{false};
  std::atomic<int64_t> look_at_ms_{0};
  std::atomic<int64_t> unlooked_bytes_{0};
  std::mutex mutex_;  // guards what follows
  DiskTrouble trouble_ = DiskTrouble::kNone;
  std::string reason_;
  int64_t resume_at_ms_ = 0;
};

}  // namespace dynarock
