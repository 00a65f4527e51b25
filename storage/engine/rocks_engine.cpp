#include "storage/engine/rocks_engine.h"

#include <utility>
#include <vector>

#include <malloc.h>
#include <rocksdb/convenience.h>
#include <rocksdb/iterator.h>
#include <rocksdb/table.h>

#include "storage/engine/batch_impl.h"
#include "storage/engine/rocks_options.h"

namespace dynarock {

namespace {

rocksdb::Slice ToSlice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
std::string_view ToView(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

void Check(const rocksdb::Status& status) {
  if (!status.ok()) throw EngineError(status.ToString());
}

bool Found(const rocksdb::Status& status) {
  if (status.IsNotFound()) return false;
  Check(status);
  return true;
}

class RocksIterator final : public Iterator {
 public:
  RocksIterator(rocksdb::DB& db, rocksdb::ReadOptions options, std::string lower, std::string upper,
                View view)
      : view_(std::move(view)), lower_(std::move(lower)), upper_(std::move(upper)) {
    lower_slice_ = lower_;
    upper_slice_ = upper_;
    options.iterate_lower_bound = &lower_slice_;
    if (!upper_.empty()) options.iterate_upper_bound = &upper_slice_;
    iterator_.reset(db.NewIterator(options));
  }

  void SeekToFirst() override { iterator_->SeekToFirst(); }
  void SeekToLast() override { iterator_->SeekToLast(); }
  void Seek(std::string_view key) override { iterator_->Seek(ToSlice(key)); }
  void SeekForPrev(std::string_view key) override { iterator_->SeekForPrev(ToSlice(key)); }
  void Next() override { iterator_->Next(); }
  void Prev() override { iterator_->Prev(); }
  bool valid() const override {
    if (iterator_->Valid()) return true;
    Check(iterator_->status());
    return false;
  }
  std::string_view key() const override { return ToView(iterator_->key()); }
  std::string_view value() const override { return ToView(iterator_->value()); }

 private:
  const View view_;  // keeps the snapshot for as long as the iterator needs it
  const std::string lower_;
  const std::string upper_;
  rocksdb::Slice lower_slice_;
  rocksdb::Slice upper_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace

std::expected<std::unique_ptr<Engine>, std::string> RocksEngine::OpenInMemory(
    const EngineOptions& options) {
  // Files are byte strings here. Large ones must come from the system and go back to it, not leave
  // holes in the heap: overwriting 100,000 items of 1 KB ten times takes twice the memory
  // otherwise.
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  mallopt(M_ARENA_MAX, 2);
  std::unique_ptr<RocksEngine> engine(new RocksEngine);
  engine->in_memory_ = true;
  engine->write_options_.disableWAL = true;
  engine->env_.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  rocksdb::Options rocks = RocksOptions(options);
  rocks.env = engine->env_.get();
  rocks.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(rocks, "/dynarock", &db);
  if (!status.ok())
    return std::unexpected("cannot open the engine in memory: " + status.ToString());
  engine->db_.reset(db);
  return engine;
}

std::expected<std::unique_ptr<Engine>, std::string> RocksEngine::OpenOnDisk(
    const EngineOptions& options) {
  auto dir = DataDir::Open(options.data_dir, kFormat);
  if (!dir) return std::unexpected(std::move(dir).error());
  std::unique_ptr<RocksEngine> engine(new RocksEngine);
  engine->dir_.emplace(std::move(*dir));
  engine->write_options_.sync = options.fsync;
  rocksdb::Options rocks = RocksOptions(options);
  // A directory that had a database and has lost it is damaged, not new.
  rocks.create_if_missing = engine->dir_->fresh();
  engine->guard_ = std::make_unique<WriteGuard>(*engine->dir_, options.tell);
  rocks.listeners.push_back(engine->guard_->listener());
  rocks.max_bgerror_resume_count = 0;  // the guard does it
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(rocks, engine->dir_->database_path(), &db);
  if (!status.ok()) {
    const std::string_view what = status.IsNoSpace()   ? "its disk is full: "
                                  : status.IsIOError() ? ""
                                                       : "damaged: ";
    return std::unexpected("cannot use data directory " + options.data_dir + ": " +
                           std::string(what) + status.ToString());
  }
  engine->db_.reset(db);
  if (engine->dir_->fresh()) {
    if (auto committed = engine->dir_->Commit(kFormat); !committed) {
      return std::unexpected(std::move(committed).error());
    }
  }
  if (options.compact) engine->CompactAll();
  return engine;
}

RocksEngine::~RocksEngine() = default;

rocksdb::ReadOptions RocksEngine::ReadOptionsFor(const View& view) const {
  rocksdb::ReadOptions options;
  options.verify_checksums = !in_memory_;
  options.snapshot = static_cast<const rocksdb::Snapshot*>(SnapshotOf(view));
  return options;
}

bool RocksEngine::Get(std::string_view key, Pinned& value, const View& view) const {
  auto& slice = *static_cast<rocksdb::PinnableSlice*>(SliceOf(value));
  slice.Reset();
  return Found(db_->Get(ReadOptionsFor(view), db_->DefaultColumnFamily(), ToSlice(key), &slice));
}

bool RocksEngine::Get(std::string_view key, std::string& value, const View& view) const {
  return Found(db_->Get(ReadOptionsFor(view), ToSlice(key), &value));
}

bool RocksEngine::Contains(std::string_view key, const View& view) const {
  Pinned value;
  return Get(key, value, view);
}

void RocksEngine::Write(Batch& batch) {
  if (guard_ != nullptr) guard_->Admit(*db_, batch.size());
  CheckChange(db_->Write(write_options_, &ImplOf(batch).batch));
}

void RocksEngine::CheckChange(const rocksdb::Status& status) const {
  if (status.ok()) return;
  if (guard_ != nullptr) guard_->Failed(status);
  Check(status);
}

View RocksEngine::Snapshot() const {
  rocksdb::DB* db = db_.get();
  return MakeView(std::shared_ptr<const void>(db->GetSnapshot(), [db](const void* snapshot) {
    db->ReleaseSnapshot(static_cast<const rocksdb::Snapshot*>(snapshot));
  }));
}

std::unique_ptr<Iterator> RocksEngine::NewIterator(std::string lower, std::string upper,
                                                   const View& view) const {
  return std::make_unique<RocksIterator>(*db_, ReadOptionsFor(view), std::move(lower),
                                         std::move(upper), view);
}

// Reads slow down with the number of live range tombstones, so few keys go one by one. False when
// there are many.
bool RocksEngine::DropSmallRange(const std::string& begin, const std::string& end) {
  constexpr size_t kMaxKeys = 4096;
  Batch batch;
  size_t keys = 0;
  const auto iterator = NewIterator(begin, end, {});
  for (iterator->SeekToFirst(); iterator->valid(); iterator->Next()) {
    if (++keys > kMaxKeys) return false;
    batch.Delete(iterator->key());
  }
  if (!batch.empty()) Write(batch);
  return true;
}

void RocksEngine::DropRange(const std::string& begin, const std::string& end) {
  if (DropSmallRange(begin, end)) return;
  const rocksdb::Slice first = begin;
  const rocksdb::Slice last = end;
  rocksdb::ColumnFamilyHandle* const family = db_->DefaultColumnFamily();
  CheckChange(rocksdb::DeleteFilesInRange(db_.get(), family, &first, &last, /*include_end=*/false));
  Batch batch;
  batch.DeleteRange(begin, end);
  Write(batch);
  CompactRange(begin, end);
}

// Rewrites the files that hold dropped keys. An ordinary compaction that began before the drop may
// put a file with such keys behind the one at work here, so it looks again afterwards.
void RocksEngine::CompactRange(const std::string& begin, const std::string& end) {
  constexpr size_t kWorthIt = 1u << 20;
  constexpr int kMostRounds = 4;
  const rocksdb::Slice first = begin;
  const rocksdb::Slice last = end;
  rocksdb::CompactRangeOptions compact;
  compact.exclusive_manual_compaction = false;
  compact.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  for (int round = 0; round < kMostRounds; ++round) {
    const rocksdb::Status status =
        db_->CompactRange(compact, db_->DefaultColumnFamily(), &first, &last);
    // Interrupted: the keys are gone, and an ordinary compaction will give the space back.
    if (status.IsIncomplete() || status.IsAborted()) return;
    CheckChange(status);
    if (ApproximateSize(begin, end) < kWorthIt) return;
  }
}

void RocksEngine::CompactAll() {
  rocksdb::CompactRangeOptions compact;
  compact.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  CheckChange(db_->CompactRange(compact, db_->DefaultColumnFamily(), nullptr, nullptr));
}

void RocksEngine::Reclaim() {
  if (in_memory_) {
    // Compaction takes memory first: what is only there for speed makes room for it.
    const auto factory = db_->GetOptions().table_factory;
    if (const auto* table = factory->GetOptions<rocksdb::BlockBasedTableOptions>()) {
      table->block_cache->EraseUnRefEntries();
    }
    malloc_trim(0);
    // Deleted rows go when what deletes them meets them, in the last level.
    Check(db_->Flush(rocksdb::FlushOptions()));
    rocksdb::CompactRangeOptions compact;
    compact.exclusive_manual_compaction = false;
    const rocksdb::Status status =
        db_->CompactRange(compact, db_->DefaultColumnFamily(), nullptr, nullptr);
    if (!status.IsIncomplete() && !status.IsAborted()) Check(status);
  }
  malloc_trim(0);
}

void RocksEngine::Interrupt() {
  db_->DisableManualCompaction();
}

size_t RocksEngine::ApproximateSize(const std::string& begin, const std::string& end) const {
  rocksdb::SizeApproximationOptions options;
  options.include_memtables = true;
  options.include_files = true;
  const rocksdb::Range range{rocksdb::Slice(begin), rocksdb::Slice(end)};
  uint64_t size = 0;
  Check(db_->GetApproximateSizes(options, db_->DefaultColumnFamily(), &range, 1, &size));
  return size;
}

void RocksEngine::Flush() {
  if (!in_memory_) CheckChange(db_->Flush(rocksdb::FlushOptions()));
}

void RocksEngine::Close() {
  if (db_ == nullptr) return;
  Flush();
  CheckChange(db_->Close());
  db_.reset();
}

}  // namespace dynarock
