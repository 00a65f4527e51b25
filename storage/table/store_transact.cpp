// Transactions: the write path with every action decided, items held and tokens kept.
#include <utility>

#include "storage/table/gate_guard.h"
#include "storage/table/pending_write.h"
#include "storage/table/store.h"
#include "storage/table/store_parts.h"

namespace dynarock {

namespace {

// Holds the items of a transaction while it runs, and on for its hold time when it was committed.
class Hold {
 public:
  Hold(HeldItems& held, std::span<const WriteAction> actions) : held_(held) {
    std::vector<std::string_view> keys;
    for (const WriteAction& action : actions) keys.push_back(action.key.bytes);
    conflicts_ = held.Hold(keys);
    for (size_t i = 0; i < keys.size(); ++i) {
      if (!conflicts_[i]) mine_.push_back(keys[i]);
    }
  }
  ~Hold() { held_.Release(mine_, until_ms_); }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

  bool Conflicts(size_t action) const { return conflicts_[action]; }
  void Until(int64_t at_ms) { until_ms_ = at_ms; }

 private:
  HeldItems& held_;
  std::vector<bool> conflicts_;
  std::vector<std::string_view> mine_;
  int64_t until_ms_ = 0;
};

}  // namespace

Result<TransactionOutcome> Store::Transact(std::span<const WriteAction> actions,
                                           WriteOptions options, const TokenUse* token,
                                           Receipt receipt) {
  TransactionOutcome result;
  TokenLog::Running running;
  if (token != nullptr) {
    DYNAROCK_TRY(TokenLog::Begun begun, parts_->tokens.Begin(*token));
    if (begun.receipt) {
      result.receipt = std::move(begun.receipt);
      return result;
    }
    running = std::move(begun.running);
  }
  result.failures.resize(actions.size());
  result.outcomes.resize(actions.size());
  {
    Hold hold(parts_->held, actions);
    GateGuard gates;
    for (const WriteAction& action : actions) gates.Enter(action.table->state());
    LatchGuard latches(parts_->latches);
    std::vector<uint32_t> stripes;
    for (const WriteAction& action : actions) {
      stripes.push_back(Latches::StripeOf(action.key.bytes));
    }
    latches.Lock(std::move(stripes));

    PendingWrite& pending = PendingWrite::OfThread();
    bool failed = false;
    for (size_t i = 0; i < actions.size(); ++i) {
      const WriteAction& action = actions[i];
      WriteOutcome& outcome = result.outcomes[i];
      const Table* table = action.table->state().current.get();
      if (table == nullptr || table->description().status == Status::kDeleting) {
        return Fail(NoSuchResource());
      }
      if ((options.conflict && i == 0) || hold.Conflicts(i)) {
        result.failures[i] = TransactionConflict();
        failed = true;
        continue;
      }
      outcome.existed = engine_->Get(action.key.bytes, outcome.old);
      auto change = action.decide(outcome.old_item());
      if (!change) {
        result.failures[i] = std::move(change).error();
        failed = true;
        continue;
      }
      if (memory_ != nullptr) {
        if (auto room = CheckMemory(*change, outcome); !room) {
          result.failures[i] = std::move(room).error();
          failed = true;
          continue;
        }
      }
      outcome.change = change->kind;
      outcome.new_item = std::move(change->item);
      if (failed || outcome.change == Change::Kind::kKeep) continue;
      pending.Add(*engine_, *table, action.key, options, outcome);
    }
    if (failed) return result;

    const int64_t finished_ms = now_ms() + options.hold_ms;
    if (token != nullptr) {
      parts_->tokens.Put(*token, finished_ms, receipt(result.outcomes), pending.batch());
    }
    pending.Commit(*engine_, streams_);
    result.committed = true;
    if (options.hold_ms > 0) {
      result.hold_ms = options.hold_ms;
      hold.Until(finished_ms);
      running.Until(finished_ms);
    }
  }
  if (options.collection_size) {
    for (size_t i = 0; i < actions.size(); ++i) {
      if (actions[i].table->has_local_indexes()) {
        result.outcomes[i].collection_bytes = CollectionSize(*actions[i].table, actions[i].key);
      }
    }
  }
  return result;
}

bool Store::InTransaction(const RowKey& key) const {
  return parts_->held.Holds(key.bytes);
}

}  // namespace dynarock
