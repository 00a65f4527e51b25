#include "server/control/control.h"

#include "server/protocol/at_work.h"
#include "storage/item/json.h"

namespace dynarock::control {

namespace {

constexpr std::string_view kRoot = "/_dynarock";
constexpr std::string_view kJson = "application/json";

std::string_view PathOf(std::string_view target) {
  return target.substr(0, target.find('?'));
}

bool IsControl(std::string_view path) {
  return path.starts_with(kRoot) && (path.size() == kRoot.size() || path[kRoot.size()] == '/');
}

// Text from a request, which may be no UTF-8, for JSON.
std::string Printable(std::string_view text) {
  if (IsUtf8(text)) return std::string(text);
  std::string printable(text);
  for (char& c : printable) {
    if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  }
  return printable;
}

}  // namespace

http::Reply ErrorReply(unsigned status, std::string_view message) {
  http::Reply reply;
  reply.status = status;
  reply.content_type = kJson;
  reply.checksum = false;
  JsonWriter writer(reply.body);
  writer.BeginObject();
  writer.Member("error", Printable(message));
  writer.EndObject();
  reply.body += '\n';
  return reply;
}

Control::Control(Options options, http::Handler& api)
    : enabled_(options.enabled), guard_(std::move(options.guard)), api_(api) {}

// The endpoint with exactly this path, else the one with the longest path it lies below.
const Endpoint* Control::Find(std::string_view method, std::string_view path) const {
  if (method == "HEAD") method = "GET";
  const Endpoint* best = nullptr;
  for (const Endpoint& endpoint : endpoints_) {
    if (endpoint.method != method) continue;
    if (endpoint.path == path) return &endpoint;
    if (endpoint.path.ends_with('/') && path.starts_with(endpoint.path) &&
        (best == nullptr || endpoint.path.size() > best->path.size())) {
      best = &endpoint;
    }
  }
  return best;
}

bool Control::TakesLong(const http::Request& request) const {
  const std::string_view path = PathOf(request.target);
  if (!IsControl(path)) return api_.TakesLong(request);
  const Endpoint* endpoint = enabled_ ? Find(request.method, path) : nullptr;
  return endpoint != nullptr && endpoint->takes_long;
}

http::Reply Control::Handle(http::Request& request) {
  const std::string_view path = PathOf(request.target);
  if (!IsControl(path)) return api_.Handle(request);
  if (!enabled_) {
    return ErrorReply(404, "the control endpoints are switched off (--no-control)");
  }
  http::Reply reply = Answer(request, path);
  reply.checksum = false;
  reply.fields.emplace_back("Cache-Control", "no-store");
  // A page that embeds or reads one of these has no business here.
  reply.fields.emplace_back("X-Content-Type-Options", "nosniff");
  reply.fields.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  return reply;
}

http::Reply Control::Answer(const http::Request& request, std::string_view path) const {
  if (auto refused = guard_.CheckPage(*request.fields)) {
    return ErrorReply(403, *refused);
  }
  const Endpoint* endpoint = Find(request.method, path);
  const bool token = endpoint == nullptr || endpoint->needs_token;
  if (token && !guard_.HasToken(*request.fields)) {
    http::Reply reply =
        ErrorReply(401,
                   "this endpoint needs the token of --control-token: Authorization: Bearer "
                   "TOKEN, or x-dynarock-token: TOKEN");
    reply.fields.emplace_back("WWW-Authenticate", "Bearer realm=\"dynarock\"");
    return reply;
  }
  if (endpoint != nullptr) {
    const protocol::AtWork work(endpoint->path);
    return endpoint->answer(request);
  }
  for (const Endpoint& other : endpoints_) {
    if (other.path == path) return WrongMethod(request.method, path);
  }
  return Unknown(path);
}

http::Reply Control::WrongMethod(std::string_view method, std::string_view path) const {
  std::string allowed;
  for (const Endpoint& endpoint : endpoints_) {
    if (endpoint.path != path) continue;
    if (!allowed.empty()) allowed += ", ";
    allowed.append(endpoint.method);
    if (endpoint.method == "GET") allowed += ", HEAD";
  }
  http::Reply reply = ErrorReply(
      405, std::string(path) + " does not take " + std::string(method) + ", but " + allowed);
  reply.fields.emplace_back("Allow", std::move(allowed));
  return reply;
}

http::Reply Control::Unknown(std::string_view path) const {
  http::Reply reply;
  reply.status = 404;
  reply.content_type = kJson;
  JsonWriter writer(reply.body);
  writer.BeginObject();
  writer.Member("error", "there is no endpoint " + Printable(path));
  writer.Key("endpoints");
  writer.BeginArray();
  for (const Endpoint& endpoint : endpoints_) {
    writer.BeginObject();
    writer.Member("method", endpoint.method);
    writer.Member("path", endpoint.path);
    writer.Member("summary", endpoint.summary);
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  reply.body += '\n';
  return reply;
}

}  // namespace dynarock::control
