// The command line: options, their environment variables, --help and --version.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "storage/stream/stream.h"

namespace dynarock {

struct Config {
  std::string host = "127.0.0.1";
  uint16_t port = 8000;
  std::string data_dir;  // empty: in memory
  bool fsync = false;
  bool isolate = false;
  int64_t transient_ms = 0;
  int64_t transaction_hold_ms = 0;
  int64_t ttl_interval_ms = 5000;
  StreamOptions streams;
  unsigned threads = 0;  // 0: one per core
  std::string log_level = "info";
  bool hints = true;
  bool newer_form = false;
  bool advisor = true;
  std::vector<std::string> report_files;
};

// What to do instead of serving: print `text` and leave with `status`.
struct Leave {
  int status = 0;
  std::string text;
};

// Reads the command line and the environment (DYNAROCK_PORT and so on; the command line wins).
std::expected<Config, Leave> ReadConfig(int argc, const char* const* argv);

}  // namespace dynarock
