#include "storage/table/token_log.h"

#include "storage/key/key_part.h"
#include "storage/key/keyspace.h"

namespace dynarock {

namespace {

constexpr int64_t kLifeMs = 10 * 60 * 1000;

void AppendSized(std::string& out, std::string_view bytes) {
  AppendU32(out, static_cast<uint32_t>(bytes.size()));
  out += bytes;
}

}  // namespace

std::string TokenLog::KeyOf(const TokenUse& use) {
  std::string key = RecordKey(Record::kToken);
  AppendSized(key, use.name_space);
  AppendSized(key, use.operation);
  key += use.token;
  return key;
}

Result<TokenLog::Begun> TokenLog::Begin(const TokenUse& use) {
  std::string key = KeyOf(use);
  Begun begun;
  {
    const std::lock_guard lock(mutex_);
    const auto it = running_.find(key);
    if (it != running_.end() && clock_.now_ms() < it->second) {
      return Fail(TransactionInProgress());
    }
    running_[key] = INT64_MAX;
  }
  Running running(*this, key);
  std::string value;
  if (engine_.Get(key, value) && static_cast<int64_t>(ReadU64(value)) + kLifeMs > clock_.now_ms()) {
    const size_t length = ReadU32(value, 8);
    if (std::string_view(value).substr(12, length) != use.fingerprint) {
      return Fail(TokenReused());
    }
    return Begun{Running(), value.substr(12 + length)};
  }
  return Begun{std::move(running), std::nullopt};
}

void TokenLog::Put(const TokenUse& use, int64_t finished_ms, std::string_view receipt,
                   Batch& batch) const {
  const std::string key = KeyOf(use);
  std::string value;
  AppendU64(value, static_cast<uint64_t>(finished_ms));
  AppendSized(value, use.fingerprint);
  value += receipt;
  batch.Put(key, value);
  std::string age = RecordKey(Record::kTokenAge);
  AppendU64(age, static_cast<uint64_t>(finished_ms));
  batch.Put(age + key, "");
}

void TokenLog::Finish(const std::string& key, int64_t at_ms) {
  const std::lock_guard lock(mutex_);
  if (at_ms == 0) {
    running_.erase(key);
  } else {
    running_[key] = at_ms;
  }
}

void TokenLog::Running::Until(int64_t at_ms) {
  if (log_ != nullptr) log_->Finish(key_, at_ms);
  log_ = nullptr;
}

void TokenLog::Trim() {
  const int64_t now = clock_.now_ms();
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(running_, [&](const auto& entry) { return entry.second <= now; });
  }
  if (now < kLifeMs) return;
  const std::string prefix = RecordKey(Record::kTokenAge);
  std::string end = prefix;
  AppendU64(end, static_cast<uint64_t>(now - kLifeMs));
  Batch batch;
  std::string value;
  const auto iterator = engine_.NewIterator(prefix, end);
  for (iterator->SeekToFirst(); iterator->valid(); iterator->Next()) {
    const std::string_view aged = iterator->key().substr(prefix.size());
    const std::string_view key = aged.substr(8);
    // The token may have been used again since.
    if (engine_.Get(key, value) && ReadU64(value) == ReadU64(aged)) batch.Delete(key);
    batch.Delete(iterator->key());
  }
  if (!batch.empty()) engine_.Write(batch);
}

}  // namespace dynarock
