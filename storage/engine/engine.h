// The key-value engine: ordered byte strings with atomic batches and views. Nothing above this room
// knows RocksDB.
//
// What a request cannot cause (a failing disk, a damaged file met while reading) throws
// EngineError. While the disk takes no writes, reads go on as far as they can, and the first write
// after the disk has been mended goes through: nothing has to be started again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "storage/engine/view.h"
#include "storage/item/error.h"

namespace dynarock {

class EngineError : public MachineError {
 public:
  using MachineError::MachineError;
};

struct EngineOptions {
  std::string data_dir;  // empty: everything in memory, nothing on disk
  bool fsync = false;    // on disk: acknowledged writes survive power loss, not only kill -9
  bool compact = false;  // on disk: Open rewrites all files first, without what was deleted
  size_t cache_bytes = 32u << 20;  // decoded blocks kept for reads
  // All of the process is to stay below so many bytes: buffers and caches are smaller then. 0: no
  // limit.
  uint64_t memory_limit = 0;
  // On disk: takes a line when the disk begins to refuse writes and when it takes them again, from
  // any thread. Empty: nobody wants to know.
  std::function<void(std::string_view)> tell;
};

// A stored value, held in place without a copy. Keeps its bytes alive and must go before the Engine
// does.
class Pinned {
 public:
  Pinned();
  ~Pinned();
  Pinned(Pinned&& other) noexcept;
  Pinned& operator=(Pinned&& other) noexcept;
  Pinned(const Pinned&) = delete;
  Pinned& operator=(const Pinned&) = delete;

  std::string_view bytes() const;
  bool empty() const { return bytes().empty(); }
  // Forgets the value.
  void Reset();

 private:
  friend class Engine;
  static constexpr size_t kSize = 160;
  alignas(8) unsigned char slice_[kSize];
};

// Changes that become visible and durable together.
class Batch {
 public:
  Batch();
  ~Batch();
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;

  void Put(std::string_view key, std::string_view value);
  void Delete(std::string_view key);
  // Every key in [begin, end).
  void DeleteRange(std::string_view begin, std::string_view end);
  void Clear();
  bool empty() const;
  // Bytes of all changes so far.
  size_t size() const;

 private:
  friend class Engine;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Walks keys in byte order within [lower, upper). Key and value are valid until the next move.
class Iterator {
 public:
  virtual ~Iterator() = default;
  virtual void SeekToFirst() = 0;
  virtual void SeekToLast() = 0;
  virtual void Seek(std::string_view key) = 0;         // first key >= key
  virtual void SeekForPrev(std::string_view key) = 0;  // last key <= key
  virtual void Next() = 0;
  virtual void Prev() = 0;
  // False past either end. Throws EngineError when the walk failed.
  virtual bool valid() const = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
};

// Thread safe.
class Engine {
 public:
  // The layout of a data directory. It lies in the file FORMAT.
  static constexpr int kFormat = 1;

  // Opens or creates. The error is one line for a person: the directory is in use, of a newer
  // format, not writable, a file, not ours, or damaged. The directory is then as it was.
  static std::expected<std::unique_ptr<Engine>, std::string> Open(const EngineOptions& options);
  virtual ~Engine() = default;

  // False when there is no such key.
  virtual bool Get(std::string_view key, Pinned& value, const View& view = {}) const = 0;
  virtual bool Get(std::string_view key, std::string& value, const View& view = {}) const = 0;
  virtual bool Contains(std::string_view key, const View& view = {}) const = 0;

  // Commits all of the batch or nothing.
  virtual void Write(Batch& batch) = 0;

  virtual View Snapshot() const = 0;

  // An iterator over [lower, upper); an empty upper is no bound. Latest: the state now, unmoved by
  // later writes.
  virtual std::unique_ptr<Iterator> NewIterator(std::string lower, std::string upper,
                                                const View& view = {}) const = 0;

  // Deletes [begin, end) and gives the space back. Takes its time for many keys: call it from a
  // background thread.
  virtual void DropRange(const std::string& begin, const std::string& end) = 0;

  // In memory: gives the memory of what was deleted back, as far as that is possible. Takes its
  // time, as DropRange does.
  virtual void Reclaim() = 0;

  // Lets a DropRange or Reclaim that runs in another thread return soon: the keys are gone, their
  // space later. For closing.
  virtual void Interrupt() = 0;

  // Bytes the keys of [begin, end) take, roughly.
  virtual size_t ApproximateSize(const std::string& begin, const std::string& end) const = 0;

  // On disk: moves what only the log holds into tables, so that the next open is quick.
  virtual void Flush() = 0;
  // Flushes and closes; the destructor closes without the flush. Everything taken from the engine
  // (Pinned, View, Iterator) must be gone.
  virtual void Close() = 0;

 protected:
  // For the implementation: the parts only it may fill.
  static void* SliceOf(Pinned& pinned) { return pinned.slice_; }
  static auto& ImplOf(Batch& batch) { return *batch.impl_; }
  static const void* SnapshotOf(const View& view) { return view.snapshot_.get(); }
  static View MakeView(std::shared_ptr<const void> snapshot) {
    View view;
    view.snapshot_ = std::move(snapshot);
    return view;
  }
};

}  // namespace dynarock
