#include "server/program/config.h"

#include <algorithm>
#include <filesystem>

#include <CLI/CLI.hpp>

#include "server/program/help.h"
#include "server/program/option_values.h"
#include "storage/engine/memory_gauge.h"

namespace dynarock::program {

namespace {

constexpr const char* kDescription =
    "dynarock: a DynamoDB-compatible server for local development and CI.\n"
    "Point an SDK at http://localhost:8000, with any region and any credentials.";

constexpr const char* kFooter =
    "Each option has an environment variable: DYNAROCK_DATA_DIR=x is --data-dir x.\n"
    "DynamoDB Local's command lines (-jar DynamoDBLocal.jar -inMemory ...) work too.";

constexpr const char* kNetwork = "Network";
constexpr const char* kData = "Data";
constexpr const char* kAdvisor = "Advisor";
constexpr const char* kControl = "Control and logs";

// What needs a look after the command line has been read.
struct Raw {
  std::string memory_limit;
  std::string cors = "*";
  std::vector<std::string> stream_shards;
  std::string validation = "majority";
  bool newer_messages = false;  // an option of 0.x, refused
};

void AddNetwork(CLI::App& app, Config& config, Raw& raw) {
  app.add_option("--host", config.host, "numeric address, or localhost")
      ->group(kNetwork)
      ->type_name("ADDRESS")
      ->capture_default_str();
  app.add_option("--port", config.port, "port to listen on; 0: any free one")
      ->group(kNetwork)
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--cors", raw.cors, "origins whose web pages may use the API, or *")
      ->group(kNetwork)
      ->type_name("ORIGIN,...")
      ->capture_default_str();
  app.add_flag("--local-health", config.local_health, "GET / answers 400, as DynamoDB Local does")
      ->group(kNetwork);
  app.add_option("--threads", config.threads, "io threads; 0: one per core")
      ->group(kFineTuning)
      ->type_name("N")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
}

void AddTls(CLI::App& app, Config& config) {
  app.add_flag("--tls", config.tls.enabled, "serve HTTPS; makes a certificate by default")
      ->group(kNetwork);
  app.add_option("--tls-cert", config.tls.certificate, "certificate in PEM form, with its chain")
      ->group(kFineTuning)
      ->type_name("FILE");
  app.add_option("--tls-key", config.tls.key, "its private key in PEM form")
      ->group(kFineTuning)
      ->type_name("FILE");
  app.add_option("--tls-name", config.tls.names, "a name for the generated certificate; repeatable")
      ->group(kFineTuning)
      ->delimiter(',')
      ->type_name("NAME");
  app.add_option("--tls-cert-out", config.tls.certificate_out,
                 "write the generated certificate "
                 "here")
      ->group(kFineTuning)
      ->type_name("FILE");
  app.add_option("--auth", config.auth, "accept only requests signed with this; repeatable")
      ->group(kNetwork)
      ->delimiter(',')
      ->type_name("KEY_ID:SECRET");
  app.add_option("--auth-file", config.auth_file, "accept any key in this AWS credentials file")
      ->group(kNetwork)
      ->type_name("FILE");
}

void AddData(CLI::App& app, Config& config, Raw& raw) {
  app.add_option("--data-dir", config.data_dir, "keep data here; without it, in memory")
      ->group(kData)
      ->type_name("DIR");
  app.add_option("--memory-limit", raw.memory_limit, "refuse to grow beyond this, such as 512MB")
      ->group(kFineTuning)
      ->type_name("SIZE");
  app.add_flag("--fsync", config.fsync, "acknowledged writes survive power loss too")->group(kData);
  app.add_flag("--compact", config.compact, "compact the data directory before the start")
      ->group(kData);
  app.add_flag("--isolate", config.isolate, "give each access key and region its own tables")
      ->group(kData);
}

// Tables and items to begin with.
void AddFiles(CLI::App& app, schema::StartFiles& files) {
  app.add_option("--schema", files.schemas, "make the tables of this file; repeatable")
      ->group(kData)
      ->delimiter(',')
      ->type_name("FILE|DIR");
  app.add_option("--seed", files.seeds, "load these items into empty tables; repeatable")
      ->group(kData)
      ->delimiter(',')
      ->type_name("FILE|DIR");
  app.add_option("--set", files.values, "a parameter or variable of --schema; repeatable")
      ->group(kFineTuning)
      ->type_name("NAME=VALUE");
  app.add_option("--schema-region", files.region,
                 "of tables that --schema defines in several regions, make this region's")
      ->group(kFineTuning)
      ->type_name("REGION");
  app.add_option("--var-file", files.variable_files, "Terraform's .tfvars; repeatable")
      ->group(kFineTuning)
      ->delimiter(',')
      ->type_name("FILE");
}

void AddBehaviour(CLI::App& app, Config& config, Raw& raw) {
  const char* const group = "Behaviour";
  const auto milliseconds = [&](const char* name, auto& value, const char* text, int64_t least,
                                int64_t most, const char* where) {
    return app.add_option(name, value, text)
        ->group(where)
        ->type_name("N")
        ->check(CLI::Range(least, most));
  };
  constexpr int64_t kHour = 3'600'000;
  milliseconds("--transient-ms", config.transient_ms, "how long CREATING, UPDATING, DELETING last",
               0, kHour, group)
      ->capture_default_str();
  milliseconds("--transient-index-ms", config.transient_index_ms,
               "the same for global indexes [--transient-ms]", 0, kHour, kFineTuning);
  milliseconds("--transaction-hold-ms", config.transaction_hold_ms,
               "keep items locked this long after a commit", 0, 600'000, kFineTuning)
      ->capture_default_str();
  milliseconds("--ttl-interval-ms", config.ttl_interval_ms, "how often expired items are deleted",
               10, 24 * kHour, group)
      ->capture_default_str();
  milliseconds("--shard-ms", config.streams.shard_ms, "how long a stream's shard stays open", 10,
               24 * kHour, kFineTuning)
      ->capture_default_str();
  app.add_option("--stream-shards", raw.stream_shards, "open shards of all streams, or of one [1]")
      ->group(kFineTuning)
      ->delimiter(',')
      ->type_name("[TABLE=]N");
  milliseconds("--stream-retention-ms", config.streams.retention_ms,
               "how long streams keep records", 100, 24 * kHour, kFineTuning)
      ->capture_default_str();
  app.add_flag("--hints,!--no-hints", config.hints, "do not send the x-dynarock-hint header")
      ->group(group);
  app.add_option("--validation", raw.validation,
                 "whose errors, where AWS regions differ: older, majority or newest")
      ->group(kFineTuning)
      ->check(CLI::IsMember({"older", "majority", "newest"}))
      ->type_name("LAYER")
      ->capture_default_str();
  const std::string hidden;
  app.add_flag("--newer-messages", raw.newer_messages)->group(hidden);
}

void AddControl(CLI::App& app, Config& config) {
  app.add_flag("--no-control", config.no_control, "no endpoints under /_dynarock/")
      ->group(kControl);
  app.add_option("--control-token", config.control_token, "require this token for /_dynarock/")
      ->group(kControl)
      ->type_name("TOKEN");
  app.add_option("--control-host", config.control_hosts,
                 "a name to reach /_dynarock/ by; repeatable")
      ->group(kFineTuning)
      ->delimiter(',')
      ->type_name("NAME");
  app.add_option("--log-level", config.log_level, "debug, info, warn, error or off")
      ->group(kControl)
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->type_name("LEVEL")
      ->capture_default_str();
  app.add_option("--log-format", config.log_format, "text, or json: one object per line")
      ->group(kControl)
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("FORMAT")
      ->capture_default_str();
}

void AddAdvisor(CLI::App& app, Config& config) {
  app.add_flag("--advisor,!--no-advisor", config.advisor, "do not watch requests")->group(kAdvisor);
  app.add_option("--advisor-config", config.advisor_config, "thresholds and what not to report")
      ->group(kFineTuning)
      ->type_name("FILE");
  app.add_option("--report", config.report.files, "write the report here at the end; repeatable")
      ->group(kAdvisor)
      ->type_name("FILE");
  app.add_option("--report-format", config.report.formats, "needed if FILE's name does not tell it")
      ->group(kFineTuning)
      ->type_name("FORMAT");
  app.add_flag("--report-all", config.report.all, "text: everything, not only what fits a screen")
      ->group(kFineTuning);
  app.add_option("--fail-on", config.report.fail_on, "exit with status 3 on errors, or on warnings")
      ->group(kAdvisor)
      ->type_name("SEVERITY");
  app.add_option("--budget", config.report.budget_file,
                 "what requests may cost, see docs/report.md")
      ->group(kFineTuning)
      ->type_name("FILE");
  app.add_option("--prices", config.report.price_file, "prices of another region or contract")
      ->group(kFineTuning)
      ->type_name("FILE");
  app.add_option("--requests-per-day", config.report.requests_per_day,
                 "the traffic to calculate costs for [1000000]")
      ->group(kFineTuning)
      ->type_name("N");
  app.add_option("--audit", config.audit, "append every request to this file, as JSON lines")
      ->group(kFineTuning)
      ->type_name("FILE");
  app.add_flag("--audit-values", config.audit_values,
               "also write keys and values to the audit "
               "trail")
      ->group(kFineTuning);
}

// Every option can be set by an environment variable of its name.
void NameVariables(CLI::App& app) {
  for (CLI::Option* option : app.get_options()) {
    option->envname(EnvironmentName(option->get_lnames().front()));
  }
}

Leave Wrong(const std::string& what) {
  return {2, "dynarock: " + what + " (try --help)\n"};
}

std::expected<void, Leave> FinishFiles(const Config& config) {
  const schema::StartFiles& files = config.files;
  if (config.isolate && !(files.schemas.empty() && files.seeds.empty())) {
    return std::unexpected(
        Wrong("--isolate cannot be combined with --schema or --seed: there are no shared tables "
              "to create"));
  }
  if (files.schemas.empty() &&
      !(files.values.empty() && files.variable_files.empty() && files.region.empty())) {
    return std::unexpected(Wrong("--set, --var-file and --schema-region need --schema FILE"));
  }
  return {};
}

// Refuses an option of DynamoDB Local beside the one of dynarock's that says the same.
std::expected<void, Leave> CheckSaidOnce(const LocalArguments& local) {
  const auto once = [&](bool said, const std::string& option,
                        std::string_view own) -> std::expected<void, Leave> {
    const bool again =
        std::any_of(local.rest.begin(), local.rest.end(), [&](std::string_view word) {
          return word == own || (word.starts_with(own) && word[own.size()] == '=');
        });
    if (!said || !again) return {};
    return std::unexpected(Wrong(option + " and " + std::string(own) + " cannot be used together"));
  };
  for (auto checked : {once(local.in_memory, "-inMemory", "--data-dir"),
                       once(local.db_path.has_value(), "-dbPath", "--data-dir"),
                       once(local.port.has_value(), "-port", "--port"),
                       once(local.cors.has_value(), "-cors", "--cors")}) {
    if (!checked) return checked;
  }
  return {};
}

// What DynamoDB Local's arguments mean, beside what they say literally. They win over the
// environment.
std::expected<void, Leave> ApplyLocal(const CLI::App& app, Config& config, Raw& raw) {
  const LocalArguments& local = *config.local;
  if (auto checked = CheckSaidOnce(local); !checked) return checked;
  // DynamoDB Local listens on every address; both loopback addresses are as near as is safe.
  if (app.get_option("--host")->count() == 0) config.host = "localhost";
  if (local.port) config.port = static_cast<uint16_t>(std::stoul(*local.port));
  if (local.cors) raw.cors = *local.cors;
  config.local_health = true;
  config.isolate = !local.shared_db;
  config.compact = config.compact || local.optimize;
  if (local.delay_transient_statuses && !config.transient_index_ms) {
    config.transient_index_ms = std::max(config.transient_ms, kLocalIndexDelayMs);
  }
  if (local.in_memory) {
    config.data_dir.clear();
  } else if (local.db_path || config.data_dir.empty()) {
    const std::filesystem::path parent = local.db_path.value_or(".");
    std::error_code ignored;
    if (!std::filesystem::is_directory(parent, ignored)) {
      return std::unexpected(Wrong("-dbPath: there is no directory " + parent.string()));
    }
    config.data_dir = parent / kLocalDataDirectory;
  }
  return {};
}

std::expected<void, Leave> Finish(Config& config, const Raw& raw) {
  if (raw.newer_messages) {
    return std::unexpected(
        Wrong("--newer-messages is gone: newer wording is the default now; see --validation"));
  }
  config.validation = raw.validation == "older"    ? protocol::Validation::kOlder
                      : raw.validation == "newest" ? protocol::Validation::kNewest
                                                   : protocol::Validation::kMajority;
  for (const std::string& entry : raw.stream_shards) {
    if (ReadStreamShards(entry, config.streams)) continue;
    return std::unexpected(Wrong("--stream-shards: " + entry +
                                 " is not N or TABLE=N with N from 1 to " +
                                 std::to_string(kMaxStreamShards)));
  }
  if (!raw.memory_limit.empty()) {
    const auto limit = ReadSize(raw.memory_limit);
    if (!limit || *limit < MemoryGauge::kLeast) {
      return std::unexpected(Wrong("--memory-limit: " + raw.memory_limit +
                                   " is not a size such as 512MB or 2GB, 64MB at least"));
    }
    config.memory_limit = *limit;
  }
  auto cors = ReadCors(raw.cors);
  if (!cors) return std::unexpected(Wrong((config.local ? "-cors: " : "--cors: ") + cors.error()));
  config.cors = std::move(*cors);
  for (const auto& [flag, set] :
       {std::pair{"--fsync", config.fsync}, {"--compact", config.compact}}) {
    if (set && config.data_dir.empty()) {
      return std::unexpected(Wrong(std::string(flag) + " needs --data-dir DIR"));
    }
  }
  if (auto files = FinishFiles(config); !files) return files;
  if (const std::string wrong = Complete(config.tls); !wrong.empty()) {
    return std::unexpected(Wrong(wrong));
  }
  if (config.audit_values && config.audit.empty()) {
    return std::unexpected(Wrong("--audit-values needs --audit FILE"));
  }
  if (!config.advisor && !(config.advisor_config.empty() && config.report.files.empty() &&
                           config.report.formats.empty() && config.report.fail_on.empty() &&
                           config.report.budget_file.empty())) {
    return std::unexpected(Wrong(
        "--no-advisor cannot be used with --advisor-config, --report, --report-format, --fail-on, "
        "--budget"));
  }
  if (config.no_control && !config.control_token.empty()) {
    return std::unexpected(Wrong("--no-control and --control-token cannot be used together"));
  }
  return {};
}

std::expected<void, Leave> Parse(CLI::App& app, std::span<const std::string> arguments) {
  std::vector<const char*> words = {"dynarock"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  try {
    app.parse(static_cast<int>(words.size()), words.data());
  } catch (const CLI::CallForVersion& version) {
    return std::unexpected(Leave{0, std::string(version.what()) + "\n"});
  } catch (const CLI::ParseError& error) {
    return std::unexpected(Wrong(error.what()));
  }
  return {};
}

}  // namespace

std::expected<Config, Leave> ReadConfig(std::span<const std::string> arguments,
                                        std::string_view subcommands) {
  Config config;
  Raw raw;
  std::vector<std::string> own(arguments.begin(), arguments.end());
  if (IsLocalStyle(arguments)) {
    auto local = ReadLocalArguments(arguments);
    if (!local) return std::unexpected(Wrong(local.error()));
    own = local->rest;
    if (local->help) own.emplace_back("--help");
    if (local->version) own.emplace_back("--version");
    config.local = std::move(*local);
  }

  CLI::App app(kDescription, "dynarock");
  app.set_help_flag();
  app.footer(kFooter);
  AddNetwork(app, config, raw);
  AddTls(app, config);
  AddData(app, config, raw);
  AddFiles(app, config.files);
  AddBehaviour(app, config, raw);
  AddAdvisor(app, config);
  AddControl(app, config);
  NameVariables(app);
  app.add_flag("-h,--help")
      ->description("show this help; --help-all shows all options")
      ->group("Help");
  app.add_flag("--help-all")->description("all options")->group(kFineTuning);
  app.set_version_flag("--version", "dynarock " DYNAROCK_VERSION, "print the version")
      ->group("Help");
  // Help is given whatever is wrong beside it.
  const auto asks = [&](const char* word) {
    return std::find(own.begin(), own.end(), word) != own.end();
  };
  if (const bool all = asks("--help-all"); all || asks("--help") || asks("-h")) {
    return std::unexpected(Leave{0, HelpText(app, subcommands, all)});
  }
  if (auto parsed = Parse(app, own); !parsed) return std::unexpected(std::move(parsed.error()));
  if (config.local) {
    if (auto applied = ApplyLocal(app, config, raw); !applied) {
      return std::unexpected(std::move(applied.error()));
    }
  }
  if (auto finished = Finish(config, raw); !finished) {
    return std::unexpected(std::move(finished.error()));
  }
  return config;
}

}  // namespace dynarock::program
