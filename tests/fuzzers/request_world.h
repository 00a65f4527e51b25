// The server that the request fuzzer speaks to: everything of it but sockets, with some tables.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server/advisor/advisor.h"
#include "server/audit/audit_log.h"
#include "server/control/health.h"
#include "server/control/metrics.h"
#include "server/findings/report.h"
#include "server/findings/run/desk.h"
#include "server/operations/request/table_lookup.h"
#include "server/program/log.h"
#include "server/program/run_source.h"
#include "server/program/stored_items.h"
#include "server/protocol/dispatcher.h"
#include "server/schema/start/drift.h"
#include "storage/clock/settable_clock.h"
#include "storage/table/store.h"

namespace dynarock::fuzzers {

// In memory, with a clock that stands still and every observer that the program has: advisor, audit
// with values, drift, metrics, request log. For one thread. Its tables:
//   tab  pk S, sk N; lsi (pk, l S); gsi (g S), keys only; multi (a S, b N | c S, d B); a stream,
//   TTL bin  pk B pro  pk S, sk S; provisioned, with gsi (sk)
class World {
 public:
  World();
  ~World();

  // One whose tables and items are as new, so that an input that crashes does so by itself. It is
  // made anew where an input may have changed tables, and after a few hundred inputs, since advisor
  // and streams keep something of every request; that takes long, so otherwise only the items are.
  static World& Fresh();

  // Sends one request and returns the status. What no request may cause ends the process: a status
  // other than 200 and 400, a body that is not JSON, a warning of the dispatcher. In the body
  // "$NAME" stands for what an earlier answer had for the member NAME, where NAME is one of
  // kRemembered. With FUZZ_SHOW in the environment, answers are printed on stderr.
  unsigned Send(std::string_view operation, std::string body);
  static constexpr std::string_view kRemembered[] = {"NextToken",
                                                     "ShardIterator",
                                                     "NextShardIterator",
                                                     "LastEvaluatedKey",
                                                     "LastEvaluatedTableName",
                                                     "LatestStreamArn",
                                                     "LastEvaluatedStreamArn",
                                                     "ShardId",
                                                     "SequenceNumber"};

  // Makes the report of a run in all formats, and the metrics.
  void Report();

  static constexpr int64_t kNowMs = 1'750'000'000'000;

 private:
  void MakeTables();
  void PutItems();
  // Puts the fixture's items in place of what is there, and lets tokens of transactions expire.
  void ResetItems();
  std::string Perform(const protocol::Operation& operation, std::string body);
  void Remember(const std::string& reply);
  protocol::Dispatcher::Options OptionsOf();

  SettableClock clock_{kNowMs};
  std::unique_ptr<Store> store_;
  program::StoredItems stored_;
  advisor::Advisor advisor_;
  std::unique_ptr<audit::AuditLog> audit_;
  control::Health health_;
  control::Metrics metrics_;
  program::RequestLog request_log_;
  std::unique_ptr<schema::DriftObserver> drift_;
  std::unique_ptr<program::RunSource> source_;
  std::unique_ptr<findings::run::Desk> desk_;
  std::unique_ptr<protocol::Dispatcher> dispatcher_;
  std::map<std::string, std::string, std::less<>> remembered_;  // values as JSON
  uint64_t number_ = 0;
  // What requests may have changed.
  enum class Changed : uint8_t { kNothing, kItems, kTables };
  Changed changed_ = Changed::kNothing;
};

}  // namespace dynarock::fuzzers
