#include "server/config.h"

#include <charconv>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

namespace dynarock {

namespace {

constexpr const char* kDescription =
    "dynarock: a DynamoDB-compatible server for local development and CI.\n"
    "Point an AWS SDK at it: endpoint http://localhost:8000, any region, any credentials.";

constexpr const char* kFooter =
    "\nEvery option can also be set by an environment variable: DYNAROCK_PORT=9000 is --port 9000.";

constexpr uint32_t kMaxStreamShards = 64;

// One --stream-shards; false when it is none.
bool ReadStreamShards(std::string_view entry, StreamOptions& streams) {
  const size_t equals = entry.rfind('=');
  const std::string_view digits = entry.substr(equals == std::string_view::npos ? 0 : equals + 1);
  uint32_t shards = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), shards);
  if (error != std::errc() || end != digits.data() + digits.size()) return false;
  if (shards < 1 || shards > kMaxStreamShards) return false;
  if (equals == std::string_view::npos) {
    streams.shards = shards;
    return true;
  }
  streams.shards_of[std::string(entry.substr(0, equals))] = shards;
  return equals > 0;
}

}  // namespace

std::expected<Config, Leave> ReadConfig(int argc, const char* const* argv) {
  Config config;
  CLI::App app(kDescription, "dynarock");
  app.set_version_flag("--version", "dynarock " DYNAROCK_VERSION);
  app.footer(kFooter);
  app.get_formatter()->column_width(28);
  app.get_formatter()->label("REQUIRED", "");
  app.add_option("--host", config.host, "address to listen on: numeric or \"localhost\"")
      ->envname("DYNAROCK_HOST")
      ->capture_default_str();
  app.add_option("--port", config.port, "port to listen on; 0 takes any free one")
      ->envname("DYNAROCK_PORT")
      ->capture_default_str();
  app.add_option("--data-dir", config.data_dir,
                 "keep data in this directory; without it everything is in memory")
      ->envname("DYNAROCK_DATA_DIR");
  app.add_flag("--fsync", config.fsync,
               "with --data-dir: acknowledged writes survive power loss too")
      ->envname("DYNAROCK_FSYNC");
  app.add_flag("--isolate", config.isolate, "give every access key and region tables of its own")
      ->envname("DYNAROCK_ISOLATE");
  app.add_option("--transient-ms", config.transient_ms,
                 "milliseconds that CREATING, UPDATING and DELETING last")
      ->envname("DYNAROCK_TRANSIENT_MS")
      ->check(CLI::Range(0, 3'600'000))
      ->capture_default_str();
  app.add_option("--transaction-hold-ms", config.transaction_hold_ms,
                 "go on holding a transaction's items for so long, to provoke conflicts")
      ->envname("DYNAROCK_TRANSACTION_HOLD_MS")
      ->check(CLI::Range(0, 600'000))
      ->capture_default_str();
  app.add_option("--ttl-interval-ms", config.ttl_interval_ms,
                 "how often expired items are looked for and deleted")
      ->envname("DYNAROCK_TTL_INTERVAL_MS")
      ->check(CLI::Range(10, 86'400'000))
      ->capture_default_str();
  app.add_option("--shard-ms", config.streams.shard_ms,
                 "how long a stream's shard stays open before the next one follows")
      ->envname("DYNAROCK_SHARD_MS")
      ->check(CLI::Range(10, 86'400'000))
      ->capture_default_str();
  std::vector<std::string> stream_shards;
  app.add_option("--stream-shards", stream_shards,
                 "open shards per stream: N, or TABLE=N for one table; repeatable")
      ->envname("DYNAROCK_STREAM_SHARDS")
      ->delimiter(',')
      ->type_name("[TABLE=]N");
  app.add_option("--stream-retention-ms", config.streams.retention_ms,
                 "how long a stream keeps its records")
      ->envname("DYNAROCK_STREAM_RETENTION_MS")
      ->check(CLI::Range(100, 86'400'000))
      ->capture_default_str();
  app.add_option("--threads", config.threads, "io threads; 0: one per core")
      ->envname("DYNAROCK_THREADS")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  app.add_option("--log-level", config.log_level, "debug shows every request")
      ->envname("DYNAROCK_LOG_LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  app.add_flag("--hints,!--no-hints", config.hints,
               "explain errors in the header x-dynarock-hint (on by default)")
      ->envname("DYNAROCK_HINTS");
  app.add_flag("--newer-messages", config.newer_form,
               "messages of single-item writes as newer regions have them")
      ->envname("DYNAROCK_NEWER_MESSAGES");
  app.add_flag("--advisor,!--no-advisor", config.advisor,
               "watch requests and say what will cost or hurt in production (on by default)")
      ->envname("DYNAROCK_ADVISOR");
  app.add_option("--report", config.report_files,
                 "write what the advisor has to say to this file when the server stops")
      ->envname("DYNAROCK_REPORT");
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    return std::unexpected(Leave{0, app.help()});
  } catch (const CLI::CallForVersion& version) {
    return std::unexpected(Leave{0, std::string(version.what()) + "\n"});
  } catch (const CLI::ParseError& error) {
    return std::unexpected(Leave{2, "dynarock: " + std::string(error.what()) + " (try --help)\n"});
  }
  for (const std::string& entry : stream_shards) {
    if (ReadStreamShards(entry, config.streams)) continue;
    return std::unexpected(Leave{2, "dynarock: --stream-shards: " + entry +
                                        " is not N or TABLE=N with N from 1 to " +
                                        std::to_string(kMaxStreamShards) + " (try --help)\n"});
  }
  if (config.fsync && config.data_dir.empty()) {
    return std::unexpected(Leave{2, "dynarock: --fsync needs --data-dir DIR (try --help)\n"});
  }
  return config;
}

}  // namespace dynarock
