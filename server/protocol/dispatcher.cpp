#include "server/protocol/dispatcher.h"

#include <algorithm>
#include <chrono>
#include <exception>

#include "server/protocol/auth.h"
#include "server/protocol/check.h"
#include "server/protocol/envelope.h"
#include "server/protocol/hint.h"
#include "server/protocol/reply.h"
#include "server/protocol/request_id.h"

namespace dynarock::protocol {

namespace {

constexpr std::string_view kApi = "DynamoDB_20120810";
constexpr std::string_view kStreamsApi = "DynamoDBStreams_20120810";

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

}  // namespace

const Operation* Dispatcher::Find(std::string_view target) const {
  const auto [api, name] = SplitTarget(target);
  if (api != kApi && api != kStreamsApi) return nullptr;
  const auto it = std::lower_bound(
      options_.operations.begin(), options_.operations.end(), name,
      [](const Operation& operation, std::string_view wanted) { return operation.name < wanted; });
  if (it == options_.operations.end() || it->name != name) return nullptr;
  return it->streams == (api == kStreamsApi) ? &*it : nullptr;
}

bool Dispatcher::TakesLong(const http::Request& request) const {
  const Operation* operation = Find(request.fields->Find("X-Amz-Target").value_or(""));
  if (operation == nullptr) return false;
  return request.body.size() > operation->inline_bytes ||
         (operation->takes_long != nullptr && operation->takes_long(request.body));
}

http::Reply Dispatcher::Handle(http::Request& request) {
  std::string request_id = NewRequestId();
  http::Reply reply = Answer(request, request_id);
  reply.request_id = std::move(request_id);
  if (request.fields->Find("Origin")) {
    reply.fields.emplace_back("Access-Control-Allow-Origin", "*");
  }
  return reply;
}

http::Reply Dispatcher::Answer(http::Request& request, std::string_view request_id) const {
  const http::Fields& fields = *request.fields;
  if (request.method == "OPTIONS" && fields.Find("Origin")) return PreflightReply(fields);
  if (request.method == "GET") return HealthReply("us-east-1");
  if (request.method != "POST") return NotFoundReply();
  return Post(request, request_id);
}

Result<void> Dispatcher::Perform(const Operation& operation, Call& call) const {
  DYNAROCK_CHECK(CheckTypes(*operation.input, call.input));
  DYNAROCK_CHECK(CheckConstraints(*operation.input, call.input));
  try {
    return operation.run(call);
  } catch (const std::exception& bug) {
    if (options_.warn) options_.warn(std::string(operation.name) + " failed: " + bug.what());
    return Fail(Internal("The request processing has failed because of an unknown error"));
  }
}

void Dispatcher::Log(const Operation& operation, const Result<void>& result) const {
  std::string line(operation.name);
  if (result) {
    line += " ok";
  } else {
    line.append(" ").append(ErrorName(result.error().kind)).append(": ");
    line.append(result.error().message);
    const std::string hint = HintOf(result.error());
    if (!hint.empty()) line.append(" (hint: ").append(hint) += ')';
  }
  options_.log(line);
}

http::Reply Dispatcher::Post(http::Request& request, std::string_view request_id) const {
  const http::Fields& fields = *request.fields;
  const std::string_view media_type = MediaType(fields);
  const bool amz_json = media_type == kAmzJson;
  const bool has_body = !request.body.empty() || request.undecodable;
  if (has_body && !amz_json && media_type != kPlainJson) return NotFoundReply();
  const std::string_view content_type = amz_json ? kAmzJson : kPlainJson;

  const size_t request_bytes = request.body.size();
  JsonDocument document;
  if (request.undecodable) return NotJsonReply(content_type);
  if (has_body && (!document.Parse(std::move(request.body)) || !document.root().IsObject())) {
    return NotJsonReply(content_type);
  }

  const std::string_view target = fields.Find("X-Amz-Target").value_or("");
  const Operation* operation = Find(target);
  const auto [api, name] = SplitTarget(target);
  const bool known = api == kApi || api == kStreamsApi;
  const bool unimplemented = operation == nullptr && known &&
                             std::find(options_.unimplemented.begin(), options_.unimplemented.end(),
                                       name) != options_.unimplemented.end();
  if (operation == nullptr && !unimplemented) return UnknownOperationReply(content_type);

  auto scope = CheckAuth(fields, request.target);
  if (!scope) return AuthErrorReply(scope.error().type, scope.error().message, content_type);
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
  Call call{.services = services_,
            .caller = caller,
            .input = document.root(),
            .out = JsonWriter(reply.body)};
  const bool watched = !options_.observers.empty();
  if (watched) call.trace = &Trace::OfThread();
  Result<void> result = Perform(*operation, call);
  if (!result && options_.newer_form && result.error().kind == ErrorKind::kValidation) {
    result.error().message = NewerForm(operation->name, std::move(result.error().message));
  }
  if (options_.log) Log(*operation, result);
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
  reply.delay = call.delay;
  if (watched) {
    const auto finished = std::chrono::steady_clock::now();
    const Observation observation{
        .operation = *operation,
        .caller = caller,
        .input = call.input,
        .request_id = request_id,
        .user_agent = fields.Find("User-Agent").value_or(""),
        .error = result ? nullptr : &result.error(),
        .status = reply.status,
        .request_bytes = request_bytes,
        .reply_body = reply.body,
        .spent = finished - start,
        .finished = finished,
        .trace = *call.trace,
    };
    for (Observer* observer : options_.observers) observer->Observe(observation);
    call.trace->Clear();
  }
  return reply;
}

}  // namespace dynarock::protocol
