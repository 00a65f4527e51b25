// ClientRequestTokens: which transactions were committed under which token. A token's record
// commits in the batch of its transaction. Source: Developer Guide, "Idempotency" of transactions:
// a token is good for 10 minutes after its request finished.
//
//   kToken record:    kind u8 | length u32 | namespace | length u32 | operation | token
//                     -> finished at, in ms, u64 | length u32 | fingerprint | receipt
//   kTokenAge record: kind u8 | finished at u64 | the kToken record's key -> nothing
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "storage/clock/clock.h"
#include "storage/engine/engine.h"
#include "storage/item/result.h"
#include "storage/table/write.h"

namespace dynarock {

// Thread safe.
class TokenLog {
 public:
  TokenLog(Engine& engine, const Clock& clock) : engine_(engine), clock_(clock) {}

  // Marks a token as in use while it lives.
  class Running {
   public:
    Running() = default;
    Running(TokenLog& log, std::string key) : log_(&log), key_(std::move(key)) {}
    Running(Running&& other) noexcept : log_(other.log_), key_(std::move(other.key_)) {
      other.log_ = nullptr;
    }
    Running& operator=(Running&& other) noexcept {
      std::swap(log_, other.log_);
      std::swap(key_, other.key_);
      return *this;
    }
    ~Running() {
      if (log_ != nullptr) log_->Finish(key_, 0);
    }
    // The call goes on, for its client, until that time.
    void Until(int64_t at_ms);

   private:
    TokenLog* log_ = nullptr;
    std::string key_;
  };
  struct Begun {
    Running running;
    std::optional<std::string> receipt;  // it was committed before
  };
  // Error: TransactionInProgress; IdempotentParameterMismatch.
  Result<Begun> Begin(const TokenUse& use);
  // The record of a transaction about to commit that finishes at that time.
  void Put(const TokenUse& use, int64_t finished_ms, std::string_view receipt, Batch& batch) const;
  // Forgets what is older than 10 minutes.
  void Trim();

 private:
  void Finish(const std::string& key, int64_t at_ms);
  static std::string KeyOf(const TokenUse& use);

  Engine& engine_;
  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, int64_t> running_;  // until when; INT64_MAX: its call runs
};

}  // namespace dynarock
