// The command line: options, their environment variables, --help and --version.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/findings/run/settings.h"
#include "server/program/certificate_files.h"
#include "server/program/local_arguments.h"
#include "server/protocol/layers.h"
#include "server/schema/start/start_files.h"
#include "storage/stream/stream.h"

namespace dynarock::program {

struct Config {
  std::string host = "127.0.0.1";
  uint16_t port = 8000;
  std::vector<std::string> cors = {"*"};  // origins in lower case; "*": every one
  bool local_health = false;              // GET is answered as DynamoDB Local does
  std::string data_dir;                   // empty: in memory
  uint64_t memory_limit = 0;              // bytes; 0: none
  bool fsync = false;
  bool compact = false;
  bool isolate = false;
  int64_t transient_ms = 0;
  std::optional<int64_t> transient_index_ms;  // none: as transient_ms
  int64_t transaction_hold_ms = 0;
  int64_t ttl_interval_ms = 5000;
  StreamOptions streams;
  schema::StartFiles files;
  unsigned threads = 0;  // 0: one per core
  std::string log_level = "info";
  std::string log_format = "text";  // or "json"
  bool hints = true;
  protocol::Validation validation = protocol::Validation::kMajority;
  TlsSettings tls;
  std::vector<std::string> auth;  // KEY_ID:SECRET each
  std::string auth_file;
  bool advisor = true;
  std::string advisor_config;  // empty: none
  std::string audit;           // empty: no audit trail
  bool audit_values = false;
  bool no_control = false;
  std::string control_token;               // empty: none is asked for
  std::vector<std::string> control_hosts;  // names this server is reached by
  findings::run::Options report;
  // Set when the command line was DynamoDB Local's.
  std::optional<LocalArguments> local;
};

// What to do instead of serving: print `text` and leave with `status`.
struct Leave {
  int status = 0;
  std::string text;
};

// Reads the command line (without the program's name), dynarock's own or DynamoDB Local's, and the
// environment (DYNAROCK_PORT and so on; the command line wins). `subcommands`: lines for --help.
std::expected<Config, Leave> ReadConfig(std::span<const std::string> arguments,
                                        std::string_view subcommands = {});

// How long the states of global indexes last with -delayTransientStatuses, in milliseconds. A
// choice: DynamoDB Local's delay is not documented.
inline constexpr int64_t kLocalIndexDelayMs = 1000;

}  // namespace dynarock::program
