// Who may reach the control endpoints: programs on this machine, and nobody's web page.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/handler.h"

namespace dynarock::control {

// A browser sends what any page tells it to, also to localhost, and by DNS rebinding even as if
// page and server had the same origin. What it cannot be told is to leave out or forge Origin,
// Sec-Fetch-Site (Fetch Metadata, W3C) and Host.
class Guard {
 public:
  struct Options {
    std::string token;               // empty: none is asked for
    std::vector<std::string> hosts;  // names this server is reached by, beside those below
  };
  explicit Guard(Options options);

  // Nothing, or one line: why a request is refused. Refused are requests with an Origin that is not
  // this server's own; with a Sec-Fetch-Site other than same-origin and none; with a Host that may
  // be somebody's DNS name: not numeric, not localhost or below it, no single word as in `docker
  // compose`, not host.docker.internal, not among the configured names.
  std::optional<std::string> CheckPage(const http::Fields& fields) const;

  // Whether the request has the token, in `Authorization: Bearer` or `x-dynarock-token`; true when
  // none is asked for.
  bool HasToken(const http::Fields& fields) const;

 private:
  bool IsOurs(std::string_view host) const;

  Options options_;
};

}  // namespace dynarock::control
