// Lines for people and for programs that collect them, on stderr.
#pragma once

#include <string>

#include <spdlog/spdlog.h>

#include "server/protocol/observation.h"

namespace dynarock::program {

// Sets up spdlog's default logger. `level`: debug, info, warn, error or off. `json`: one object a
// line, {"time":"2026-11-25T13:07:00.123Z","level":"info","message":"..."}; else text.
void SetUpLog(const std::string& level, bool json);

// One line per request, at level debug. As JSON it has, beside the above, operation, status, error
// (the type; null: success), request_id, latency_ms, hint (where there is one) and message.
class RequestLog : public protocol::Observer {
 public:
  // After SetUpLog. `json` as there.
  explicit RequestLog(bool json);
  void Observe(const protocol::Observation& observation) override;

 private:
  const bool json_;
  std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace dynarock::program
