#include "server/protocol/dispatcher.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>
#include <new>

#include "server/crypto/sha256.h"
#include "server/protocol/at_work.h"
#include "server/protocol/check.h"
#include "server/protocol/hint.h"
#include "server/protocol/older_answers.h"
#include "server/protocol/reply.h"
#include "server/protocol/request_id.h"
#include "server/protocol/signature_check.h"
#include "storage/item/text.h"

namespace dynarock::protocol {

namespace {

constexpr std::string_view kApi = "DynamoDB_20120810";
constexpr std::string_view kStreamsApi = "DynamoDBStreams_20120810";
// The API before that, which the service still answers.
constexpr std::string_view kFirstApi = "DynamoDB_20111205";
constexpr std::string_view kFirstOperations[] = {
    "BatchGetItem",  "BatchWriteItem", "CreateTable", "DeleteItem", "DeleteTable",
    "DescribeTable", "GetItem",        "ListTables",  "PutItem",    "Query",
    "Scan",          "UpdateItem",     "UpdateTable"};

constexpr std::string_view kUnknownError =
    "The request processing has failed because of an unknown error";

// What a thread is at work on when the request names no operation that there is.
constexpr std::string_view kNoOperation = "a request without an operation";

// The media type without parameters.
std::string_view MediaType(const http::Fields& fields) {
  std::string_view type = fields.Find("Content-Type").value_or("");
  type = type.substr(0, type.find(';'));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  return type;
}

// Api and operation of an X-Amz-Target field; empty where it has not exactly two parts.
std::pair<std::string_view, std::string_view> SplitTarget(std::string_view target) {
  const size_t dot = target.find('.');
  if (dot == std::string_view::npos || target.find('.', dot + 1) != std::string_view::npos) {
    return {};
  }
  return {target.substr(0, dot), target.substr(dot + 1)};
}

bool IsOfFirstApi(std::string_view target) {
  const auto [api, name] = SplitTarget(target);
  return api == kFirstApi &&
         std::ranges::find(kFirstOperations, name) != std::end(kFirstOperations);
}

// The region that the health line names: the one that the request is signed for, where it is signed
// and the region looks like one (the body has no type, and browsers would take markup for HTML).
std::string HealthRegion(const http::Request& request) {
  auto scope = CheckAuth(*request.fields, request.target);
  const bool named = scope && std::ranges::all_of(scope->region, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                     });
  return named ? std::move(scope->region) : CredentialScope().region;
}

}  // namespace

Dispatcher::Dispatcher(Options options, Store& store)
    : options_(std::move(options)), store_(store), machine_(options_.warn) {
  newer_.reserve(options_.operations.size());
  for (const Operation& operation : options_.operations) {
    const LayerEntry* entry = operation.streams ? nullptr : FindLayerEntry(operation.name);
    newer_.push_back(LayerOf(entry, options_.validation) == Layer::kNewer ? entry : nullptr);
  }
  for (Observer* observer : options_.observers) {
    if (observer->WantsTrace()) tracing_.push_back({observer, observer->witness()});
  }
}

const Operation* Dispatcher::Find(std::string_view target) const {
  const auto [api, name] = SplitTarget(target);
  if (api != kApi && api != kStreamsApi) return nullptr;
  const auto it = std::lower_bound(
      options_.operations.begin(), options_.operations.end(), name,
      [](const Operation& operation, std::string_view wanted) { return operation.name < wanted; });
  if (it == options_.operations.end() || it->name != name) return nullptr;
  return it->streams == (api == kStreamsApi) ? &*it : nullptr;
}

const LayerEntry* Dispatcher::NewerLayerOf(const Operation& operation) const {
  return newer_[static_cast<size_t>(&operation - options_.operations.data())];
}

bool Dispatcher::TakesLong(const http::Request& request) const {
  const Operation* operation = Find(request.fields->Find("X-Amz-Target").value_or(""));
  if (operation == nullptr) return false;
  return request.body.size() > operation->inline_bytes ||
         (operation->takes_long != nullptr && operation->takes_long(request.body));
}

http::Reply Dispatcher::Handle(http::Request& request) {
  std::string request_id = NewRequestId();
  http::Reply reply;
  try {
    reply = Answer(request, request_id);
  } catch (const std::exception& bug) {
    const std::string_view target = request.fields->Find("X-Amz-Target").value_or("");
    reply = ErrorReply(Bug(Find(target) != nullptr ? target : "a request", bug), kAmzJson);
  }
  reply.request_id = std::move(request_id);
  if (const auto origin = request.fields->Find("Origin")) {
    AllowOrigin(AllowedOrigin(*origin), reply);
  }
  return reply;
}

// What Access-Control-Allow-Origin says; empty: nothing.
std::string Dispatcher::AllowedOrigin(std::string_view origin) const {
  const std::string lower = Lowered(origin);
  for (const std::string& allowed : options_.origins) {
    if (allowed == "*") return allowed;
    if (allowed == lower) return std::string(origin);
  }
  return {};
}

http::Reply Dispatcher::Answer(http::Request& request, std::string_view request_id) const {
  const http::Fields& fields = *request.fields;
  if (const auto origin = fields.Find("Origin"); request.method == "OPTIONS" && origin) {
    return AllowedOrigin(*origin).empty() ? http::Reply{} : PreflightReply(fields);
  }
  if (request.method == "GET") {
    return options_.local_health ? LocalHealthReply() : HealthReply(HealthRegion(request));
  }
  if (request.method != "POST") return NotFoundReply();
  return Post(request, request_id);
}

Error Dispatcher::Bug(std::string_view who, const std::exception& bug) const {
  if (options_.warn) options_.warn(std::string(who) + " failed: " + bug.what());
  return Internal(std::string(kUnknownError));
}

Result<void> Dispatcher::Perform(const Operation& operation, Call& call, JsonValue& input,
                                 bool& checked) const {
  try {
    DYNAROCK_CHECK(CheckTypes(*operation.input, input));
    checked = true;
    if (call.context.layer == Layer::kNewer && !operation.newer.empty()) {
      DYNAROCK_CHECK(CheckStages(*operation.input, operation.newer, input));
    } else {
      DYNAROCK_CHECK(CheckConstraints(*operation.input, input));
    }
    if (call.context.error) return Fail(*call.context.error);
    return operation.run(call);
  } catch (const MachineError& trouble) {
    machine_.Say(std::string(operation.name) + " failed: " + trouble.what());
    Error error = Internal(std::string(kUnknownError));
    error.hint = trouble.hint();
    return Fail(std::move(error));
  } catch (const std::bad_alloc&) {
    machine_.Say(std::string(operation.name) + " failed: there is no memory left");
    Error error = Internal(std::string(kUnknownError));
    error.hint = "the server gets no more memory from the machine; see --memory-limit";
    return Fail(std::move(error));
  } catch (const std::exception& bug) {
    return Fail(Bug(operation.name, bug));
  }
}

std::expected<CredentialScope, AuthError> Dispatcher::Authenticate(
    const http::Request& request, std::string_view payload_hash) const {
  if (options_.keys == nullptr) return CheckAuth(*request.fields, request.target);
  auto scope = CheckSignature(request, payload_hash, *options_.keys, options_.clock->now_s());
  if (!scope && options_.log) options_.log(Explain(request, payload_hash));
  return scope;
}

http::Reply Dispatcher::Refuse(const AuthError& error, std::string_view content_type) const {
  if (options_.log) options_.log(std::string(error.type) + ": " + error.message);
  http::Reply reply = AuthErrorReply(error.type, error.message, content_type);
  if (options_.hints && !error.hint.empty()) {
    reply.fields.emplace_back("x-dynarock-hint", error.hint);
  }
  return reply;
}

http::Reply Dispatcher::Undecodable(std::string_view content_type) const {
  http::Reply reply = ErrorReply(Internal(std::string(kUnknownError)), content_type);
  if (options_.hints) {
    reply.fields.emplace_back("x-dynarock-hint",
                              "the body is empty, broken or cut off, or its Content-Encoding is "
                              "neither gzip nor deflate");
  }
  return reply;
}

RequestContext Dispatcher::ContextOf(const Incoming& request) const {
  RequestContext context;
  context.now_ms = options_.clock->now_ms();
  if (NewerLayerOf(request.operation) != nullptr) context.layer = Layer::kNewer;
  if (options_.isolate) context.owner = request.caller.access_key;
  context.transaction_hold_ms = options_.transaction_hold_ms;
  if (options_.decide) options_.decide(request, context);
  return context;
}

// Null where nobody watches. At most one observer has a witness.
Trace* Dispatcher::TraceForObservers() const {
  bool wanted = false;
  trace::Witness* witness = nullptr;
  for (const Tracing& tracing : tracing_) {
    if (tracing.observer->paused()) continue;
    wanted = true;
    if (tracing.witness != nullptr) witness = tracing.witness;
  }
  return wanted ? &Trace::OfThread(witness) : nullptr;
}

// Whoever cannot watch a request must not turn its answer into an error: its write may be done.
template <class What>
void Dispatcher::Tell(const Operation& operation, What what) const {
  for (Observer* observer : options_.observers) {
    try {
      if (!observer->paused()) what(*observer);
    } catch (const std::exception& bug) {
      Bug("an observer of " + std::string(operation.name), bug);
    }
  }
}

http::Reply Dispatcher::Post(http::Request& request, std::string_view request_id) const {
  const http::Fields& fields = *request.fields;
  const std::string_view media_type = MediaType(fields);
  const bool amz_json = media_type == kAmzJson;
  const bool has_body = !request.body.empty() || request.undecodable;
  if (has_body && !amz_json && media_type != kPlainJson) return NotFoundReply();
  const std::string_view content_type = amz_json ? kAmzJson : kPlainJson;

  const std::string_view target = fields.Find("X-Amz-Target").value_or("");
  const Operation* operation = Find(target);
  const AtWork work(operation != nullptr ? operation->name : kNoOperation);
  const size_t request_bytes = request.body.size();
  std::string payload_hash;  // before the body is parsed, which happens in place
  if (options_.keys != nullptr) {
    payload_hash = crypto::Hex(crypto::Sha256(request.received ? *request.received : request.body));
  }
  JsonDocument document;
  if (request.undecodable) return Undecodable(content_type);
  if (has_body && (!document.Parse(std::move(request.body)) || !document.root().IsObject())) {
    return NotJsonReply(content_type);
  }

  const auto [api, name] = SplitTarget(target);
  const bool known = api == kApi || api == kStreamsApi;
  const bool unimplemented = operation == nullptr && known &&
                             std::find(options_.unimplemented.begin(), options_.unimplemented.end(),
                                       name) != options_.unimplemented.end();
  const bool first_api = operation == nullptr && IsOfFirstApi(target);
  if (operation == nullptr && !unimplemented && !first_api) {
    return UnknownOperationReply(content_type);
  }

  auto scope = Authenticate(request, payload_hash);
  if (!scope) return Refuse(scope.error(), content_type);
  if (first_api) {
    return UnknownOperationReply(content_type,
                                 "dynarock does not implement the API " + std::string(api));
  }
  if (unimplemented) {
    return UnknownOperationReply(content_type,
                                 "dynarock does not implement " + std::string(name) + " yet");
  }
  if (!has_body) return NotJsonReply(content_type);

  const auto start = std::chrono::steady_clock::now();
  http::Reply reply;
  const Caller caller{.access_key = std::move(scope->access_key),
                      .region = std::move(scope->region),
                      .host = std::string(fields.Find("Host").value_or(""))};
  RequestContext context = ContextOf({*operation, caller, document.root(), fields});
  Call call{.store = store_,
            .caller = caller,
            .context = context,
            .input = document.root(),
            .out = JsonWriter(reply.body)};
  call.trace = TraceForObservers();
  bool checked = false;
  Result<void> result = Perform(*operation, call, document.root(), checked);
  // Whether the older layer answers is asked only when the newer one has refused: a good request is
  // the same to both.
  if (!result && context.layer == Layer::kNewer && checked &&
      result.error().kind == ErrorKind::kValidation && reply.body.empty() &&
      OlderLayerAnswers(*operation->input, call.input, *NewerLayerOf(*operation))) {
    context.layer = Layer::kOlder;
    if (call.trace != nullptr) call.trace->Clear();
    result = Perform(*operation, call, document.root(), checked);
  }
  if (!result) {
    reply = ErrorReply(result.error(), content_type);
    if (std::string hint = options_.hints ? HintOf(result.error()) : std::string(); !hint.empty()) {
      reply.fields.emplace_back("x-dynarock-hint", std::move(hint));
    }
  } else {
    reply.content_type = content_type;
    if (call.no_body) {
      reply.body.clear();
    } else if (reply.body.empty()) {
      reply.body = "{}";
    }
  }
  reply.delay = call.delay + context.delay;
  if (!options_.observers.empty()) {
    static const Trace kNothing{};
    static const JsonValue kUnchecked{};
    const auto finished = std::chrono::steady_clock::now();
    const Observation observation{
        .operation = *operation,
        .caller = caller,
        .input = checked ? call.input : kUnchecked,
        .sent = call.input,
        .request_id = request_id,
        .user_agent = fields.Find("User-Agent").value_or(""),
        .error = result ? nullptr : &result.error(),
        .status = reply.status,
        .request_bytes = request_bytes,
        .reply_body = reply.body,
        .now_ms = context.now_ms,
        .spent = finished - start,
        .finished = finished,
        .connection = request.connection,
        .number = request.number,
        .trace = call.trace != nullptr ? *call.trace : kNothing,
    };
    Tell(*operation, [&](Observer& observer) { observer.Observe(observation); });
    if (const auto& failure = observation.trace.failure(); failure != nullptr) [[unlikely]] {
      Tell(*operation, [&](Observer& observer) {
        if (observer.witness() == call.trace->witness()) std::rethrow_exception(failure);
      });
    }
  }
  if (call.trace != nullptr) call.trace->Clear();
  return reply;
}

}  // namespace dynarock::protocol
