// One endpoint under /_dynarock/. Whoever has something to say there lists its own.
#pragma once

#include <functional>
#include <string_view>

#include "server/http/handler.h"

namespace dynarock::control {

struct Endpoint {
  std::string_view method;  // "GET" answers HEAD as well
  // As in the request, without its query: "/_dynarock/health". With "/" at the end everything below
  // it that has no endpoint of its own.
  std::string_view path;
  std::string_view summary;  // a few words for the list that an unknown path is answered with
  // Called from several threads at once. Never throws for what a request can cause. The request
  // passed the guard; its target still has the query.
  std::function<http::Reply(const http::Request& request)> answer;
  bool needs_token = true;  // where there is one
  bool takes_long = false;  // runs on a worker thread
};

// {"error":"<message>"} with that status.
http::Reply ErrorReply(unsigned status, std::string_view message);

}  // namespace dynarock::control
