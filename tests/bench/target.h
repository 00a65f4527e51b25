// The servers that are measured side by side.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/bench/load.h"
#include "tests/bench/process.h"

namespace dynarock::bench {

struct Target {
  std::string name;
  Endpoint endpoint;
  pid_t pid = 0;                        // 0: not on this machine, so its CPU time is unknown
  std::unique_ptr<ChildProcess> child;  // when it was started here
  bool is_ceiling = false;              // answers anything: with as many bytes as the path says
};

// Starts the server at `program` on a free port and waits until it answers. Throws
// std::runtime_error when it does not within ten seconds.
Target StartServer(const std::string& program, const std::vector<std::string>& options = {});
// The same for the bare Beast program.
Target StartCeiling(const std::string& program);
// A server that runs already, at a URL such as http://127.0.0.1:8000.
Target AttachTo(const std::string& url);

}  // namespace dynarock::bench
