// Calls operations as the dispatcher does, on a store in memory and a clock that stands still.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/operations/request/table_lookup.h"
#include "server/protocol/operation.h"
#include "storage/clock/settable_clock.h"
#include "storage/table/store.h"

namespace dynarock::operations {

class TableClient {
 public:
  explicit TableClient(bool isolate = false, int64_t transient_ms = 0);

  // Types, constraints, then the operation itself. The answer's body, or the error's message.
  std::string operator()(const protocol::Operation& operation, std::string_view request);

  // A hash-only table with the key pk (S), on demand.
  void MakeTable(std::string_view name);

  Store& store() { return *store_; }
  SettableClock& clock() { return clock_; }
  protocol::Caller& caller() { return caller_; }
  // Of the last call that failed.
  ErrorKind error_kind() const { return error_kind_; }

 private:
  SettableClock clock_{1'800'000'000'000};
  std::unique_ptr<Store> store_;
  const bool isolate_;
  protocol::Caller caller_{.access_key = "key", .region = "eu-west-1", .host = "localhost:8000"};
  ErrorKind error_kind_ = ErrorKind::kInternalFailure;
};

// `json` with single quotes for double ones, for readable tables of cases.
std::string Quoted(std::string_view json);

}  // namespace dynarock::operations
