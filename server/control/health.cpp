#include "server/control/health.h"

#include <cmath>

#include "storage/item/json.h"

namespace dynarock::control {

double Health::uptime() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

http::Reply Health::Answer() const {
  const bool is_ready = ready();
  const int64_t now = store_.now_ms();
  int64_t tables = 0;
  for (const auto& table : store_.All()) tables += table->GoneAt(now) ? 0 : 1;

  http::Reply reply;
  reply.status = is_ready ? 200 : 503;
  reply.content_type = "application/json";
  JsonWriter writer(reply.body);
  writer.BeginObject();
  writer.Member("status", is_ready ? "ready" : "starting");
  writer.Member("version", DYNAROCK_VERSION);
  writer.MemberDouble("uptime", std::round(uptime() * 1000) / 1000);
  writer.Member("tables", tables);
  writer.EndObject();
  reply.body += '\n';
  return reply;
}

std::vector<Endpoint> Health::Endpoints() const {
  return {{.method = "GET",
           .path = "/_dynarock/health",
           .summary = "whether the server is ready",
           .answer = [this](const http::Request&) { return Answer(); },
           .needs_token = false}};
}

}  // namespace dynarock::control
