// From an HTTP request to an operation and back: the order in which the service looks at a request.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/handler.h"
#include "server/protocol/auth.h"
#include "server/protocol/key_ring.h"
#include "server/protocol/layers.h"
#include "server/protocol/observation.h"
#include "server/protocol/operation.h"
#include "server/protocol/request_context.h"
#include "server/protocol/sparse_log.h"
#include "storage/clock/clock.h"

namespace dynarock::protocol {

// A request about to run, for whoever decides on its context.
struct Incoming {
  const Operation& operation;
  const Caller& caller;
  const JsonValue& input;  // as it was sent: its shape is not checked yet
  const http::Fields& fields;
};

class Dispatcher : public http::Handler {
 public:
  struct Options {
    // Operations of DynamoDB_20120810, sorted by name.
    std::span<const Operation> operations;
    // Names of operations that the APIs have and dynarock does not: answered by name.
    std::span<const std::string_view> unimplemented;
    // Whether errors carry a hint in plain words in the field x-dynarock-hint.
    bool hints = true;
    // Whose answers to faulty requests are followed where regions differ.
    Validation validation = Validation::kMajority;
    // By which signatures are too old or too new, and requests are observed. Outlives the
    // dispatcher.
    const Clock* clock = &Clock::System();
    // Whether tables belong to the access key and region of a request rather than to everybody.
    bool isolate = false;
    // RequestContext::transaction_hold_ms of every request.
    int64_t transaction_hold_ms = 0;
    // If set, may change the context of every request that is about to run. Called from several
    // threads at once, on the request's way; must be quick.
    std::function<void(const Incoming& request, RequestContext& context)> decide;
    // If set, every request has to be signed with one of these. They outlive the dispatcher.
    const KeyRing* keys = nullptr;
    // Whose web pages may use the API: origins in lower case, or "*" for all.
    std::vector<std::string> origins = {"*"};
    // Whether GET is answered with status 400, as DynamoDB Local does.
    bool local_health = false;
    // One line per request that is refused before it reaches an operation, if set.
    std::function<void(std::string_view)> log;
    // Told of every request that reached an operation. They outlive the dispatcher.
    std::vector<Observer*> observers;
    // What only a bug or the machine can cause, if set; the latter once a second at most.
    std::function<void(std::string_view)> warn;
  };
  Dispatcher(Options options, Store& store);

  bool TakesLong(const http::Request& request) const override;
  http::Reply Handle(http::Request& request) override;

 private:
  http::Reply Answer(http::Request& request, std::string_view request_id) const;
  std::string AllowedOrigin(std::string_view origin) const;
  http::Reply Post(http::Request& request, std::string_view request_id) const;
  // `payload_hash`: of the body as sent; only looked at where there are keys.
  std::expected<CredentialScope, AuthError> Authenticate(const http::Request& request,
                                                         std::string_view payload_hash) const;
  Trace* TraceForObservers() const;
  RequestContext ContextOf(const Incoming& request) const;
  template <class What>
  void Tell(const Operation& operation, What what) const;
  http::Reply Refuse(const AuthError& error, std::string_view content_type) const;
  http::Reply Undecodable(std::string_view content_type) const;
  // `checked`: whether `input`, which is the call's, has passed the operation's shape.
  Result<void> Perform(const Operation& operation, Call& call, JsonValue& input,
                       bool& checked) const;
  // What only a bug or the machine can cause: logged with who failed, and answered as an
  // InternalServerError.
  Error Bug(std::string_view who, const std::exception& bug) const;
  const Operation* Find(std::string_view target) const;
  // nullptr: the operation speaks the older layer.
  const LayerEntry* NewerLayerOf(const Operation& operation) const;

  Options options_;
  std::vector<const LayerEntry*> newer_;  // one per operation; nullptr: the older layer
  // Those that want Observation::trace.
  struct Tracing {
    const Observer* observer;
    trace::Witness* witness;
  };
  std::vector<Tracing> tracing_;
  Store& store_;
  mutable SparseLog machine_;  // what the machine does
};

}  // namespace dynarock::protocol
