#include "storage/engine/write_guard.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include <sys/statvfs.h>
#include <unistd.h>

namespace dynarock {

namespace {

// Ticks every few milliseconds and costs a few nanoseconds.
int64_t CoarseMs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

// Space that writes leave alone, so that RocksDB can still write out what it has in memory.
uint64_t Reserve(uint64_t disk_bytes) {
  constexpr uint64_t kMost = 16u << 20;
  return std::min(kMost, disk_bytes / 16);
}

DiskTrouble TroubleOf(const rocksdb::Status& status) {
  const std::string text = status.ToString();
  const auto says = [&](const char* words) { return text.find(words) != std::string::npos; };
  if (status.IsNoSpace() || says("No space left") || says("quota exceeded")) {
    return DiskTrouble::kFull;
  }
  return says("Read-only file system") ? DiskTrouble::kReadOnly : DiskTrouble::kOther;
}

// What is wrong, as the beginning of a sentence.
std::string WordsOf(DiskTrouble trouble, const std::string& path, const std::string& reason) {
  switch (trouble) {
    case DiskTrouble::kNone:
      break;
    case DiskTrouble::kFull:
      return "the disk of data directory " + path + " is full";
    case DiskTrouble::kReadOnly:
      return "the disk of data directory " + path + " is read-only";
    case DiskTrouble::kGone:
      return "data directory " + path + " is gone";
    case DiskTrouble::kOther:
      return "the disk of data directory " + path + " refuses writes (" + reason + ")";
  }
  return {};
}

std::string AdviceOf(DiskTrouble trouble) {
  switch (trouble) {
    case DiskTrouble::kNone:
      break;
    case DiskTrouble::kFull:
      return ": free some space; reads go on, and writes do by themselves once there is room";
    case DiskTrouble::kReadOnly:
      return ": make it writable; reads go on, and writes do by themselves then";
    case DiskTrouble::kGone:
      return ": it was removed, moved or unmounted; put it back, and writes go on by themselves, "
             "or start the server again";
    case DiskTrouble::kOther:
      return ": reads go on, and writes do by themselves once the disk takes them";
  }
  return {};
}

// RocksDB calls what a disk refuses fatal, unless it is full, and then never takes a write again.
// The database on the disk is sound, though; writing out what is in memory mends it.
class Recoverable final : public rocksdb::EventListener {
 public:
  explicit Recoverable(std::shared_ptr<std::atomic<bool>> stopped) : stopped_(std::move(stopped)) {}
  const char* Name() const override { return "dynarock"; }

  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status* error) override {
    stopped_->store(true, std::memory_order_release);
    if (error->IsIOError() && error->severity() == rocksdb::Status::Severity::kFatalError) {
      *error = rocksdb::Status(*error, rocksdb::Status::Severity::kHardError);
    }
  }
  void OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason, rocksdb::Status,
                            bool* auto_recovery) override {
    *auto_recovery = false;
  }

 private:
  const std::shared_ptr<std::atomic<bool>> stopped_;
};

}  // namespace

WriteGuard::WriteGuard(const DataDir& dir, Tell tell)
    : dir_(dir), tell_(std::move(tell)), listener_(std::make_shared<Recoverable>(stopped_)) {}

DiskTrouble WriteGuard::Look() const {
  if (!dir_.InPlace()) return DiskTrouble::kGone;
  struct statvfs disk{};
  if (statvfs(dir_.path().c_str(), &disk) != 0) return DiskTrouble::kGone;
  if ((disk.f_flag & ST_RDONLY) != 0) return DiskTrouble::kReadOnly;
  // What the file system keeps for root is there for root.
  const uint64_t blocks = geteuid() == 0 ? disk.f_bfree : disk.f_bavail;
  const uint64_t all = uint64_t{disk.f_blocks} * disk.f_frsize;
  if (all > 0 && blocks * disk.f_frsize < Reserve(all)) return DiskTrouble::kFull;
  return DiskTrouble::kNone;
}

void WriteGuard::Admit(rocksdb::DB& db, size_t bytes) {
  const auto count = static_cast<int64_t>(bytes);
  const int64_t unlooked = unlooked_bytes_.fetch_add(count, std::memory_order_relaxed) + count;
  if (unlooked <= kLookBytes && CoarseMs() < look_at_ms_.load(std::memory_order_relaxed) &&
      !troubled_.load(std::memory_order_relaxed) && !stopped_->load(std::memory_order_acquire)) {
    return;
  }
  LookAndMend(db);
}

void WriteGuard::LookAndMend(rocksdb::DB& db) {
  const std::lock_guard lock(mutex_);
  const int64_t now = CoarseMs();
  if (trouble_ != DiskTrouble::kNone && now < look_at_ms_) Refuse(trouble_, reason_);
  look_at_ms_ = now + kLookAgainMs;
  const DiskTrouble found = Look();
  if (found != DiskTrouble::kNone) Refuse(found, {});
  if (stopped_->load(std::memory_order_acquire)) {
    if (now < resume_at_ms_)
      Refuse(trouble_ == DiskTrouble::kNone ? DiskTrouble::kOther : trouble_, reason_);
    if (const rocksdb::Status status = Resume(db); !status.ok()) {
      resume_at_ms_ = CoarseMs() + kResumeAgainMs;
      Refuse(TroubleOf(status), status.ToString());
    }
  }
  if (trouble_ != DiskTrouble::kNone && tell_) {
    tell_("data directory " + dir_.path() + " takes writes again");
  }
  trouble_ = DiskTrouble::kNone;
  troubled_ = false;
  unlooked_bytes_ = 0;
  look_at_ms_ = CoarseMs() + kLookMs;
}

rocksdb::Status WriteGuard::Resume(rocksdb::DB& db) {
  // Deletes a key that nothing has.
  const auto touch = [&db](bool log) {
    rocksdb::WriteOptions options;
    options.disableWAL = !log;
    return db.Delete(options, rocksdb::Slice());
  };
  rocksdb::Status status;
  // RocksDB begins another log only together with another memtable, which it does only when the
  // present one holds something: the first round makes sure of that for the second.
  for (int round = 0; round < 2; ++round) {
    stopped_->store(false, std::memory_order_release);
    status = db.Resume();
    if (status.ok()) status = touch(/*log=*/false);
    if (status.ok()) status = touch(/*log=*/true);
    if (status.ok()) return status;
    stopped_->store(true, std::memory_order_release);
  }
  return status;
}

void WriteGuard::Failed(const rocksdb::Status& status) {
  if (!status.IsIOError()) throw EngineError(status.ToString());
  const std::lock_guard lock(mutex_);
  stopped_->store(true, std::memory_order_release);
  look_at_ms_ = CoarseMs() + kLookAgainMs;
  const DiskTrouble found = Look();
  Refuse(found != DiskTrouble::kNone ? found : TroubleOf(status), status.ToString());
}

void WriteGuard::Refuse(DiskTrouble trouble, const std::string& reason) {
  const std::string words = WordsOf(trouble, dir_.path(), reason);
  if (trouble != trouble_ && tell_) tell_(words + AdviceOf(trouble));
  trouble_ = trouble;
  if (&reason != &reason_) reason_ = reason;
  troubled_ = true;
  throw EngineError(words, words + AdviceOf(trouble));
}

}  // namespace dynarock
